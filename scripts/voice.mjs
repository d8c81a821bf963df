// Recognises the speech of the studio's pages. The packages export TypeScript sources: tsx lets Node import them.
import { register } from 'tsx/esm/api';

/**
 * Opens the server of the pages' microphones.
 * @param {{ model?: string, wakeWord?: string }} options folder of a model for sherpa-onnx; word that an utterance has to
 *   begin with, or follow within `WAKE_WINDOW_S`
 * @returns {Promise<import('@praxis/speech/node').VoiceServer>}
 * @throws {import('@praxis/core').InputError} on a folder without a model, and on an unusable wake word
 */
export async function openVoiceServer({ model, wakeWord }) {
  register();
  const { speechSessionOpener, VoiceServer } = await import('@praxis/speech/node');
  const { WakeWindow, WakeWord } = await import('@praxis/teleop');
  const { commandGrammar } = await import('@praxis/teleop/node');
  const word = wakeWord === undefined ? undefined : new WakeWord(wakeWord);
  const grammarOf = (vocabulary) => commandGrammar({ ...vocabulary, wakeWord });
  const attention = word && (() => new WakeWindow(word));
  return new VoiceServer(speechSessionOpener(grammarOf, undefined, { model, attention }));
}
