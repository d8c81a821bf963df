import type { Clock } from '@praxis/core';
import { Listener } from '../../listening/listener.ts';
import type { GrammarSource } from '../../recognition/command-grammar.ts';
import type { AttentionGate } from '../../recognition/recogniser.ts';
import { PocketSphinx } from '../pocketsphinx/recogniser.ts';
import { SherpaOnnx } from '../sherpa/recogniser.ts';
import { loadStopNetwork, loadVad } from '../weights/load.ts';

export interface ListenerOptions {
  /** Folder of a model for sherpa-onnx, which then hears the commands, and PocketSphinx is not needed. */
  readonly model?: string;
  /** Without it every utterance is for the robot, or whoever takes them looks for the wake word. */
  readonly attentionGate?: AttentionGate;
}

/**
 * A listener with everything that this machine has. Where PocketSphinx is missing its state says so, and how to get it.
 * @param clock of the stamps of what will be pushed
 * @param grammar the commands to listen for
 */
export const openListener = async (
  clock: Clock,
  grammar: GrammarSource,
  { model, attentionGate: wakeWindow }: ListenerOptions = {},
): Promise<Listener> =>
  new Listener({
    clock,
    vad: await loadVad(),
    attentionGate: wakeWindow,
    recogniser: () => (model === undefined ? PocketSphinx.start(grammar) : SherpaOnnx.start(model, grammar)),
    stopSpotter: () => loadStopNetwork(),
  });
