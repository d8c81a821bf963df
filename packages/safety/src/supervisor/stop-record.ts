import type { Kinematics } from '@praxis/core';
import type { StopMode } from '../config/filter-config.ts';
import type { CommandFilter } from '../filter/command-filter.ts';
import type { SafetyData } from './states/state-machine.ts';

const START_INDEX = 0;
const TIME_INDEX = 1;
const JOINT_TRAVEL_INDEX = 2;
const TOOL_TRAVEL_INDEX = 3;
const DISTANCE_INDEX = 4;

/** The estimate of a stop when it began, and the time and distance that it took. */
export class StopRecord {
  readonly #filter: CommandFilter;
  readonly #kinematics: Kinematics;
  readonly #order: Int32Array;
  readonly #chain: Float64Array;
  readonly #start: Float64Array;
  readonly #pose = new Float64Array(7);
  readonly #last = new Float64Array(3);
  readonly #numbers = new Float64Array(5);
  /** True from {@link begin} to the standstill. */
  open = false;

  constructor(filter: CommandFilter, kinematics: Kinematics, names: readonly string[]) {
    this.#filter = filter;
    this.#kinematics = kinematics;
    this.#order = Int32Array.from(kinematics.jointNames, (name) => names.indexOf(name));
    this.#chain = new Float64Array(names.length);
    this.#start = new Float64Array(names.length);
  }

  begin(mode: StopMode, now: number): void {
    const { time, jointDistance, toolDistance } = this.#filter.stoppingEstimate(mode);
    this.#numbers[START_INDEX] = now;
    this.#numbers[TIME_INDEX] = time;
    this.#numbers[JOINT_TRAVEL_INDEX] = jointDistance;
    this.#numbers[TOOL_TRAVEL_INDEX] = toolDistance;
    this.#numbers[DISTANCE_INDEX] = 0;
    this.#start.set(this.#filter.position);
    this.#placeTool();
    this.open = true;
  }

  /** The estimate of the stop, for its event. */
  estimate(): SafetyData {
    return {
      estimated_time_s: this.#numbers[TIME_INDEX],
      estimated_joint_rad: this.#numbers[JOINT_TRAVEL_INDEX],
      estimated_tool_m: this.#numbers[TOOL_TRAVEL_INDEX],
    };
  }

  /** Adds the tool's motion of one tick. */
  accumulate(): void {
    if (!this.open) return;
    const [x, y, z] = this.#last;
    this.#placeTool();
    const dx = this.#last[0] - x;
    const dy = this.#last[1] - y;
    const dz = this.#last[2] - z;
    this.#numbers[DISTANCE_INDEX] += Math.sqrt(dx * dx + dy * dy + dz * dz);
  }

  /** Closes the record at the standstill. @returns the time and distances taken, with the estimate */
  end(now: number): SafetyData {
    this.open = false;
    let joint = 0;
    for (let i = 0; i < this.#start.length; i++) {
      joint = Math.max(joint, Math.abs(this.#filter.position[i] - this.#start[i]));
    }
    return {
      time_s: now - this.#numbers[START_INDEX],
      joint_rad: joint,
      tool_m: this.#numbers[DISTANCE_INDEX],
      ...this.estimate(),
    };
  }

  #placeTool(): void {
    for (let i = 0; i < this.#order.length; i++) this.#chain[i] = this.#filter.position[this.#order[i]];
    this.#kinematics.forward(this.#chain, this.#pose);
    for (let i = 0; i < 3; i++) this.#last[i] = this.#pose[i];
  }
}
