import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { backendOf, type InferenceRuntime } from '../onnx/runtime.ts';
import type { OnnxBackend } from '../onnx/session.ts';

const require = createRequire(import.meta.url);

/**
 * Makes a backend of ONNX Runtime's native library on one CPU thread. A run blocks the event loop; {@link ProcessPolicy}
 * avoids that. The library is loaded by the first call: a program that only reads a manifest does without it.
 */
export const nodeBackend = (): OnnxBackend =>
  backendOf('onnxruntime-node', require('onnxruntime-node') as InferenceRuntime, { writes: true });

/** Reads ONNX Runtime's WebAssembly from its package, for `webBackend({ wasm })` of `@praxis/policy/web` in Node. */
export const wasmBinary = (): Promise<Uint8Array> =>
  readFile(require.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'));
