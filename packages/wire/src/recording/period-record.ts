import type { PeriodMessage } from '../messages/praxis-messages.ts';
import { headerOf } from './stamps.ts';

/** What is known of a control period at its end. */
export interface PeriodFacts {
  /** Time of the period (s). */
  readonly time: number;
  /** False in a period in which the loop was blocked. */
  readonly loopTicked: boolean;
  /** State of the supervisor; empty without one. */
  readonly safetyState: string;
  /** Who drives the robot in this period. Default: the recording does not say it. */
  readonly driver?: Driver;
}

/** Who drives a robot: a policy, or a person. */
export type Driver = 'policy' | 'operator';

/** The recorded samples of the present period, with all bits of their times. */
export class PeriodRecord {
  #streams: number[] = [];
  #stamps: number[] = [];
  #received: number[] = [];
  #digests: number[] = [];
  /** Samples of the period that were dropped. */
  dropped = 0;

  /** Notes a sample that is recorded. */
  add(stream: number, stamp: number, received: number, digest: number): void {
    this.#streams.push(stream);
    this.#stamps.push(stamp);
    this.#received.push(received);
    this.#digests.push(digest);
  }

  /** The message of the period, after which the next one begins. */
  finish({ time, loopTicked, safetyState }: Omit<PeriodFacts, 'driver'>): PeriodMessage {
    const message = {
      ...{
        header: headerOf(time, ''),
        time,
        loop_ticked: loopTicked,
        safety_state: safetyState,
        dropped: this.dropped,
      },
      streams: Uint16Array.from(this.#streams),
      stamps: Float64Array.from(this.#stamps),
      received: Float64Array.from(this.#received),
      digests: Uint32Array.from(this.#digests),
    };
    this.#streams = [];
    this.#stamps = [];
    this.#received = [];
    this.#digests = [];
    this.dropped = 0;
    return message;
  }
}
