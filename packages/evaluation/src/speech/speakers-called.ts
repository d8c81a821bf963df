import { InputError } from '@praxis/core';
import type { Speaker } from './measure.ts';
import { findSpeakers } from './speakers.ts';

/**
 * Those on this machine whose names hold one of these; all of them without names.
 * @throws {InputError} on a name that nobody has
 */
export async function speakersCalled(voices: string | undefined): Promise<readonly Speaker[]> {
  const all = await findSpeakers();
  if (voices === undefined) return all;
  const wanted = voices.split(',').map((name) => name.trim());
  const known = all.map(({ name }) => name);
  for (const name of wanted) {
    if (name === '' || !known.some((each) => each.includes(name))) {
      throw new InputError(`--voices ${name}: nobody here is called that; here are ${known.join(', ')}`);
    }
  }
  return all.filter(({ name }) => wanted.some((each) => name.includes(each)));
}

/** As {@link speakersCalled}; without names those that nothing was tuned with, or where there are none, all who speak clearly. */
export async function speakersOrHeldOut(voices: string | undefined): Promise<readonly Speaker[]> {
  const all = await speakersCalled(voices);
  if (voices !== undefined) return all;
  const heldOut = all.filter(({ group }) => group === 'held out');
  return heldOut.length > 0 ? heldOut : all.filter(({ group }) => group !== 'stress');
}

/** Those who babble in the background of whoever is measured: all on this machine who speak clearly. */
export const crowd = async (): Promise<readonly Speaker[]> =>
  (await findSpeakers()).filter(({ group }) => group !== 'stress');
