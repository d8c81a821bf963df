import { existsSync } from 'node:fs';
import { InputError } from '@praxis/core';
import { openProject as openProjectIn, type PolicySource, type Project, policySource } from '@praxis/evaluation';
import { EMPTY_VOCABULARY, type VocabularyExtension } from '@praxis/policy';
import { loadVocabularyExtension, type PolicyModule } from '@praxis/policy/node';
import type { ParameterValues } from '../rcl/parameters.ts';
import type { PROJECT_PARAMETERS } from './parameters.ts';

/**
 * Opens the configuration that a node's parameters name.
 * @throws {InputError} that names the file when it is missing, does not compile, or defines something that is not valid
 */
export async function openProject({ config }: ParameterValues<typeof PROJECT_PARAMETERS>): Promise<Project> {
  if (config !== '' && !existsSync(config)) throw new InputError(`parameter config: no file ${config}`);
  return openProjectIn(config || undefined, process.cwd());
}

/** The policy of a node. */
export interface NodePolicy {
  /** Folder, address or module, from which the policy's process opens it. */
  readonly from: string | PolicyModule;
  /** Folder, address or file, for the log. */
  readonly place: string;
  /** Words that the policy adds to the command language. The policy of a module adds none. */
  readonly vocabulary: VocabularyExtension;
  /** `listed`: `vocabulary` has all of its words. `open`: a policy in code or with a tokenizer's file may know more, which nothing lists. */
  readonly words: 'listed' | 'open';
}

/**
 * Finds the policy that the parameter `policy` names.
 * @throws {InputError} when there is none; {PolicyError} when the folder's manifest is not valid
 */
export function nodePolicy(named: string, project: Project): NodePolicy {
  const source = policySource(named || undefined, project);
  if (source.kind === 'folder') {
    const { directory } = source;
    const vocabulary = loadVocabularyExtension(directory);
    // A tokenizer's file has parts of words, so that nothing lists what the policy knows.
    const words = vocabulary.words.length > 0 ? 'listed' : 'open';
    return { from: directory, place: directory, vocabulary, words };
  }
  if (source.kind === 'remote') {
    const { address } = source;
    return { from: address, place: address, vocabulary: EMPTY_VOCABULARY, words: 'open' };
  }
  const module = moduleOf(source, project);
  return { from: module, place: module.file, vocabulary: EMPTY_VOCABULARY, words: 'open' };
}

/** A function of the configuration cannot cross to the policy's process, so that process imports the configuration itself. */
function moduleOf(
  source: Exclude<PolicySource, { kind: 'folder' | 'remote' }>,
  { config, registry }: Project,
): PolicyModule {
  if (source.kind === 'module') return { file: source.file };
  if (source.kind === 'factory' && config !== undefined) return { file: config, keys: ['policies', source.name] };
  throw new InputError(
    `policy ${source.kind}: it needs the simulator's state; expected a folder, a module, or one of ${registry.policies.names.join(', ')}`,
  );
}
