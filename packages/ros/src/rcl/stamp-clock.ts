import { messageCodec, secondsOf, type Time, timeOf } from '@praxis/wire';
import { catchErrors } from './catch-errors.ts';
import { qosOf } from './qos.ts';
import type { RosClock } from './ros-clock.ts';
import type { Rcl, RclNode } from './types.ts';

/** The clock of the sensors' stamps, as the parameter `use_sim_time` names it. */
export interface StampClock {
  /** A stamp may lie this far (s) in the future. */
  readonly maximumAhead: number;
  /** Time on this clock (s) at a time of the system clock (s); NaN as long as it is not known. */
  at(system: number): number;
}

/** Sensors that are stamped with the system clock. Synchronised clocks of two machines differ by a few milliseconds. */
export const SYSTEM_STAMPS: StampClock = { maximumAhead: 0.01, at: (system) => system };

/** The stamp of a message that is sent at a time of the system clock (s); zero as long as the time is not known. */
export function stampAt(clock: StampClock, system: number): Time {
  const time = clock.at(system);
  return timeOf(Number.isNaN(time) ? 0 : time);
}

/** A clock that differs by more than this (s) from its expected time has jumped: another scene, or a recording in a loop. */
const JUMP_S = 1;
/** A clock that lags its expected time by more than this (s) stood still or slowed down. */
const LAG_S = 0.1;
/** The time goes on for this long (s) without a message; then it stands still until the next one. */
const MAXIMUM_EXTRAPOLATION_S = 0.1;
/** Time (s) over which the speed of the clock is measured. */
const RATE_INTERVAL_S = 0.5;
/** A message that took longer than others pulls the time back with this time constant (s): the earliest ones count. */
const DELAY_TIME_CONSTANT_S = 0.5;

/** Times (s) on both clocks. */
interface Pair {
  readonly system: number;
  readonly time: number;
}

/**
 * The clock of a simulator or of a recording, whose time comes as messages on `/clock`. Between the messages the time goes on at
 * the measured speed of the clock, so that a sample that arrives before the message of its time is not in the future.
 */
export class SimClock implements StampClock {
  /** `ros2 bag play --clock` sends the time at 40 Hz. */
  readonly maximumAhead = 0.05;
  /** Seconds of this clock per second of the system clock. */
  rate = 1;
  /** System time of the newest message (s); -Infinity before the first. */
  lastReceived = Number.NEGATIVE_INFINITY;
  readonly #onJump: (seconds: number) => void;
  #anchor: Pair | undefined;
  #newest: Pair | undefined;
  /** Begin of the measurement of the speed. */
  #begin: Pair | undefined;

  /** @param onJump called with the size of each jump (s), negative for one back */
  constructor(onJump: (seconds: number) => void) {
    this.#onJump = onJump;
  }

  /** Takes the time of a message (s). @param system time of its receipt (s, system clock) */
  accept(time: number, system: number): void {
    this.lastReceived = system;
    const now = { system, time };
    if (this.#anchor === undefined || this.#newest === undefined) {
      this.#restart(now);
      return;
    }
    const back = time - this.#newest.time;
    const error = time - this.at(system);
    if (back < -JUMP_S || error > JUMP_S) {
      this.#onJump(back < -JUMP_S ? back : error);
      this.#restart(now);
      return;
    }
    // A message that another one overtook.
    if (back < 0) return;
    const pause = system - this.#newest.system;
    this.#newest = now;
    this.#anchor = error > 0 || error < -LAG_S ? now : this.#pulledBack(system, error, pause);
    if (pause > MAXIMUM_EXTRAPOLATION_S) this.#begin = now;
    else this.#measureRate(now);
  }

  at(system: number): number {
    if (this.#anchor === undefined) return Number.NaN;
    return this.#anchor.time + this.rate * Math.min(system - this.#anchor.system, MAXIMUM_EXTRAPOLATION_S);
  }

  #restart(now: Pair): void {
    this.#anchor = this.#newest = this.#begin = now;
    this.rate = 1;
  }

  #pulledBack(system: number, error: number, elapsed: number): Pair {
    const share = 1 - Math.exp(-elapsed / DELAY_TIME_CONSTANT_S);
    return { system, time: this.at(system) + share * error };
  }

  #measureRate(now: Pair): void {
    const begin = this.#begin ?? now;
    if (now.system - begin.system < RATE_INTERVAL_S) return;
    this.rate = (now.time - begin.time) / (now.system - begin.system);
    this.#begin = now;
  }
}

/** The clock that the parameter `use_sim_time` of a node names. It logs each jump. */
export function openStampClock(rcl: Rcl, node: RclNode, systemClock: RosClock): StampClock {
  if (node.getParameter('use_sim_time').value !== true) return SYSTEM_STAMPS;
  const log = node.getLogger();
  const clock = new SimClock((seconds) =>
    log.warn(`/clock jumped by ${seconds.toFixed(1)} s: the streams of the sensors begin anew`),
  );
  const codec = messageCodec('rosgraph_msgs/msg/Clock');
  const accept = catchErrors(log, '/clock', (bytes: Uint8Array) =>
    clock.accept(secondsOf(codec.read(bytes).clock), systemClock.now()),
  );
  node.createSubscription('rosgraph_msgs/msg/Clock', '/clock', { isRaw: true, qos: qosOf(rcl, 'clock') }, accept);
  return clock;
}
