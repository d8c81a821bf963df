// Listens to the microphones of the studio's pages. The packages export TypeScript sources: tsx lets Node import them.
import { register } from 'tsx/esm/api';

/**
 * @param {import('@praxis/speech/node').EarOptions} options
 * @returns {Promise<import('@praxis/speech/node').VoiceServer>}
 */
export async function listenToPages(options) {
  register();
  const { openEars, VoiceServer } = await import('@praxis/speech/node');
  return new VoiceServer(openEars(undefined, options));
}
