import { type SpeechSessionOptions, speechSessionOpener, VoiceServer } from '@praxis/speech/node';
import { WakeWindow, WakeWord } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';

/** Options of {@link openVoiceServer}. */
export interface VoiceServerOptions {
  /** Folder of a model for sherpa-onnx, which then recognises the commands. */
  readonly model?: string;
  /** Only utterances that begin with this word, or follow it within `WAKE_WINDOW_S`, are commands. */
  readonly wakeWord?: string;
}

/**
 * Opens the server of the microphones of the studio's pages.
 * @throws {InputError} on a folder without a model, and on an unusable wake word
 */
export function openVoiceServer({ model, wakeWord }: VoiceServerOptions): VoiceServer {
  const word = wakeWord === undefined ? undefined : new WakeWord(wakeWord);
  const options: SpeechSessionOptions = { model, ...(word && { createAttentionGate: () => new WakeWindow(word) }) };
  return new VoiceServer(
    speechSessionOpener((vocabulary) => commandGrammar({ ...vocabulary, wakeWord }), undefined, options),
  );
}
