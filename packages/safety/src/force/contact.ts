import type { SignalSpec, ToolLoad, Wrench } from '@praxis/core';
import type { CommandFilter } from '../filter/command-filter.ts';
import type { MeasuredArm } from '../states/measured-arm.ts';
import type { SupervisorOptions } from '../supervisor-options.ts';
import type { Watch } from '../watchdog/watch.ts';
import type { Expectation } from './expectation.ts';
import { ForceMonitor } from './force-monitor.ts';
import { RegionWatch } from './region-watch.ts';
import { Retreat } from './retreat.ts';

/** Everything about touch: what watches it, and what gives way to it. */
export class Contact {
  readonly watches: readonly Watch[];
  readonly retreat: Retreat | undefined;
  readonly #arm: MeasuredArm;
  readonly #monitor: ForceMonitor | undefined;
  readonly #regions: RegionWatch | undefined;

  /** Without a wrench stream, the load on it or a configuration nothing is watched. */
  constructor(
    { config, kinematics, names, period }: SupervisorOptions,
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
    this.watches = [this.#monitor, this.#regions].filter((watch) => watch !== undefined);
  }

  takeWrench(measured: Wrench, stamp: number, now: number): void {
    if (this.#monitor?.take(measured, stamp, this.#arm, now)) this.#regions?.take(this.#monitor.size, now);
  }

  takeJoints(_stamp: number, _now: number): void {}

  expect(what: Expectation): void {
    this.#monitor?.expectation.tell(what);
  }

  tare(): void {
    this.#monitor?.tare();
  }

  /** The clock jumped: what is remembered of time is void. */
  forget(_now: number): void {
    this.#monitor?.expectation.forget();
    this.retreat?.end();
  }
}
