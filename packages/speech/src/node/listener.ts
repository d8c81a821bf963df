import type { Clock } from '@praxis/core';
import { Attention } from '../dialogue/attention.ts';
import type { Extension } from '../language/things.ts';
import { WakeWord } from '../language/wake-word.ts';
import { Listener } from '../listening/listener.ts';
import { loadActivity } from './files.ts';
import { PocketSphinx } from './pocketsphinx/recogniser.ts';
import { PocketSphinxStops } from './pocketsphinx/stop-spotter.ts';
import { SherpaOnnx } from './sherpa/recogniser.ts';

/**
 * A listener with everything that this machine has. Where PocketSphinx is missing its state says so, and how to get it.
 * @param clock of the stamps of what will be pushed
 * @param extension of the loaded policy: words that people may say besides, and the wake word that they have to
 * @param model folder of a model for sherpa-onnx, which then hears the commands; stop words stay with PocketSphinx
 */
export const openListener = async (clock: Clock, extension?: Extension, model?: string): Promise<Listener> =>
  new Listener({
    clock,
    activity: await loadActivity(),
    attention: extension?.wakeWord === undefined ? undefined : new Attention(new WakeWord(extension.wakeWord)),
    recogniser: () => (model === undefined ? PocketSphinx.start(extension) : SherpaOnnx.start(model, extension)),
    stopSpotter: () => PocketSphinxStops.start(),
  });
