import { elementCount } from '../numbers/axes.ts';
import { halfNumbers } from '../numbers/half.ts';
import type { GraphDtype, TensorData } from '../processors/graph-tensor.ts';

/**
 * Port between policies and an ONNX runtime. `@praxis/policy/node` and `@praxis/policy/web` implement it; all other code of
 * a policy is the same on both.
 */

/** Dense tensor in row-major order. The data of an input may change between two runs. */
export interface OnnxTensor {
  /** Element type: `float32`, `int64` and so on. */
  readonly type: string;
  /** Size of each dimension. */
  readonly dims: readonly number[];
  /** Elements: a `Float32Array` for float32, a `BigInt64Array` for int64. */
  readonly data: unknown;
}

/** Declaration of an input or output in the graph. */
export interface TensorInfo {
  readonly name: string;
  /** Element type: `float32`, `int64` and so on. */
  readonly type: string;
  /** Size of each dimension; a string for an open one. */
  readonly shape: readonly (number | string)[];
}

/** Tensors by the names of the graph's inputs or outputs. */
export type OnnxFeeds = Readonly<Record<string, OnnxTensor>>;

/** A loaded graph. */
export interface OnnxSession {
  /** Inputs and outputs in the graph's order. */
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /**
   * Runs the graph. Callers must await one run before the next.
   * @param into a tensor for each output. A backend that supports it writes there, because new tensors would cause a full
   *   garbage collection each second. Other backends ignore it, so callers must use the returned tensors.
   */
  run(feeds: OnnxFeeds, into?: OnnxFeeds): Promise<Readonly<Record<string, OnnxTensor>>>;
  /** Frees the graph. No method may be called after it. */
  release(): Promise<void>;
}

/** Port to an ONNX runtime. */
export interface OnnxBackend {
  /** Runtime's name in errors. */
  readonly name: string;
  /**
   * Makes a session from the bytes of an ONNX file. It runs on one thread, node by node.
   * @throws {Error} of the runtime when the bytes are not a model that it can run
   */
  create(bytes: Uint8Array): Promise<OnnxSession>;
  /**
   * Makes a tensor that shares `data`.
   * @param type element type. Default: that of the array
   * @throws when `dims` and the length do not match
   */
  tensor(data: TensorData, dims: readonly number[], type?: GraphDtype): OnnxTensor;
}

/** A tensor of numbers that a graph gives. */
export interface NumberTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Default: float32. */
  readonly dtype?: 'float32' | 'float16';
}

/** Makes a tensor of zeros for each declaration. */
export const zeroTensors = (tensors: readonly NumberTensor[], backend: OnnxBackend): OnnxFeeds => {
  const entries = tensors.map(({ name, shape, dtype = 'float32' }) => {
    const size = elementCount(shape);
    const data = dtype === 'float16' ? new Uint16Array(size) : new Float32Array(size);
    return [name, backend.tensor(data, shape, dtype)] as const;
  });
  return Object.fromEntries(entries);
};

/** The numbers of a tensor of float32 or float16. */
export const numbersOfTensor = ({ type, data }: OnnxTensor): ArrayLike<number> =>
  type === 'float16' ? halfNumbers(data as ArrayBufferView) : (data as Float32Array);
