import { type Clock, SystemClock } from '@praxis/core';
import type { VocabularyExtension } from '@praxis/policy';
import type { Listener, StopEvent } from '@praxis/speech';
import { microphone, openListener } from '@praxis/speech/node';
import { commandGrammar } from '@praxis/teleop/node';
import type { CommandSource } from '../teleoperation/command-source.ts';
import { requireRecogniser } from './transcriber.ts';

/** Options of {@link SpokenCommands.open}. */
export interface SpokenCommandOptions {
  /** Words and instructions that the policy adds to the command language. */
  readonly extension: VocabularyExtension;
  /** Directory of a sherpa-onnx model that recognises commands. Default: PocketSphinx recognises them. */
  readonly model?: string;
  /** Called for a stop word at once, ahead of commands in the queue. */
  onStop(stop: StopEvent): void;
  /** Called with a remark for the operator, such as a rejected utterance or a microphone without signal. */
  onRemark(remark: string): void;
}

/** Recognises commands from the default microphone. */
export class SpokenCommands implements CommandSource {
  readonly #listener: Listener;
  readonly #pending: string[] = [];
  readonly #close: () => void;
  #failure: Error | undefined;

  /** @throws {InputError} without a recogniser */
  static async open(options: SpokenCommandOptions): Promise<SpokenCommands> {
    const clock = new SystemClock();
    // The pilot checks for the wake word, as it does for typed commands.
    const listener = await openListener(clock, commandGrammar(options.extension), { model: options.model });
    try {
      await requireRecogniser(listener);
    } catch (error) {
      await listener.close();
      throw error;
    }
    return new SpokenCommands(listener, clock, options);
  }

  private constructor(listener: Listener, clock: Clock, { onStop, onRemark }: SpokenCommandOptions) {
    this.#listener = listener;
    listener.stops$.subscribe(onStop);
    listener.utterances$.subscribe(({ text, accepted }) => {
      if (accepted === 'yes') this.#pending.push(text);
      else onRemark(`not understood: "${text}"`);
    });
    listener.state$.subscribe((state) => {
      if ('reason' in state) onRemark(`${state.kind}: ${state.reason}`);
      else if (state.kind === 'clipped' || state.kind === 'no audio') onRemark(state.kind);
    });
    const sound = microphone(clock).subscribe({
      next: (block) => void listener.acceptAudio(block),
      error: (error: Error) => {
        this.#failure = error;
      },
    });
    this.#close = () => sound.unsubscribe();
  }

  next(): string | undefined {
    return this.#pending.shift();
  }

  /** True when the microphone has failed and all commands are taken; {@link throwFailure} throws the reason. */
  get ended(): boolean {
    return this.#failure !== undefined && this.#pending.length === 0;
  }

  /** Throws when the microphone has failed. @throws {InputError} with the reason */
  throwFailure(): void {
    if (this.#failure) throw this.#failure;
  }

  async close(): Promise<void> {
    this.#close();
    await this.#listener.close();
  }
}
