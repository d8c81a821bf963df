import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { backendOf, type InferenceRuntime } from '../onnx/runtime.ts';
import type { OnnxBackend } from '../onnx/session.ts';

/**
 * Makes a backend of ONNX Runtime's native library on one CPU thread. A run blocks the event loop; {@link ProcessPolicy}
 * avoids that.
 */
export const nodeBackend = (): OnnxBackend =>
  backendOf('onnxruntime-node', { InferenceSession, Tensor } as InferenceRuntime, { writes: true });

/** Reads ONNX Runtime's WebAssembly from its package, for `webBackend({ wasm })` of `@praxis/policy/web` in Node. */
export const wasmBinary = (): Promise<Uint8Array> =>
  readFile(createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'));
