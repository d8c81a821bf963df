import { isStale } from '@praxis/core';
import type { Reaction } from '../../config/filter-config.ts';
import type { JointRule } from '../../config/safety-config.ts';
import type { SafetyData } from '../states/state-machine.ts';
import { type Monitor, milliseconds } from './monitor.ts';

const STAMP_INDEX = 0;
const JUMP_INDEX = 1;

/**
 * Detects implausible joint measurements. A joint must not move farther between two samples than its speed allows, and
 * its distance from the target must not exceed the following error of a drive. An encoder that slips violates one of
 * the two, and so does a blocked joint.
 */
export class JointMonitor implements Monitor {
  readonly cause = 'joints_implausible';
  readonly reaction: Reaction;
  readonly #names: readonly string[];
  readonly #rule: JointRule;
  readonly #maxSpeed: Float64Array;
  readonly #last: Float64Array;
  /** Decaying maximum of each target's recent speed (rad/s, m/s). */
  readonly #recentSpeed: Float64Array;
  readonly #times = Float64Array.of(Number.NaN, Number.NEGATIVE_INFINITY);
  #deviatingSamples = 0;
  #joint = 0;
  #deviation = 0;
  #allowed = 0;

  /** @param maxSpeed largest speed of each joint (rad/s, m/s), in the order of the names */
  constructor(names: readonly string[], maxSpeed: Float64Array, rule: JointRule) {
    this.#names = names;
    this.#rule = rule;
    this.reaction = rule.reaction;
    this.#maxSpeed = maxSpeed;
    this.#last = new Float64Array(names.length);
    this.#recentSpeed = new Float64Array(names.length);
  }

  /**
   * Checks a new sample. All arrays are in the order of the names (rad or m, and per s).
   * @param position measured positions
   * @param target last commanded positions
   * @param speed speeds of the target
   * @param stamp stamp of the sample (s)
   */
  observe(position: Float64Array, target: Float64Array, speed: Float64Array, stamp: number, now: number): void {
    const elapsed = stamp - this.#times[STAMP_INDEX];
    const first = Number.isNaN(elapsed);
    this.#times[STAMP_INDEX] = stamp;
    const { step, speeds, error, lag, memory } = this.#rule;
    let deviates = false;
    for (let i = 0; i < position.length; i++) {
      const jump = Math.abs(position[i] - this.#last[i]);
      const possible = step + speeds * this.#maxSpeed[i] * elapsed;
      this.#last[i] = position[i];
      const jumped = !first && jump > possible;
      if (jumped) {
        this.#times[JUMP_INDEX] = now;
        this.#recordDeviation(i, jump, possible);
      }
      const decayed = first ? 0 : this.#recentSpeed[i] * Math.max(0, 1 - elapsed / memory);
      this.#recentSpeed[i] = Math.max(Math.abs(speed[i]), decayed);
      const followingError = Math.abs(position[i] - target[i]);
      const allowed = error + lag * this.#recentSpeed[i];
      if (followingError <= allowed) continue;
      deviates = true;
      if (!jumped) this.#recordDeviation(i, followingError, allowed);
    }
    this.#deviatingSamples = deviates ? this.#deviatingSamples + 1 : 0;
  }

  /** Discards all remembered times after a jump of the clock. */
  restartTiming(): void {
    this.#times[STAMP_INDEX] = Number.NaN;
    this.#times[JUMP_INDEX] = Number.NEGATIVE_INFINITY;
  }

  check(now: number): boolean {
    return this.#deviatingSamples >= this.#rule.samples || !isStale(now - this.#times[JUMP_INDEX], this.#rule.settle);
  }

  data(): SafetyData {
    return { joint: this.#names[this.#joint], off: this.#deviation, allowed: this.#allowed };
  }

  message(now: number): string {
    const what =
      this.#deviatingSamples >= this.#rule.samples
        ? 'is off its target'
        : `jumped ${milliseconds(now - this.#times[JUMP_INDEX])} ago`;
    return `${this.#names[this.#joint]} ${what} by ${this.#deviation.toFixed(4)} (rad or m), allowed are ${this.#allowed.toFixed(4)}`;
  }

  #recordDeviation(joint: number, size: number, allowed: number): void {
    this.#joint = joint;
    this.#deviation = size;
    this.#allowed = allowed;
  }
}
