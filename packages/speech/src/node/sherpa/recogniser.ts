import { stopWordIn } from '@praxis/core';
import { SPEECH_RATE } from '../../audio/audio.ts';
import { type CommandGrammar, type GrammarSource, loadGrammarModule } from '../../recognition/command-grammar.ts';
import type { Recogniser, Recognition } from '../../recognition/recogniser.ts';
import { type Answering, startProcess } from '../answering/answering.ts';
import type { SherpaService } from './decoder.ts';
import { modelIn } from './model.ts';

/**
 * Free speech by a model for sherpa-onnx. What is no sentence of the command language is not accepted; the models say nothing
 * of how sure they are, so a confidence is 1 or 0. Stop words are told when the utterance is over.
 */
export class SherpaOnnx implements Recogniser {
  readonly #process: Answering<SherpaService>;
  readonly #grammar: CommandGrammar;
  readonly gone: Promise<string>;

  private constructor(process: Answering<SherpaService>, grammar: CommandGrammar) {
    this.#process = process;
    this.#grammar = grammar;
    this.gone = process.gone;
  }

  /**
   * @param folder of the model
   * @param grammar the commands to accept
   * @throws {InputError} when the package is missing (and how to get it), or on a folder without a model that can be read
   */
  static async start(folder: string, grammar: GrammarSource): Promise<SherpaOnnx> {
    const { createGrammar } = await loadGrammarModule(grammar);
    const commands = createGrammar(grammar.vocabulary);
    const module = new URL('./process.mjs', import.meta.url);
    const process = await startProcess<SherpaService>(module, modelIn(folder), `sherpa-onnx with ${folder}`);
    return new SherpaOnnx(process, commands);
  }

  async recognise(samples: Float32Array): Promise<Recognition> {
    const { text: written, compute } = await this.#process.client.call('transcribe', samples);
    const words = this.#grammar.normalise(written);
    const text = words.join(' ');
    const accepted = this.#grammar.isCommand(words);
    const stop = stopWordIn(words);
    const seconds = samples.length / SPEECH_RATE;
    return {
      text,
      confidence: accepted ? 1 : 0,
      accepted: accepted ? 'yes' : 'no',
      stops:
        stop === undefined ? [] : [{ word: stop, end: seconds, detected: seconds, by: 'commands', certainty: 'sure' }],
      compute,
    };
  }

  close(): Promise<void> {
    return this.#process.client.close();
  }
}
