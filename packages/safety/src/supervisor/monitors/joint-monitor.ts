import { isStale } from '@praxis/core';
import type { Reaction } from '../../config/reaction.ts';
import type { JointRule } from '../../config/safety-config.ts';
import type { SafetyData } from '../states/state-machine.ts';
import { type Monitor, milliseconds } from './monitor.ts';

const STAMP = 0;
const JUMPED = 1;

/**
 * Holds measured joints to what joints can do: between two samples none moves farther than its speed allows, and none is
 * farther from its target than it lags behind in motion (the following error of drives). An encoder that slipped does either;
 * so does a joint that is held fast.
 */
export class JointMonitor implements Monitor {
  readonly cause = 'joints_implausible';
  readonly reaction: Reaction;
  readonly #names: readonly string[];
  readonly #rule: JointRule;
  readonly #maxSpeed: Float64Array;
  readonly #last: Float64Array;
  /** Fastest lately (rad/s), of each target. */
  readonly #lately: Float64Array;
  readonly #times = Float64Array.of(Number.NaN, Number.NEGATIVE_INFINITY);
  #off = 0;
  #joint = 0;
  #size = 0;
  #allowed = 0;

  /** @param maxSpeed of each joint (rad/s, m/s), in the order of the names */
  constructor(names: readonly string[], maxSpeed: Float64Array, rule: JointRule) {
    this.#names = names;
    this.#rule = rule;
    this.reaction = rule.reaction;
    this.#maxSpeed = maxSpeed;
    this.#last = new Float64Array(names.length);
    this.#lately = new Float64Array(names.length);
  }

  /**
   * Takes a new sample. All arrays in the order of the names; rad or m, and per s.
   * @param position as measured
   * @param target as told last, and its `speed`
   * @param stamp of the sample (s)
   */
  observe(position: Float64Array, target: Float64Array, speed: Float64Array, stamp: number, now: number): void {
    const since = stamp - this.#times[STAMP];
    const first = Number.isNaN(since);
    this.#times[STAMP] = stamp;
    const { step, speeds, error, lag, memory } = this.#rule;
    let off = false;
    for (let i = 0; i < position.length; i++) {
      const jump = Math.abs(position[i] - this.#last[i]);
      const possible = step + speeds * this.#maxSpeed[i] * since;
      this.#last[i] = position[i];
      const jumped = !first && jump > possible;
      if (jumped) {
        this.#times[JUMPED] = now;
        this.#blame(i, jump, possible);
      }
      const kept = first ? 0 : this.#lately[i] * Math.max(0, 1 - since / memory);
      this.#lately[i] = Math.max(Math.abs(speed[i]), kept);
      const behind = Math.abs(position[i] - target[i]);
      const allowed = error + lag * this.#lately[i];
      if (behind <= allowed) continue;
      off = true;
      if (!jumped) this.#blame(i, behind, allowed);
    }
    this.#off = off ? this.#off + 1 : 0;
  }

  /** The clock jumped: what is remembered of time is void. */
  forget(): void {
    this.#times[STAMP] = Number.NaN;
    this.#times[JUMPED] = Number.NEGATIVE_INFINITY;
  }

  check(now: number): boolean {
    return this.#off >= this.#rule.samples || !isStale(now - this.#times[JUMPED], this.#rule.settle);
  }

  data(): SafetyData {
    return { joint: this.#names[this.#joint], off: this.#size, allowed: this.#allowed };
  }

  message(now: number): string {
    const what =
      this.#off >= this.#rule.samples ? 'is off its target' : `jumped ${milliseconds(now - this.#times[JUMPED])} ago`;
    return `${this.#names[this.#joint]} ${what} by ${this.#size.toFixed(4)} (rad or m), possible are ${this.#allowed.toFixed(4)}`;
  }

  #blame(joint: number, size: number, allowed: number): void {
    this.#joint = joint;
    this.#size = size;
    this.#allowed = allowed;
  }
}
