import type { ThingDetector } from '@praxis/policy';
import { loadThingDetectorFromDirectory, loadVocabularyExtension, readManifest } from '@praxis/policy/node';
import type { PolicySource } from '../project/policy-source.ts';
import type { PolicyFacts } from './work-cell.ts';

/** Reads what a policy was trained for, and its words; undefined for one without a manifest. @throws {PolicyError} when the manifest is not valid */
export function policyFacts(source: PolicySource): PolicyFacts | undefined {
  if (source.kind !== 'folder') return undefined;
  const { tasks } = readManifest(source.directory);
  const { words } = loadVocabularyExtension(source.directory);
  return { tasks, words };
}

/** Loads what finds things for the context of plans; undefined for a policy without. @throws {PolicyError} when a file does not fit */
export const policyDetector = async (source: PolicySource): Promise<ThingDetector | undefined> =>
  source.kind === 'folder' ? loadThingDetectorFromDirectory(source.directory) : undefined;
