import { InputError } from '@praxis/core';
import type { Stop } from '../../config/filter-config.ts';
import type { ExternalTorqueConfig } from '../../config/force-config.ts';
import type { Monitor } from '../monitors/monitor.ts';
import type { MeasuredArm } from '../states/measured-arm.ts';
import type { SafetyData } from '../states/state-machine.ts';

/** Detects joint states without efforts, with which no external torque can be estimated. */
export class EffortMonitor implements Monitor {
  readonly cause = 'stream_lost';
  readonly reaction: Stop;
  readonly #arm: MeasuredArm;

  constructor(arm: MeasuredArm, reaction: Stop) {
    this.#arm = arm;
    this.reaction = reaction;
  }

  check(): boolean {
    return this.#arm.known && !this.#arm.hasEffort;
  }

  data(): SafetyData {
    return {};
  }

  message(): string {
    return 'the joint states have no efforts, which force.externalTorque needs: measure them, or set it to null';
  }
}

/** Detects consecutive samples in which the environment exerts more torque on a joint than its limit. */
export class ExternalTorqueMonitor implements Monitor {
  readonly cause = 'external_torque';
  readonly reaction: Stop;
  readonly #names: readonly string[];
  readonly #limits: Float64Array;
  readonly #samples: number;
  readonly #torque: Float64Array;
  #inRow = 0;
  #joint = 0;

  /**
   * @param torque the estimate of the observer, which the observer overwrites (Nm, N; order of `names`)
   * @throws {InputError} for a joint without a limit.
   */
  constructor(names: readonly string[], torque: Float64Array, config: ExternalTorqueConfig, reaction: Stop) {
    const { limit, samples } = config;
    this.reaction = reaction;
    this.#names = names;
    this.#samples = samples;
    this.#torque = torque;
    this.#limits = Float64Array.from(names, (name) => {
      const value = typeof limit === 'number' ? limit : limit[name];
      if (value > 0) return value;
      throw new InputError(`force.externalTorque.limit: joint "${name}" has ${value}, expected a number above 0`);
    });
  }

  /** Evaluates the estimate; call it after each sample of the observer. */
  evaluate(): void {
    this.#joint = -1;
    for (let i = 0; i < this.#torque.length; i++) {
      if (Math.abs(this.#torque[i]) > this.#limits[i]) this.#joint = i;
    }
    this.#inRow = this.#joint < 0 ? 0 : this.#inRow + 1;
  }

  check(): boolean {
    return this.#inRow >= this.#samples;
  }

  data(): SafetyData {
    const i = this.#joint;
    return { joint: this.#names[i], torque_nm: this.#torque[i], limit_nm: this.#limits[i], samples: this.#inRow };
  }

  message(): string {
    const i = this.#joint;
    return `${this.#names[i]}: an outer torque of ${this.#torque[i].toFixed(1)} Nm, expected at most ${this.#limits[i]}`;
  }
}
