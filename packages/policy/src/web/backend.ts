import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { backendOf, type InferenceRuntime } from '../onnx/runtime.ts';
import type { OnnxBackend } from '../onnx/session.ts';

/** Options of {@link webBackend}. */
export interface WebBackendOptions {
  /**
   * Address of `ort-wasm-simd-threaded.wasm` of onnxruntime-web, or its bytes, which Node needs. Default: beside the script,
   * where bundlers put it. The runtime starts once for each page, so only the first backend's option has an effect.
   */
  readonly wasm?: string | URL | Uint8Array;
}

/** Makes a backend of ONNX Runtime's WebAssembly on one thread. It gives the same bits in Node and in every browser. */
export function webBackend(options: WebBackendOptions = {}): OnnxBackend {
  env.wasm.numThreads = 1;
  env.wasm.proxy = false;
  if (options.wasm instanceof Uint8Array) env.wasm.wasmBinary = options.wasm;
  else if (options.wasm !== undefined) env.wasm.wasmPaths = { wasm: String(options.wasm) };
  // This runtime never writes into the given output tensors.
  return backendOf('onnxruntime-web', { InferenceSession, Tensor } as InferenceRuntime, { writes: false });
}
