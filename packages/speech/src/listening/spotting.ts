import { type Clock, errorMessage } from '@praxis/core';
import { SPEECH_RATE } from '../audio/audio.ts';
import type { StopEvent, StopSpotter } from '../recognition/stop-event.ts';
import type { Frame } from './intake.ts';
import { type Life, Restarting } from './restarting.ts';

/** A spotter that is this far behind hears no stop in time (s of sound). */
const BEHIND = 2;

/** Frames on their way through a stop spotter that may be slow, hang or die. */
export class Spotting {
  readonly #spotter: Restarting<StopSpotter>;
  /** When the stream of this spotter began (s of sound). */
  #use: { readonly spotter: StopSpotter; readonly begin: number } | undefined;
  #behind = 0;

  constructor(make: () => Promise<StopSpotter>, clock: Clock, onChange: () => void) {
    this.#spotter = new Restarting(make, clock, onChange);
  }

  get life(): Life {
    return this.#spotter.life;
  }

  get started(): Promise<void> {
    return this.#spotter.started;
  }

  get restarts(): number {
    return this.#spotter.restarts;
  }

  tick(): void {
    this.#spotter.tick();
  }

  /** @returns what was found, in seconds of sound from the beginning of the stream; nothing while there is no spotter */
  async push({ samples, begin }: Frame): Promise<readonly StopEvent[]> {
    const spotter = this.#spotter.current;
    if (!spotter) return [];
    if (this.#use?.spotter !== spotter) {
      this.#use = { spotter, begin };
      this.#behind = 0;
    }
    const use = this.#use;
    this.#behind += samples.length / SPEECH_RATE;
    if (this.#behind > BEHIND) {
      this.#spotter.fail(spotter, 'it does not keep up with the sound');
      return [];
    }
    try {
      const found = await spotter.push(samples);
      return found.map((each) => ({ ...each, end: each.end + use.begin, detected: each.detected + use.begin }));
    } catch (error) {
      this.#spotter.fail(spotter, errorMessage(error));
      return [];
    } finally {
      if (this.#use === use) this.#behind -= samples.length / SPEECH_RATE;
    }
  }

  close(): Promise<void> {
    return this.#spotter.close();
  }
}
