import { type ArmCommand, DifferentialIk, type Kinematics, TIME_TOLERANCE_S } from '@praxis/core';
import type { RetreatConfig } from '../../config/force-config.ts';
import type { CommandFilter } from '../../filter/command-filter.ts';

import type { ForceMonitor } from './force-monitor.ts';

const START_INDEX = 0;
const DISTANCE_INDEX = 1;
const UP_AXIS = 2;

/**
 * Retreats along the contact force while it lasts, within a distance and a time. The tool's target moves along the
 * force, and the joints' targets pass through the filter like any command, so that the retreat keeps every limit.
 */
export class Retreat {
  readonly #config: RetreatConfig;
  readonly #filter: CommandFilter;
  readonly #monitor: ForceMonitor;
  readonly #period: number;
  readonly #ik: DifferentialIk;
  readonly #kinematics: Kinematics;
  /** Target pose of the tool (base frame). */
  readonly #pose = new Float64Array(7);
  /** Index in the command of each joint of the kinematics. */
  readonly #order: Int32Array;
  readonly #chain: Float64Array;
  readonly #command: { readonly position: Float64Array; gripperWidth: number };
  readonly #motion = new Float64Array(6);
  readonly #numbers = new Float64Array(2);
  #active = false;
  #pushed = false;

  constructor(
    config: RetreatConfig,
    filter: CommandFilter,
    monitor: ForceMonitor,
    kinematics: Kinematics,
    names: readonly string[],
    period: number,
  ) {
    this.#config = config;
    this.#filter = filter;
    this.#monitor = monitor;
    this.#period = period;
    this.#kinematics = kinematics;
    this.#ik = new DifferentialIk(kinematics);
    this.#order = Int32Array.from(kinematics.jointNames, (name) => names.indexOf(name));
    this.#chain = new Float64Array(names.length);
    this.#command = { position: new Float64Array(names.length), gripperWidth: 0 };
  }

  begin(now: number): void {
    this.#active = true;
    this.#numbers[START_INDEX] = now;
    this.#numbers[DISTANCE_INDEX] = 0;
    this.#pushed = false;
    this.#command.gripperWidth = this.#filter.gripperWidth;
  }

  end(): void {
    this.#active = false;
  }

  /** True until the time of the retreat is over: the cause of the contact may pause and push again. */
  get active(): boolean {
    return this.#active;
  }

  /** Runs one tick of the filter; false, without using the filter, if there is no contact or the retreat is over. */
  step(now: number): boolean {
    if (!this.#active) return false;
    const { distance, speed, time, release } = this.#config;
    const { force, magnitude } = this.#monitor;
    if (now - this.#numbers[START_INDEX] > time + TIME_TOLERANCE_S) this.#active = false;
    const pushed = this.#active && magnitude >= release && this.#numbers[DISTANCE_INDEX] < distance;
    // Between two pushes the arm brakes on its own path.
    if (pushed && !this.#pushed) this.#startFromOutput();
    this.#pushed = pushed;
    if (!pushed) return false;
    const step = speed * this.#period;
    for (let i = 0; i < 3; i++) this.#motion[i] = (force[i] / magnitude) * step;
    this.#keepAboveFloor();
    this.#numbers[DISTANCE_INDEX] += step;
    this.#ik.move(this.#motion, this.#period);
    const { position } = this.#command;
    for (let i = 0; i < this.#order.length; i++) position[this.#order[i]] = this.#ik.joints[i];
    this.#filter.filter(this.#command as ArmCommand, now, now);
    return true;
  }

  #keepAboveFloor(): void {
    const { floor } = this.#config;
    if (floor === null || this.#motion[UP_AXIS] >= 0) return;
    this.#kinematics.forward(this.#ik.joints, this.#pose);
    if (this.#pose[UP_AXIS] + this.#motion[UP_AXIS] < floor) this.#motion[UP_AXIS] = 0;
  }

  #startFromOutput(): void {
    for (let i = 0; i < this.#order.length; i++) this.#chain[i] = this.#filter.position[this.#order[i]];
    this.#ik.reset(this.#chain);
  }
}
