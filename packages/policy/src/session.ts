/**
 * Port: the one thing that a policy needs of an ONNX runtime. `@praxis/policy/node` and `@praxis/policy/web` have one
 * each; everything above is the same code.
 */

export type TensorDtype = 'float32' | 'int64';

/** Dense, row-major. The data of an input may be written again between two runs. */
export interface OnnxTensor {
  readonly type: string;
  readonly dims: readonly number[];
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

export type OnnxFeeds = Readonly<Record<string, OnnxTensor>>;

export interface OnnxSession {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** Output tensors are fresh: nothing writes to them again. One run at a time. */
  run(feeds: OnnxFeeds): Promise<Readonly<Record<string, OnnxTensor>>>;
  release(): Promise<void>;
}

export interface OnnxBackend {
  readonly name: string;
  /** Makes a session of the bytes of an ONNX file: one thread, nodes one after the other. */
  create(bytes: Uint8Array): Promise<OnnxSession>;
  /** A tensor around `data`, which is not copied. @throws when `dims` and the length do not agree */
  tensor(data: Float32Array | BigInt64Array, dims: readonly number[]): OnnxTensor;
}
