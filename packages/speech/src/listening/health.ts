import type { Clock, Stamped } from '@praxis/core';
import type { Audio } from '../audio/audio.ts';
import type { ListenerState } from './heard.ts';
import type { Life } from './restarting.ts';

const LOWEST = 4_000;
const HIGHEST = 192_000;
/** Above this (of full scale) a sample may have been cut off. */
const CUT = 0.998;
/** Share of samples cut off that is heard as distortion. */
const DISTORTED = 0.01;
/** Time over which that share is taken (s). */
const OVER = 0.5;

/** Says what is wrong with a block; undefined when it can be used. */
export function faultOf({ value: { samples, rate }, stamp }: Stamped<Audio>): string | undefined {
  if (!Number.isFinite(stamp)) return `stamp ${stamp}, expected seconds`;
  if (!Number.isInteger(rate) || rate < LOWEST || rate > HIGHEST) {
    return `rate ${rate} Hz, expected a whole number of ${LOWEST} to ${HIGHEST}`;
  }
  const broken = samples.findIndex((sample) => !Number.isFinite(sample));
  return broken < 0 ? undefined : `sample ${broken} is ${samples[broken]}`;
}

/** Tells when a microphone is overdriven. */
export class Clipping {
  #share = 0;

  /** True while more than 1 % of the last half second is at full scale. */
  push({ samples, rate }: Audio): boolean {
    if (samples.length > 0) {
      let cut = 0;
      for (const sample of samples) if (Math.abs(sample) >= CUT) cut++;
      const weight = 1 - Math.exp(-samples.length / rate / OVER);
      this.#share += weight * (cut / samples.length - this.#share);
    }
    return this.#share > DISTORTED;
  }
}

/** How long broken audio is told (s). */
const TOLD = 1;

/** What is known of the sound's health; the worst of it is the state. */
export class Health {
  readonly #clock: Clock;
  #broken: { readonly reason: string; readonly until: number } | undefined;
  silent = true;
  clipped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  complain(reason: string): void {
    this.#broken = { reason, until: this.#clock.now() + TOLD };
  }

  state(lives: { readonly commands: Life; readonly 'stop words': Life }, talking: boolean): ListenerState {
    for (const what of ['stop words', 'commands'] as const) {
      const life = lives[what];
      if (life.kind === 'gone') return { kind: 'recogniser gone', what, reason: life.reason };
    }
    if (lives.commands.kind === 'starting' || lives['stop words'].kind === 'starting') return { kind: 'starting' };
    if (this.silent) return { kind: 'no audio' };
    if (this.#broken && this.#clock.now() < this.#broken.until) {
      return { kind: 'broken audio', reason: this.#broken.reason };
    }
    if (this.clipped) return { kind: 'clipped' };
    return { kind: talking ? 'speech' : 'listening' };
  }
}
