import type { SignalSpec, ToolLoad, Wrench } from '@praxis/core';
import type { CommandFilter } from '../../filter/command-filter.ts';
import type { MeasuredArm } from '../states/measured-arm.ts';
import type { SupervisorOptions } from '../options.ts';
import type { Watch } from '../monitors/monitor.ts';
import type { Expectation } from './expectation.ts';
import { ExternalTorqueWatch } from './external-torque-monitor.ts';
import { ForceMonitor } from './force-monitor.ts';
import { MomentumObserver } from './momentum-observer.ts';
import { RegionWatch } from './region-monitor.ts';
import { Retreat } from './retreat.ts';

/** Everything about touch: what watches it, and what gives way to it. */
export class Contact {
  readonly watches: readonly Watch[];
  readonly retreat: Retreat | undefined;
  readonly #arm: MeasuredArm;
  readonly #monitor: ForceMonitor | undefined;
  readonly #regions: RegionWatch | undefined;
  readonly #observer: MomentumObserver | undefined;
  readonly #torque: ExternalTorqueWatch | undefined;

  /**
   * Without a wrench stream or the load on it only the joints' torques are watched, without a configuration nothing is.
   * @throws {InputError} on a configuration of joints that are not there.
   */
  constructor(
    { config, kinematics, model, names, period }: SupervisorOptions,
    wrench: SignalSpec | undefined,
    tool: ToolLoad | undefined,
    filter: CommandFilter,
    arm: MeasuredArm,
  ) {
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
