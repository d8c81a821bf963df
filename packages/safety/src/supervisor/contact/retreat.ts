import { type ArmCommand, DifferentialIk, type Kinematics } from '@praxis/core';
import type { RetreatConfig } from '../../config/force-config.ts';
import type { CommandFilter } from '../../filter/command-filter.ts';
import { TIME_TOLERANCE_S } from '../monitors/monitor.ts';
import type { ForceMonitor } from './force-monitor.ts';

const BEGUN = 0;
const DISTANCE = 1;
const UP = 2;

/**
 * Gives way along the contact force for as long as something pushes, within a distance and a time: the tool's target moves
 * along it, and the joints' targets go through the filter like any command, so that giving way passes no limit either.
 */
export class Retreat {
  readonly #config: RetreatConfig;
  readonly #filter: CommandFilter;
  readonly #monitor: ForceMonitor;
  readonly #period: number;
  readonly #ik: DifferentialIk;
  readonly #kinematics: Kinematics;
  /** Of the tool, where it is told to go. */
  readonly #pose = new Float64Array(7);
  /** Place of each joint of the kinematics among the command's. */
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
    this.#numbers[BEGUN] = now;
    this.#numbers[DISTANCE] = 0;
    this.#pushed = false;
    this.#command.gripperWidth = this.#filter.gripperWidth;
  }

  end(): void {
    this.#active = false;
  }

  /** True until its time is over: what pushes may let go for a moment and come again. */
  get active(): boolean {
    return this.#active;
  }

  /** One tick of the filter; false when nothing pushes, or it has given way for long or far enough, and the filter was left alone. */
  step(now: number): boolean {
    if (!this.#active) return false;
    const { distance, speed, time, release } = this.#config;
    const { force, magnitude } = this.#monitor;
    if (now - this.#numbers[BEGUN] > time + TIME_TOLERANCE_S) this.#active = false;
    const pushed = this.#active && magnitude >= release && this.#numbers[DISTANCE] < distance;
    // Between two pushes the arm brakes on its own path.
    if (pushed && !this.#pushed) this.#startFromOutput();
    this.#pushed = pushed;
    if (!pushed) return false;
    const step = speed * this.#period;
    for (let i = 0; i < 3; i++) this.#motion[i] = (force[i] / magnitude) * step;
    this.#keepAboveFloor();
    this.#numbers[DISTANCE] += step;
    this.#ik.move(this.#motion, this.#period);
    const { position } = this.#command;
    for (let i = 0; i < this.#order.length; i++) position[this.#order[i]] = this.#ik.joints[i];
    this.#filter.filter(this.#command as ArmCommand, now, now);
    return true;
  }

  #keepAboveFloor(): void {
    const { floor } = this.#config;
    if (floor === null || this.#motion[UP] >= 0) return;
    this.#kinematics.forward(this.#ik.joints, this.#pose);
    if (this.#pose[UP] + this.#motion[UP] < floor) this.#motion[UP] = 0;
  }

  #startFromOutput(): void {
    for (let i = 0; i < this.#order.length; i++) this.#chain[i] = this.#filter.position[this.#order[i]];
    this.#ik.reset(this.#chain);
  }
}
