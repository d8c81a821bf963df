import type { Clock } from '@praxis/core';
import type { Extension } from '../language/things.ts';
import { Listener } from '../listening/listener.ts';
import { loadActivity } from './files.ts';
import { PocketSphinx } from './pocketsphinx/recogniser.ts';

/**
 * A listener with everything that this machine has. Where PocketSphinx is missing its state says so, and how to get it.
 * @param clock of the stamps of what will be pushed
 * @param extension of the loaded policy: words that people may say besides
 */
export const openListener = async (clock: Clock, extension?: Extension): Promise<Listener> =>
  new Listener({ clock, activity: await loadActivity(), recogniser: () => PocketSphinx.start(extension) });
