import type { Clock } from '@praxis/core';
import type { Attention } from '../dialogue/attention.ts';
import type { Extension } from '../language/things.ts';
import { Listener } from '../listening/listener.ts';
import { loadActivity, loadStopNetwork } from './files.ts';
import { PocketSphinx } from './pocketsphinx/recogniser.ts';
import { SherpaOnnx } from './sherpa/recogniser.ts';

export interface ListenerOptions {
  /** Folder of a model for sherpa-onnx, which then hears the commands, and PocketSphinx is not needed. */
  readonly model?: string;
  /** Without it every utterance is for the robot, or whoever takes them looks for the wake word. */
  readonly attention?: Attention;
}

/**
 * A listener with everything that this machine has. Where PocketSphinx is missing its state says so, and how to get it.
 * @param clock of the stamps of what will be pushed
 * @param extension of the loaded policy: words that people may say besides
 */
export const openListener = async (
  clock: Clock,
  extension?: Extension,
  { model, attention }: ListenerOptions = {},
): Promise<Listener> =>
  new Listener({
    clock,
    activity: await loadActivity(),
    attention,
    recogniser: () => (model === undefined ? PocketSphinx.start(extension) : SherpaOnnx.start(model, extension)),
    stopSpotter: () => loadStopNetwork(),
  });
