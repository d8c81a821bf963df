import type { Random } from '@praxis/core';
import { KinematicTree } from '@praxis/model';
import { DEFAULT_FILTER } from '../config/defaults.ts';
import type { Box, DistanceConfig, FilterConfig, Plane, WorkspaceConfig } from '../config/filter-config.ts';
import { CommandFilter } from '../filter/command-filter.ts';
import { distanceBarriers, workspaceBarriers } from '../filter/geometry/build-barriers.ts';
import { Clearance } from '../filter/geometry/clearance.ts';
import { LinkMotion } from '../filter/geometry/link-motion.ts';
import { ARMS, PERIOD } from './arm.ts';
import { ViolationCounter } from './violations.ts';

export type ArmName = keyof typeof ARMS;

/** The default filter, with accelerations that suit both arms. */
export const OPEN: FilterConfig = { ...DEFAULT_FILTER, limits: { acceleration: 30, jerk: 20_000 } };
/** Sends commands to a filter and follows what a supervisor and an auditor would see. */
export class WallTrial {
  readonly filter: CommandFilter;
  readonly home: Float64Array;
  /** Most rejections in a row, and why the first of them was rejected. */
  longestRejection = 0;
  rejection = '';
  /** Smallest distance at a barrier so far, and now (m). */
  nearest = Number.POSITIVE_INFINITY;
  distance = Number.POSITIVE_INFINITY;
  /** Fastest joint since this was cleared, as a share of its limit. */
  fastest = 0;
  readonly #counter: ViolationCounter;
  readonly #clearance: Clearance;
  #now = 0;
  #rejections = 0;
  #first = '';

  constructor(arm: ArmName, config: FilterConfig) {
    const { model, kinematics, names, home } = ARMS[arm];
    this.home = home;
    this.filter = new CommandFilter({ names, model, kinematics, config, period: PERIOD });
    this.filter.reset(home, 0.04, 0);
    this.#counter = new ViolationCounter(this.filter.limits, PERIOD);
    this.#counter.reset(home);
    const motion = new LinkMotion(new KinematicTree(model), names);
    this.#clearance = new Clearance(motion, (set) => [
      ...(config.workspace ? workspaceBarriers(config.workspace, motion, set) : []),
      ...(config.distance ? distanceBarriers(config.distance, motion, set) : []),
    ]);
  }

  get violations(): number {
    return this.#counter.total;
  }

  send(position: Float64Array) {
    this.#now += PERIOD;
    const { position: output, velocity, limits } = this.filter;
    const result = this.filter.filter({ position, gripperWidth: 0.04 }, this.#now, this.#now);
    this.#rejections = result.verdict === 'reject' ? this.#rejections + 1 : 0;
    if (this.#rejections === 1) this.#first = result.message();
    if (this.#rejections > this.longestRejection) {
      this.longestRejection = this.#rejections;
      this.rejection = this.#first;
    }
    this.#counter.observe(output);
    this.#clearance.advance(output);
    this.distance = Math.min(...this.#clearance.barriers.map((_, k) => this.#clearance.measure(k)));
    this.nearest = Math.min(this.nearest, this.distance);
    velocity.forEach((v, i) => {
      this.fastest = Math.max(this.fastest, Math.abs(v) / limits.velocity[i]);
    });
    return result;
  }

  /** Moves the command in a straight line from rest to rest, with no joint faster than `speed` (rad/s). */
  sweep(from: Float64Array, to: Float64Array, speed: number): void {
    const longest = Math.max(...to.map((q, i) => Math.abs(q - from[i])));
    const periods = Math.ceil((1.5 * longest) / (speed * PERIOD));
    for (let k = 1; k <= periods; k++) {
      const share = (k / periods) ** 2 * (3 - (2 * k) / periods);
      this.send(k === periods ? to : from.map((q, i) => q + (to[i] - q) * share));
    }
  }

  /** Repeats a command for a time (s). */
  wait(at: Float64Array, seconds: number): void {
    for (let k = 0; k < seconds / PERIOD; k++) this.send(at);
  }
}

export const WORKSPACE: Record<ArmName, WorkspaceConfig> = {
  praxis_arm: { points: [{ link: 'tool0' }], planes: [{ name: 'wall', normal: [0, -1, 0], offset: -0.2 }] },
  arm5: { points: [{ link: 'tool0' }], planes: [{ name: 'wall', normal: [0, -1, 0], offset: -0.08 }] },
};
export const DISTANCE: Record<ArmName, DistanceConfig> = {
  praxis_arm: {
    margin: 0.02,
    ignoreLinks: ['left_finger', 'right_finger'],
    obstacles: { boxes: [{ name: 'cupboard', minimum: [-1, 0.35, 0], maximum: [1, 0.8, 1] }] },
  },
  arm5: {
    margin: 0.01,
    obstacles: { boxes: [{ name: 'cupboard', minimum: [-0.6, 0.16, 0], maximum: [0.6, 0.5, 0.6] }] },
  },
};

/** A plane and a range of a joint near the tool at home, and a box if `obstacle` says so; the arm touches none of them there. */
export function randomWalls(arm: ArmName, random: Random, obstacle: 'box' | 'none'): FilterConfig {
  const { kinematics, names, home } = ARMS[arm];
  const tool = new Float64Array(7);
  kinematics.forward(home, tool);
  const direction = [0, 1, 2].map(() => random.normal(0, 1));
  const length = Math.hypot(...direction);
  const normal = direction.map((each) => each / length) as unknown as Plane['normal'];
  const height = normal.reduce((sum, each, i) => sum + each * tool[i], 0);
  const joint = random.integer(names.length);
  return {
    ...OPEN,
    // A command that is too fast for the tool is another matter.
    cartesian: undefined,
    limits: {
      ...OPEN.limits,
      position: { [names[joint]]: [home[joint] - random.uniform(0.1, 0.6), home[joint] + random.uniform(0.1, 0.6)] },
    },
    workspace: {
      points: [{ link: 'tool0' }],
      planes: [{ name: 'wall', normal, offset: height - random.uniform(0.03, 0.2) }],
      ...(obstacle === 'box' ? { outside: [boxBeside(tool, random)] } : {}),
    },
    ...(random.integer(2) ? { distance: DISTANCE[arm] } : {}),
  };
}

/** A box to the left or right of a point. */
function boxBeside([x, y, z]: Float64Array, random: Random): Box {
  const sides = [y + random.uniform(0.05, 0.3), y + random.uniform(0.31, 0.6)];
  const [near, far] = random.integer(2) ? sides : [2 * y - sides[1], 2 * y - sides[0]];
  const half = () => random.uniform(0.05, 0.3);
  return { name: 'box', minimum: [x - half(), near, z - half()], maximum: [x + half(), far, z + half()] };
}
