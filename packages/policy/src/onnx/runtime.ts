import type { GraphDtype, TensorData } from '../processors/graph-tensor.ts';
import type { OnnxBackend, OnnxFeeds, OnnxSession, OnnxTensor, TensorInfo } from './session.ts';

interface Metadata {
  readonly name: string;
  readonly isTensor: boolean;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}

interface RuntimeSession {
  readonly inputMetadata: readonly Metadata[];
  readonly outputMetadata: readonly Metadata[];
  run(feeds: OnnxFeeds, fetches?: OnnxFeeds): Promise<Record<string, OnnxTensor>>;
  release(): Promise<void>;
}

/** Common interface of both builds of ONNX Runtime for JavaScript, as far as policies use it. */
export interface InferenceRuntime {
  readonly InferenceSession: {
    create(bytes: Uint8Array, options: Readonly<Record<string, unknown>>): Promise<RuntimeSession>;
  };
  readonly Tensor: new (type: GraphDtype, data: TensorData, dims: readonly number[]) => OnnxTensor;
}

const infoOf = (all: readonly Metadata[]): TensorInfo[] =>
  all.map(({ name, type, shape }) => ({ name, type: type ?? 'not a tensor', shape: shape ?? [] }));

function typeOf(data: TensorData): GraphDtype {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof BigInt64Array) return 'int64';
  if (data instanceof Uint16Array) return 'float16';
  if (Array.isArray(data)) return 'string';
  return data instanceof Int32Array ? 'int32' : 'uint8';
}

/** Options for low latency of one small graph. More threads would make it slower, and results would depend on their number. */
const options = { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential', logSeverityLevel: 3 };

/** Makes a backend of a runtime. @param writes true if a run writes into the output tensors that it gets */
export const backendOf = (
  name: string,
  { InferenceSession, Tensor }: InferenceRuntime,
  { writes }: { readonly writes: boolean },
): OnnxBackend => ({
  name,
  async create(bytes): Promise<OnnxSession> {
    const session = await InferenceSession.create(bytes, options);
    return {
      inputs: infoOf(session.inputMetadata),
      outputs: infoOf(session.outputMetadata),
      run: (feeds, into) => (writes && into ? session.run(feeds, into) : session.run(feeds)),
      release: () => session.release(),
    };
  },
  tensor: (data, dims, type = typeOf(data)) => new Tensor(type, data, dims),
});
