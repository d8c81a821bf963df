import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { firstLine, PolicyError } from '@praxis/core';
import { backendOf, type InferenceRuntime } from '../onnx/runtime.ts';
import type { OnnxBackend } from '../onnx/session.ts';

const require = createRequire(import.meta.url);

/** Command that installs ONNX Runtime's native library. Without the setting its install script downloads CUDA, which Praxis does not use. */
export const NATIVE_INSTALL_COMMAND = 'ONNXRUNTIME_NODE_INSTALL=skip npm install onnxruntime-node';

/** Loads ONNX Runtime's native library; undefined when it is not installed. @throws {PolicyError} when it does not load */
function nativeRuntime(): InferenceRuntime | undefined {
  try {
    require.resolve('onnxruntime-node');
  } catch {
    return undefined;
  }
  try {
    return require('onnxruntime-node') as InferenceRuntime;
  } catch (cause) {
    throw new PolicyError(`onnxruntime-node: its native library does not load, ${firstLine(cause)}`, { cause });
  }
}

/**
 * Makes a backend of ONNX Runtime on one CPU thread: its native library if the package `onnxruntime-node` is installed, otherwise
 * its WebAssembly, which is about three times slower and whose results differ in the last bits. `name` says which one it is.
 * A run blocks the event loop; {@link ProcessPolicy} avoids that.
 * @throws {PolicyError} when the native library is installed and does not load
 */
export function nodeBackend(): OnnxBackend {
  const native = nativeRuntime();
  return native ? backendOf('onnxruntime-node', native, { writes: true }) : wasmBackend();
}

/** The WebAssembly build, which is loaded with the first graph. */
function wasmBackend(): OnnxBackend {
  let web: OnnxBackend | undefined;
  return {
    name: 'onnxruntime-web',
    async create(bytes) {
      if (!web) {
        const { webBackend } = await import('../web/backend.ts');
        web = webBackend({ wasm: await wasmBinary() });
      }
      return web.create(bytes);
    },
    tensor(data, dims, type) {
      if (!web) throw new PolicyError('onnxruntime-web: a tensor before the first graph');
      return web.tensor(data, dims, type);
    },
  };
}

/** Reads ONNX Runtime's WebAssembly from its package, for `webBackend({ wasm })` of `@praxis/policy/web` in Node. */
export const wasmBinary = (): Promise<Uint8Array> =>
  readFile(require.resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'));
