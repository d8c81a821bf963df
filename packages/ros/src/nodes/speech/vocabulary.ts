import type { VocabularyExtension } from '@praxis/policy';
import { withRequests } from '@praxis/teleop';
import type { ParameterValues } from '../../rcl/parameters.ts';
import type { SPEECH_PARAMETERS } from './parameters.ts';

/**
 * The sentences that the recogniser of the speech node knows beside the command language.
 * @param policy words of the policy
 * @returns its words, the wake word, and with a planner the patterns of requests
 */
export function heardVocabulary(
  policy: VocabularyExtension,
  parameters: Pick<ParameterValues<typeof SPEECH_PARAMETERS>, 'wake_word' | 'planner'>,
): VocabularyExtension {
  const vocabulary = { ...policy, wakeWord: parameters.wake_word || undefined };
  return parameters.planner === '' ? vocabulary : withRequests(vocabulary);
}
