import { stopWordIn } from '@praxis/core';
import { SPEECH_SAMPLE_RATE_HZ } from '../../audio/audio.ts';
import { type CommandGrammar, type GrammarSource, loadGrammarModule } from '../../recognition/command-grammar.ts';
import type { Recogniser, RecognitionResult } from '../../recognition/recogniser.ts';
import { type RpcClient, startProcess } from '../service/start-service.ts';
import type { SherpaService } from './decoder.ts';
import { findModel } from './model.ts';

/**
 * Free speech by a model for sherpa-onnx. What is no sentence of the command language is not accepted; the models say nothing
 * of how sure they are, so a confidence is 1 or 0. Stop words are told when the utterance is over.
 */
export class SherpaOnnx implements Recogniser {
  readonly #modelClient: RpcClient<SherpaService>;
  readonly #grammar: CommandGrammar;
  readonly exited: Promise<string>;

  private constructor(process: RpcClient<SherpaService>, grammar: CommandGrammar) {
    this.#modelClient = process;
    this.#grammar = grammar;
    this.exited = process.exited;
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
    const process = await startProcess<SherpaService>(module, findModel(folder), `sherpa-onnx with ${folder}`);
    return new SherpaOnnx(process, commands);
  }

  async recognise(samples: Float32Array): Promise<RecognitionResult> {
    const { text: written, compute } = await this.#modelClient.client.call('transcribe', samples);
    const words = this.#grammar.normalise(written);
    const text = words.join(' ');
    const accepted = this.#grammar.isCommand(words);
    const stop = stopWordIn(words);
    const seconds = samples.length / SPEECH_SAMPLE_RATE_HZ;
    return {
      text,
      confidence: accepted ? 1 : 0,
      accepted: accepted ? 'yes' : 'no',
      stops:
        stop === undefined ? [] : [{ word: stop, end: seconds, detected: seconds, by: 'commands', confidence: 'high' }],
      compute,
    };
  }

  close(): Promise<void> {
    return this.#modelClient.client.close();
  }
}
