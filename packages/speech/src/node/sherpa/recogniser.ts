import { moduleBeside, stopWordIn } from '@praxis/core';
import { SPEECH_SAMPLE_RATE_HZ } from '../../audio/audio.ts';
import { type CommandGrammar, type GrammarSource, loadGrammarModule } from '../../recognition/command-grammar.ts';
import type { Recogniser, RecognitionResult } from '../../recognition/recogniser.ts';
import { type RecogniserService, startProcess } from '../service/start-service.ts';
import type { SherpaService } from './decoder.ts';
import { findModel } from './model.ts';

/**
 * Recognises free speech with a sherpa-onnx model in a child process, and accepts sentences of the command language. The models
 * return no confidence, so it is 1 for an accepted sentence and 0 otherwise. Reports stop words after the utterance.
 */
export class SherpaOnnx implements Recogniser {
  readonly #modelClient: RecogniserService<SherpaService>;
  readonly #grammar: CommandGrammar;
  readonly exited: Promise<string>;

  private constructor(process: RecogniserService<SherpaService>, grammar: CommandGrammar) {
    this.#modelClient = process;
    this.#grammar = grammar;
    this.exited = process.exited;
  }

  /**
   * @param folder folder of the model
   * @param grammar grammar of the accepted commands
   * @throws {InputError} when the package is missing, with the command that installs it, and on an unreadable model
   */
  static async start(folder: string, grammar: GrammarSource): Promise<SherpaOnnx> {
    const { createGrammar } = await loadGrammarModule(grammar);
    const commands = createGrammar(grammar.vocabulary);
    const module = moduleBeside('./process', import.meta.url);
    const process = await startProcess<SherpaService>(module, findModel(folder), `sherpa-onnx with ${folder}`);
    return new SherpaOnnx(process, commands);
  }

  async recognise(samples: Float32Array): Promise<RecognitionResult> {
    const { text: transcript, compute } = await this.#modelClient.client.call('transcribe', samples);
    const words = this.#grammar.normalise(transcript);
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
