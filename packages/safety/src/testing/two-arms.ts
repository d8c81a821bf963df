import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainKinematics, KinematicTree, parseUrdf } from '@praxis/model';
import type { DistanceConfig, FilterConfig } from '../config/filter-config.ts';
import { CommandFilter } from '../filter/command-filter.ts';
import { CapsuleSet, SEGMENT_SIZE } from '../filter/geometry/capsule-set.ts';
import { linkCapsules } from '../filter/geometry/fit-capsule.ts';
import { nearestOfSegments } from '../filter/geometry/segments.ts';
import { ALL_STAGES } from './all-stages.ts';
import { PERIOD } from './arm.ts';

/** Distance that the filters keep between the arms (m). */
export const MARGIN_M = 0.02;

const SIDES = ['left', 'right'] as const;
/** One of the two arms. */
export type Side = (typeof SIDES)[number];

const model = parseUrdf(readFileSync(join(import.meta.dirname, '../../../../robots/two_arms/two_arms.urdf'), 'utf8'));
const tree = new KinematicTree(model);
const chainOf = (side: Side) => chainKinematics(model, `${side}_base`, `${side}_tool`);
const LINKS = new Map(model.links.map((link) => [link.name, linkCapsules(link)]));

/** Limits, stops and distances of one arm; the commands may be anything. */
function configOf(side: Side): FilterConfig {
  const { workspace: _, contact: __, singularity: ___, jump: ____, ...stages } = ALL_STAGES;
  const distance: DistanceConfig = {
    margin: MARGIN_M,
    ignoreLinks: model.links.flatMap(({ name }) => (name.startsWith(side) ? [] : [name])),
  };
  return { ...stages, distance };
}

/** The filters of two arms on one table, which run one after the other. */
export class TwoArms {
  readonly left: CommandFilter;
  readonly right: CommandFilter;
  readonly #set = new CapsuleSet();
  readonly #sides: readonly Side[];
  readonly #coordinates = tree.coordinates.from({});
  readonly #poses = new Float64Array(7 * tree.links.length);
  readonly #slots = SIDES.map((side) => chainOf(side).jointNames.map((name) => tree.coordinates.slot(name).offset));
  #now = 0;

  /** @param arms `apart`: the filters know each other */
  constructor(arms: 'apart' | 'alone') {
    const filterOf = (side: Side) => {
      const kinematics = chainOf(side);
      const names = kinematics.jointNames;
      return new CommandFilter({ names, model, kinematics, config: configOf(side), period: PERIOD });
    };
    this.left = filterOf('left');
    this.right = filterOf('right');
    if (arms === 'apart') {
      this.left.keepClearOf([this.right]);
      this.right.keepClearOf([this.left]);
    }
    for (const name of tree.links) {
      if (name.includes('finger')) this.#coordinates[this.#fingerSlot(name)] = 0.04;
    }
    this.#sides = [...LINKS].flatMap(([name, capsules]) =>
      SIDES.filter((side) => name.startsWith(side)).flatMap((side) =>
        capsules.map((capsule) => {
          this.#set.add(tree.linkIndex(name), capsule, name);
          return side;
        }),
      ),
    );
  }

  /** Puts both arms at rest (rad). */
  reset(left: readonly number[], right: readonly number[]): void {
    this.left.reset(Float64Array.from(left), 0.04, this.#now);
    this.right.reset(Float64Array.from(right), 0.04, this.#now);
  }

  /** Runs one period of both filters, the left one first. `brake` stops both in that mode instead. */
  step(commands: Readonly<Record<Side, Float64Array>> | 'hold' | 'protective' | 'emergency'): void {
    this.#now += PERIOD;
    for (const side of SIDES) {
      if (typeof commands === 'string') this[side].brake(this.#now, commands);
      else this[side].filter({ position: commands[side], gripperWidth: 0.04 }, this.#now, this.#now);
    }
  }

  /** Place of an arm's tool in the present output, frame of the table (m). */
  tool(side: Side): readonly number[] {
    this.#place();
    return [...this.#poses.subarray(7 * tree.linkIndex(`${side}_tool`)).subarray(0, 3)];
  }

  /** Least distance between the surfaces of the arms' capsules in the present outputs (m). */
  distance(): number {
    this.#place();
    this.#set.place(this.#poses);
    const points = new Float64Array(SEGMENT_SIZE);
    const { ends, radius } = this.#set;
    let least = Number.POSITIVE_INFINITY;
    for (const [a, first] of this.#sides.entries()) {
      for (const [b, second] of this.#sides.entries()) {
        if (first !== 'left' || second !== 'right') continue;
        const apart = nearestOfSegments(ends, SEGMENT_SIZE * a, ends, SEGMENT_SIZE * b, points);
        least = Math.min(least, apart - radius[a] - radius[b]);
      }
    }
    return least;
  }

  #place(): void {
    for (const [k, side] of SIDES.entries()) {
      this.#slots[k].forEach((slot, i) => {
        this.#coordinates[slot] = this[side].position[i];
      });
    }
    tree.coordinates.applyMimics(this.#coordinates);
    tree.forward(this.#coordinates, this.#poses);
  }

  #fingerSlot(link: string): number {
    return tree.coordinates.slot(model.joints.find(({ child }) => child === link)!.name).offset;
  }
}
