// Listens to the microphones of the studio's pages. The packages export TypeScript sources: tsx lets Node import them.
import { register } from 'tsx/esm/api';

/**
 * @param {{ model?: string, wakeWord?: string }} options
 * @returns {Promise<import('@praxis/speech/node').VoiceServer>}
 */
export async function listenToPages({ model, wakeWord }) {
  register();
  const { openEars, VoiceServer } = await import('@praxis/speech/node');
  const { Attention, WakeWord } = await import('@praxis/teleop');
  const { commandGrammar } = await import('@praxis/teleop/node');
  const word = wakeWord === undefined ? undefined : new WakeWord(wakeWord);
  const grammarOf = (vocabulary) => commandGrammar({ ...vocabulary, wakeWord });
  const attention = word && (() => new Attention(word));
  return new VoiceServer(openEars(grammarOf, undefined, { model, attention }));
}
