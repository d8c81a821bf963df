// Listens to the microphones of the studio's pages. The packages export TypeScript sources: tsx lets Node import them.
import { register } from 'tsx/esm/api';

/**
 * @param {string | undefined} model folder of a model for sherpa-onnx, which then hears the commands
 * @returns {Promise<import('@praxis/speech/node').VoiceServer>}
 */
export async function listenToPages(model) {
  register();
  const { openEars, VoiceServer } = await import('@praxis/speech/node');
  return new VoiceServer(openEars(undefined, model));
}
