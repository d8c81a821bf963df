import type { Kinematics, SignalSpec, ToolLoad, Wrench } from '@praxis/core';
import type { RobotModel } from '@praxis/model';
import type { SafetyConfig } from '../../config/safety-config.ts';
import type { CommandFilter } from '../../filter/command-filter.ts';
import type { Watch } from '../monitors/monitor.ts';
import type { MeasuredArm } from '../states/measured-arm.ts';
import type { Expectation } from './expectation.ts';
import { ExternalTorqueWatch } from './external-torque-monitor.ts';
import { ForceMonitor } from './force-monitor.ts';
import { MomentumObserver } from './momentum-observer.ts';
import { RegionWatch } from './region-monitor.ts';
import { Retreat } from './retreat.ts';

/** What monitoring of contact needs to know of the arm, its sensors and its configuration. */
export interface ContactOptions {
  /** Joints of the command, in its order, without the gripper. */
  readonly names: readonly string[];
  readonly model: RobotModel;
  /** From the base to the tool. */
  readonly kinematics: Kinematics;
  readonly config: SafetyConfig;
  /** Time from one tick to the next (s). */
  readonly period: number;
  /** The stream of the wrist sensor. Without it or without `tool` only the joints' torques are monitored. */
  readonly wrench: SignalSpec | undefined;
  /** The load on the wrist sensor. */
  readonly tool: ToolLoad | undefined;
  readonly filter: CommandFilter;
  readonly arm: MeasuredArm;
}

/** Everything about touch: what watches it, and what gives way to it. */
export class Contact {
  readonly watches: readonly Watch[];
  readonly retreat: Retreat | undefined;
  readonly #arm: MeasuredArm;
  readonly #monitor: ForceMonitor | undefined;
  readonly #regions: RegionWatch | undefined;
  readonly #observer: MomentumObserver | undefined;
  readonly #torque: ExternalTorqueWatch | undefined;

  /** @throws {InputError} on a configuration of joints that the robot lacks. */
  constructor(options: ContactOptions) {
    const { config, kinematics, model, names, period, wrench, tool, filter, arm } = options;
    this.#arm = arm;
    const { force } = config;
    const { contact } = config.filter;
    if (force && wrench && tool) {
      this.#monitor = new ForceMonitor(force, tool, wrench.rateHz);
      if (contact && contact.exposed.length > 0) this.#regions = new RegionWatch(force, contact);
      if (force.reaction === 'retreat') {
        this.retreat = new Retreat(force.retreat, filter, this.#monitor, kinematics, names, period);
      }
    }
    if (force?.externalTorque) {
      this.#observer = new MomentumObserver(model, names, force.externalTorque);
      this.#torque = new ExternalTorqueWatch(names, this.#observer.torque, force.externalTorque, force.stop);
    }
    this.watches = [this.#monitor, this.#regions, this.#torque].filter((watch) => watch !== undefined);
  }

  takeWrench(measured: Wrench, stamp: number, now: number): void {
    if (this.#monitor?.take(measured, stamp, this.#arm, now)) this.#regions?.take(this.#monitor.size, now);
  }

  /** The arm was measured; without efforts nothing is to be told of outer torques. */
  takeJoints(stamp: number): void {
    if (!this.#observer || !this.#arm.hasEffort) return;
    this.#observer.update(this.#arm.position, this.#arm.velocity, this.#arm.effort, stamp);
    this.#torque?.update();
  }

  expect(what: Expectation): void {
    this.#monitor?.expectation.tell(what);
  }

  tare(): void {
    this.#monitor?.tare();
  }

  /** The clock jumped: what is remembered of time is void. */
  forget(): void {
    this.#observer?.restart();
    this.#monitor?.expectation.forget();
    this.retreat?.end();
  }
}
