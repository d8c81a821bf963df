import type { Clock } from '@praxis/core';
import { Listener } from '../../listening/listener.ts';
import type { GrammarSource } from '../../recognition/command-grammar.ts';
import type { AttentionGate } from '../../recognition/recogniser.ts';
import { PocketSphinx } from '../pocketsphinx/recogniser.ts';
import { SherpaOnnx } from '../sherpa/recogniser.ts';
import { loadStopNetwork, loadVad } from '../weights/load.ts';

/** Options of {@link openListener}. */
export interface ListenerOptions {
  /** Folder of a sherpa-onnx model, which then recognises the commands instead of PocketSphinx. */
  readonly model?: string;
  /** Decides which utterances address the robot; by default all are accepted, and the caller checks for a wake word. */
  readonly attentionGate?: AttentionGate;
}

/**
 * Opens a listener with the recognisers of this machine. If PocketSphinx is missing, the listener's state names the command that
 * installs it.
 * @param clock clock of the audio's stamps
 * @param grammar grammar of the commands
 *
 * @example
 * const listener = await openListener(clock, grammar);
 * listener.utterances$.subscribe(({ text, accepted }) => console.log(text, accepted));
 * microphone(clock).subscribe((block) => void listener.acceptAudio(block));
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
