/**
 * Port: the one thing that a policy needs of an ONNX runtime. `@praxis/policy/node` and `@praxis/policy/web` have one
 * each; everything above is the same code.
 */

/** Dense, row-major. The data of an input may be written again between two runs. */
export interface OnnxTensor {
  /** `float32`, `int64` and so on. */
  readonly type: string;
  /** Shape. */
  readonly dims: readonly number[];
  /** `Float32Array` for float32, `BigInt64Array` for int64. */
  readonly data: unknown;
}

/** What the graph itself says of an input or output. */
export interface TensorInfo {
  readonly name: string;
  /** `float32`, `int64` and so on. */
  readonly type: string;
  /** A string for a dimension that the graph leaves open. */
  readonly shape: readonly (number | string)[];
}

/** Tensors by the names that the graph gives its inputs or outputs. */
export type OnnxFeeds = Readonly<Record<string, OnnxTensor>>;

/** One graph, ready to run. */
export interface OnnxSession {
  /** In the graph's order. */
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /**
   * One run at a time.
   * @param into a tensor for each output. A backend that can writes there and makes no new ones, which would cost a
   *   collection of all garbage each second; one that cannot leaves them alone. What it returns is the result either way.
   */
  run(feeds: OnnxFeeds, into?: OnnxFeeds): Promise<Readonly<Record<string, OnnxTensor>>>;
  /** Frees the graph; nothing may be called after it. */
  release(): Promise<void>;
}

/** Port: an ONNX runtime. */
export interface OnnxBackend {
  /** How errors call it. */
  readonly name: string;
  /**
   * Makes a session of the bytes of an ONNX file: one thread, nodes one after the other.
   * @throws {Error} of the runtime's own when the bytes are no model, or one that it cannot run
   */
  create(bytes: Uint8Array): Promise<OnnxSession>;
  /** A tensor around `data`, which is not copied. @throws when `dims` and the length do not agree */
  tensor(data: Float32Array | BigInt64Array, dims: readonly number[]): OnnxTensor;
}

/** A float32 tensor of zeros for each name. */
export const zeroTensors = (
  tensors: readonly { readonly name: string; readonly shape: readonly number[] }[],
  backend: OnnxBackend,
): OnnxFeeds => {
  const entries = tensors.map(({ name, shape }) => {
    const size = shape.reduce((product, each) => product * each, 1);
    return [name, backend.tensor(new Float32Array(size), shape)] as const;
  });
  return Object.fromEntries(entries);
};
