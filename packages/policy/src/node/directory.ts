import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { loadPolicy } from '../onnx/load.ts';
import type { OnnxPolicy } from '../onnx/onnx-policy.ts';
import type { OnnxBackend } from '../onnx/session.ts';
import { nodeBackend } from './backend.ts';

/** How a folder's policy is run. */
export interface DirectoryOptions {
  /** Left out: onnxruntime-node. */
  readonly backend?: OnnxBackend;
}

/**
 * Loads the policy in a folder: `manifest.json` and the ONNX files that it names.
 * @throws {PolicyError} naming the file that is missing or does not fit.
 */
export const loadPolicyFromDirectory = (directory: string, options: DirectoryOptions = {}): Promise<OnnxPolicy> =>
  loadPolicy({
    where: directory,
    backend: options.backend ?? nodeBackend(),
    read: (file) => readFile(join(directory, file)),
  });

/** ONNX Runtime's WebAssembly, for running `webBackend({ wasm })` of `@praxis/policy/web` in Node. */
export const wasmBinary = (): Promise<Uint8Array> =>
  readFile(createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm'));
