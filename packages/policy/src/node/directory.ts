import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadThingDetector, type ThingDetector } from '../detection/thing-detector.ts';
import { type PolicyManifest, parseManifest } from '../manifest/parse.ts';
import { parseJson } from '../manifest/parse-json.ts';
import type { PolicySource } from '../onnx/files.ts';
import { type LoadedPolicy, loadPolicy } from '../onnx/load.ts';
import type { OnnxBackend } from '../onnx/session.ts';
import { type VocabularyExtension, vocabularyExtension } from '../vocabulary/vocabulary.ts';
import { nodeBackend } from './backend.ts';
import { readInputFile, requireReadable } from './input-file.ts';

/** Options of {@link loadPolicyFromDirectory}. */
export interface DirectoryOptions {
  /** Runtime of the graphs. Default: onnxruntime-node. */
  readonly backend?: OnnxBackend;
}

/**
 * Loads the policy in a folder: `manifest.json` and the ONNX files that it names.
 * @throws {PolicyError} with the name of the file that is missing or does not fit.
 */
export const loadPolicyFromDirectory = (directory: string, options: DirectoryOptions = {}): Promise<LoadedPolicy> =>
  loadPolicy(sourceOf(directory, options));

/**
 * Loads what finds all things that the policy in a folder can name.
 * @returns undefined when the policy has no such graph
 * @throws {InputError} when the manifest is missing or is not JSON; {PolicyError} when a file is missing or does not fit
 */
export const loadThingDetectorFromDirectory = async (
  directory: string,
  options: DirectoryOptions = {},
): Promise<ThingDetector | undefined> => loadThingDetector(readManifest(directory), sourceOf(directory, options));

const sourceOf = (directory: string, { backend = nodeBackend() }: DirectoryOptions): PolicySource => ({
  where: directory,
  backend,
  read: async (file) => {
    const path = join(directory, file);
    requireReadable(path);
    return readFile(path);
  },
});

/**
 * Reads the vocabulary of the policy in a folder from its manifest, without loading the graphs.
 * @throws {InputError} when the manifest is missing or is not JSON; {PolicyError} when its content is wrong.
 */
export const loadVocabularyExtension = (directory: string): VocabularyExtension =>
  vocabularyExtension(readManifest(directory));

/**
 * Reads the manifest of the policy in a folder, without loading the graphs.
 * @throws {InputError} when the manifest is missing or is not JSON; {PolicyError} when its content is wrong.
 */
export function readManifest(directory: string): PolicyManifest {
  const path = join(directory, 'manifest.json');
  return parseManifest(parseJson(readInputFile(path, 'a manifest').toString(), path), path);
}
