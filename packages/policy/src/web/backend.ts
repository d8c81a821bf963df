import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { backendOf, type InferenceRuntime } from '../onnx/runtime.ts';
import type { OnnxBackend } from '../onnx/session.ts';

/** Where the WebAssembly comes from. */
export interface WebBackendOptions {
  /**
   * Where `ort-wasm-simd-threaded.wasm` of onnxruntime-web is: its address, or its bytes (what Node needs). Left out, it
   * is looked for beside the script, where bundlers put it. The runtime starts once a page: the first backend decides.
   */
  readonly wasm?: string | URL | Uint8Array;
}

/** ONNX Runtime as WebAssembly on one thread: the same bits in Node and in every browser. */
export function webBackend(options: WebBackendOptions = {}): OnnxBackend {
  env.wasm.numThreads = 1;
  env.wasm.proxy = false;
  if (options.wasm instanceof Uint8Array) env.wasm.wasmBinary = options.wasm;
  else if (options.wasm !== undefined) env.wasm.wasmPaths = { wasm: String(options.wasm) };
  // It leaves the tensors that it is given for outputs as they are.
  return backendOf('onnxruntime-web', { InferenceSession, Tensor } as InferenceRuntime, { writes: false });
}
