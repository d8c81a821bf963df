import { type Clock, SystemClock } from '@praxis/core';
import type { VocabularyExtension } from '@praxis/policy';
import type { Listener, StopEvent } from '@praxis/speech';
import { microphone, openListener } from '@praxis/speech/node';
import { commandGrammar } from '@praxis/teleop/node';
import type { CommandSource } from '../teleoperation/command-source.ts';
import { requireRecogniser } from './transcriber.ts';

export interface SpokenCommandOptions {
  /** What the policy adds to the language. */
  readonly extension: VocabularyExtension;
  /** Directory of a speech model that hears the commands; without one PocketSphinx does. */
  readonly model?: string;
  /** A stop word was heard. It does not wait for its turn. */
  onStop(stop: StopEvent): void;
  /** Something that a speaker wants to know: an utterance that was not understood, a microphone that gives no sound. */
  onRemark(remark: string): void;
}

/** Commands that are spoken at the default microphone. */
export class SpokenCommands implements CommandSource {
  readonly #listener: Listener;
  readonly #heard: string[] = [];
  readonly #close: () => void;
  #failure: Error | undefined;

  /** @throws {InputError} where nothing can be recognised. */
  static async open(options: SpokenCommandOptions): Promise<SpokenCommands> {
    const clock = new SystemClock();
    // The pilot looks for the wake word, as in typed commands.
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
      if (accepted === 'yes') this.#heard.push(text);
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
    return this.#heard.shift();
  }

  /** The microphone is gone: see {@link check}. */
  get ended(): boolean {
    return this.#failure !== undefined && this.#heard.length === 0;
  }

  /** @throws {InputError} why the microphone is gone, where it is. */
  check(): void {
    if (this.#failure) throw this.#failure;
  }

  async close(): Promise<void> {
    this.#close();
    await this.#listener.close();
  }
}
