import { type Clock, SystemClock } from '@praxis/core';
import { mustRun } from '@praxis/evaluation';
import type { Extension } from '@praxis/policy';
import type { Listener, StopEvent } from '@praxis/speech';
import { microphone, openListener } from '@praxis/speech/node';
import { commandGrammar } from '@praxis/teleop/node';
import { note } from '../terminal/output.ts';
import type { Words } from './lines.ts';

/** Commands that are spoken at the microphone; stop words do not wait for their turn. */
export class Ears implements Words {
  readonly #listener: Listener;
  readonly #heard: string[] = [];
  readonly #close: () => void;
  #failure: Error | undefined;

  /** @throws {InputError} where nothing can be recognised. */
  static async open(extension: Extension, model: string | undefined, onStop: (stop: StopEvent) => void): Promise<Ears> {
    const clock = new SystemClock();
    // Whoever takes the words looks for the wake word, as in typed ones.
    const listener = await openListener(clock, commandGrammar(extension), { model });
    try {
      await mustRun(listener);
    } catch (error) {
      await listener.close();
      throw error;
    }
    return new Ears(listener, clock, onStop);
  }

  private constructor(listener: Listener, clock: Clock, onStop: (stop: StopEvent) => void) {
    this.#listener = listener;
    listener.stops$.subscribe(onStop);
    listener.utterances$.subscribe(({ text, accepted }) => {
      if (accepted === 'yes') this.#heard.push(text);
      else note(`not understood: "${text}"`);
    });
    listener.state$.subscribe((state) => {
      if ('reason' in state) note(`${state.kind}: ${state.reason}`);
      else if (state.kind === 'clipped' || state.kind === 'no audio') note(state.kind);
    });
    const sound = microphone(clock).subscribe({
      next: (piece) => void listener.push(piece),
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
