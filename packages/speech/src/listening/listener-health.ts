import type { Clock, Stamped } from '@praxis/core';
import { type Audio, MAX_SAMPLE_RATE_HZ, MIN_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import type { ListenerState } from './listener-events.ts';
import type { ServiceStatus } from './restart-policy.ts';

/** A sample of at least this absolute value may be clipped. Full scale is 1. */
const CLIPPING_LEVEL = 0.998;
/** Audible distortion begins at this share of clipped samples. */
const MAX_CLIPPED_SHARE = 0.01;
/** Time constant of the average of that share (s). */
const CLIPPING_WINDOW_S = 0.5;

/** Returns the defect of a block of audio: its stamp, its rate or its first invalid sample; undefined for a valid block. */
export function invalidAudioReason({ value: { samples, rate }, stamp }: Stamped<Audio>): string | undefined {
  if (!Number.isFinite(stamp)) return `stamp ${stamp}, expected seconds`;
  if (!Number.isInteger(rate) || rate < MIN_SAMPLE_RATE_HZ || rate > MAX_SAMPLE_RATE_HZ) {
    return `rate ${rate} Hz, expected a whole number of ${MIN_SAMPLE_RATE_HZ} to ${MAX_SAMPLE_RATE_HZ}`;
  }
  const invalid = samples.findIndex((sample) => !Number.isFinite(sample));
  return invalid < 0 ? undefined : `sample ${invalid} is ${samples[invalid]}`;
}

/** Detects an overdriven microphone. */
export class ClippingDetector {
  #clippedShare = 0;

  /** Returns true while more than {@link MAX_CLIPPED_SHARE} of the recent samples are at full scale. */
  acceptBlock({ samples, rate }: Audio): boolean {
    if (samples.length > 0) {
      let clipped = 0;
      for (const sample of samples) if (Math.abs(sample) >= CLIPPING_LEVEL) clipped++;
      const weight = 1 - Math.exp(-samples.length / rate / CLIPPING_WINDOW_S);
      this.#clippedShare += weight * (clipped / samples.length - this.#clippedShare);
    }
    return this.#clippedShare > MAX_CLIPPED_SHARE;
  }
}

/** The state stays `broken audio` for this long after the last defect (s). */
const BROKEN_AUDIO_HOLD_S = 1;

/** Combines the defects of the audio and of the services into one state: the most severe. */
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
