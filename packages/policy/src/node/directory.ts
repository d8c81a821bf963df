import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage, InputError } from '@praxis/core';
import { parseManifest } from '../manifest/manifest.ts';
import { loadPolicy } from '../onnx/load.ts';
import type { OnnxPolicy } from '../onnx/onnx-policy.ts';
import type { OnnxBackend } from '../onnx/session.ts';
import { type VocabularyExtension, vocabularyExtension } from '../vocabulary/vocabulary.ts';
import { nodeBackend } from './backend.ts';

/** Options of {@link loadPolicyFromDirectory}. */
export interface DirectoryOptions {
  /** Runtime of the graphs. Default: onnxruntime-node. */
  readonly backend?: OnnxBackend;
}

/**
 * Loads the policy in a folder: `manifest.json` and the ONNX files that it names.
 * @throws {PolicyError} with the name of the file that is missing or does not fit.
 */
export const loadPolicyFromDirectory = (directory: string, options: DirectoryOptions = {}): Promise<OnnxPolicy> =>
  loadPolicy({
    where: directory,
    backend: options.backend ?? nodeBackend(),
    read: (file) => readFile(join(directory, file)),
  });

/**
 * Reads the vocabulary of the policy in a folder from its manifest, without loading the graphs.
 * @throws {InputError} when the manifest is missing or is not JSON; {PolicyError} when its content is wrong.
 */
export function loadVocabularyExtension(directory: string): VocabularyExtension {
  const path = join(directory, 'manifest.json');
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new InputError(`${path}: expected JSON, ${errorMessage(cause)}`, { cause });
  }
  return vocabularyExtension(parseManifest(json, path));
}
