import { SPEECH_RATE } from '../../audio/audio.ts';
import { Language } from '../../language/language.ts';
import { wordsIn } from '../../language/normalise.ts';
import { stopWordIn } from '../../language/stop-words.ts';
import type { Extension } from '../../language/things.ts';
import type { Recogniser, Recognition } from '../../recognition/recogniser.ts';
import { type Answering, startProcess } from '../answering/answering.ts';
import type { SherpaService } from './messages.ts';
import { modelIn } from './model.ts';

/**
 * Free speech by a model for sherpa-onnx. What is no sentence of the command language is not accepted; the models say nothing
 * of how sure they are, so a confidence is 1 or 0. Stop words are told when the utterance is over.
 */
export class SherpaOnnx implements Recogniser {
  readonly #process: Answering<SherpaService>;
  readonly #language: Language;
  readonly gone: Promise<string>;

  private constructor(process: Answering<SherpaService>, language: Language) {
    this.#process = process;
    this.#language = language;
    this.gone = process.gone;
  }

  /**
   * @param folder of the model
   * @param extension of the loaded policy: words that people may say besides
   * @throws {InputError} when the package is missing (and how to get it), or on a folder without a model that can be read
   */
  static async start(folder: string, extension?: Extension): Promise<SherpaOnnx> {
    const module = new URL('./process.mjs', import.meta.url);
    const process = await startProcess<SherpaService>(module, modelIn(folder), `sherpa-onnx with ${folder}`);
    return new SherpaOnnx(process, new Language(extension));
  }

  async recognise(samples: Float32Array): Promise<Recognition> {
    const { text: written, compute } = await this.#process.client.call('transcribe', samples);
    const words = wordsIn(written);
    const text = words.join(' ');
    const called = this.#language.wakeWord?.after(words)?.length === 0;
    const accepted = called || this.#language.interpret(text).kind !== 'unknown';
    const stop = stopWordIn(words);
    const seconds = samples.length / SPEECH_RATE;
    return {
      text,
      confidence: accepted ? 1 : 0,
      accepted: accepted ? 'yes' : 'no',
      stops: stop === undefined ? [] : [{ word: stop, end: seconds, detected: seconds }],
      compute,
    };
  }

  close(): Promise<void> {
    return this.#process.client.close();
  }
}
