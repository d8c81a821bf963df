import type { Clock, Stamped } from '@praxis/core';
import type { Audio } from '../audio/audio.ts';
import type { ListenerState } from './listener-events.ts';
import type { ServiceStatus } from './restart-policy.ts';

const MIN_SAMPLE_RATE_HZ = 4_000;
const MAX_SAMPLE_RATE_HZ = 192_000;
/** Above this (of full scale) a sample may have been cut off. */
const CLIPPING_LEVEL = 0.998;
/** Share of samples cut off that is heard as distortion. */
const MAX_CLIPPED_SHARE = 0.01;
/** Time over which that share is taken (s). */
const CLIPPING_WINDOW_S = 0.5;

/** Says what is wrong with a block; undefined when it can be used. */
export function invalidAudioReason({ value: { samples, rate }, stamp }: Stamped<Audio>): string | undefined {
  if (!Number.isFinite(stamp)) return `stamp ${stamp}, expected seconds`;
  if (!Number.isInteger(rate) || rate < MIN_SAMPLE_RATE_HZ || rate > MAX_SAMPLE_RATE_HZ) {
    return `rate ${rate} Hz, expected a whole number of ${MIN_SAMPLE_RATE_HZ} to ${MAX_SAMPLE_RATE_HZ}`;
  }
  const broken = samples.findIndex((sample) => !Number.isFinite(sample));
  return broken < 0 ? undefined : `sample ${broken} is ${samples[broken]}`;
}

/** Tells when a microphone is overdriven. */
export class ClippingDetector {
  #clippedShare = 0;

  /** True while more than 1 % of the last half second is at full scale. */
  acceptBlock({ samples, rate }: Audio): boolean {
    if (samples.length > 0) {
      let cut = 0;
      for (const sample of samples) if (Math.abs(sample) >= CLIPPING_LEVEL) cut++;
      const weight = 1 - Math.exp(-samples.length / rate / CLIPPING_WINDOW_S);
      this.#clippedShare += weight * (cut / samples.length - this.#clippedShare);
    }
    return this.#clippedShare > MAX_CLIPPED_SHARE;
  }
}

/** How long broken audio is told (s). */
const BROKEN_AUDIO_HOLD_S = 1;

/** What is known of the sound's health; the worst of it is the state. */
export class ListenerHealth {
  readonly #clock: Clock;
  #brokenAudio: { readonly reason: string; readonly until: number } | undefined;
  noAudio = true;
  clipped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  reportBrokenAudio(reason: string): void {
    this.#brokenAudio = { reason, until: this.#clock.now() + BROKEN_AUDIO_HOLD_S };
  }

  stateOf(
    statuses: { readonly commands: ServiceStatus; readonly 'stop words': ServiceStatus },
    inSpeech: boolean,
  ): ListenerState {
    for (const what of ['stop words', 'commands'] as const) {
      const status = statuses[what];
      if (status.kind === 'exited') return { kind: 'recogniser exited', what, reason: status.reason };
    }
    if (statuses.commands.kind === 'starting' || statuses['stop words'].kind === 'starting')
      return { kind: 'starting' };
    if (this.noAudio) return { kind: 'no audio' };
    if (this.#brokenAudio && this.#clock.now() < this.#brokenAudio.until) {
      return { kind: 'broken audio', reason: this.#brokenAudio.reason };
    }
    if (this.clipped) return { kind: 'clipped' };
    return { kind: inSpeech ? 'speech' : 'listening' };
  }
}
