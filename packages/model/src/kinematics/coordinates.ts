import { InputError, POSE_SIZE } from '@praxis/core';
import type { FollowerCurve, Joint, RobotModel } from '../description/robot-model.ts';
import { COORDINATE_COUNTS } from './frames.ts';
import { curvePosition, mimicSources } from './mimics.ts';

/**
 * Positions by joint name: rad for revolute and continuous joints, m for prismatic ones, `[x, y, angle]` (m, m, rad)
 * for planar ones, a pose for floating ones.
 */
export type JointValues = Readonly<Record<string, number | ArrayLike<number>>>;

/** Location of a joint's numbers in a coordinate array. */
export interface Slot {
  readonly joint: Joint;
  /** Index of its first number. */
  readonly offset: number;
  /** Number of coordinates: 1, 3 for planar joints, 7 for floating ones. */
  readonly size: number;
}

interface MimicLink {
  readonly name: string;
  readonly offset: number;
  readonly source: number;
  readonly multiplier: number;
  readonly bias: number;
  readonly curve: FollowerCurve | undefined;
}

function applyMimic(follower: MimicLink, coordinates: Float64Array): void {
  const leader = coordinates[follower.source];
  coordinates[follower.offset] = follower.curve
    ? curvePosition(follower.curve, leader)
    : follower.multiplier * leader + follower.bias;
}

/** Layout of an array with the positions of all joints of a robot. */
export class Coordinates {
  /** All moving joints, mimic joints included, in the order of the file. */
  readonly slots: readonly Slot[];
  /** Length of a coordinate array. */
  readonly size: number;
  readonly #slot: ReadonlyMap<string, Slot>;
  readonly #fixed: ReadonlySet<string>;
  readonly #mimics: readonly MimicLink[];

  constructor(model: RobotModel) {
    let size = 0;
    this.slots = model.joints
      .filter((joint) => joint.type !== 'fixed')
      .map((joint) => {
        const slot = { joint, offset: size, size: COORDINATE_COUNTS[joint.type] };
        size += slot.size;
        return slot;
      });
    this.size = size;
    this.#slot = new Map(this.slots.map((slot) => [slot.joint.name, slot]));
    this.#fixed = new Set(model.joints.filter((joint) => joint.type === 'fixed').map((joint) => joint.name));
    this.#mimics = this.#mimicsInOrder();
  }

  /** @throws {InputError} when no moving joint has this name. */
  slot(name: string): Slot {
    const slot = this.#slot.get(name);
    if (slot) return slot;
    if (this.#fixed.has(name)) throw new InputError(`joint "${name}": is fixed and takes no value`);
    const known = this.slots.map((each) => each.joint.name).join(', ');
    throw new InputError(`joint "${name}": unknown; the robot has ${known || 'no joint that moves'}`);
  }

  /** Coordinates with all joints at 0 and mimic joints at their resulting positions. */
  zero(): Float64Array {
    const out = new Float64Array(this.size);
    for (const { offset, size } of this.slots) if (size === POSE_SIZE) out[offset + POSE_SIZE - 1] = 1;
    this.applyMimics(out);
    return out;
  }

  /**
   * Coordinates with the named joints at the given positions and the others at 0. A mimic joint follows its source
   * unless it is named, because it may be measured itself.
   * @throws {InputError} when a joint is unknown or fixed, or a value is not finite or has the wrong size.
   */
  from(values: JointValues): Float64Array {
    const out = this.zero();
    for (const [name, value] of Object.entries(values)) this.#set(name, value, out);
    for (const follower of this.#mimics) if (!Object.hasOwn(values, follower.name)) applyMimic(follower, out);
    return out;
  }

  /** Sets all mimic joints from their sources. Allocates nothing. */
  applyMimics(coordinates: Float64Array): void {
    for (let i = 0; i < this.#mimics.length; i++) applyMimic(this.#mimics[i], coordinates);
  }

  #set(name: string, value: number | ArrayLike<number>, out: Float64Array): void {
    const { joint, offset, size } = this.slot(name);
    const parts = typeof value === 'number' ? [value] : Array.from(value);
    if (parts.length !== size || !parts.every(Number.isFinite)) {
      const expected = size === 1 ? 'a finite number' : `${size} finite numbers`;
      throw new InputError(`joint "${name}": value ${parts.join(' ')}: expected ${expected} (${joint.type})`);
    }
    out.set(parts, offset);
  }

  /** All mimic joints, sources first. */
  #mimicsInOrder(): MimicLink[] {
    const sources = mimicSources(this.slots.map(({ joint }) => joint));
    const depth = (joint: Joint): number => sources.get(joint.name)!.depth;
    return this.slots
      .filter(({ joint }) => joint.mimic)
      .sort((a, b) => depth(a.joint) - depth(b.joint))
      .map(({ joint, offset }) => ({
        name: joint.name,
        offset,
        source: this.slot(joint.mimic!.joint).offset,
        multiplier: joint.mimic!.multiplier,
        bias: joint.mimic!.offset,
        curve: joint.mimic!.curve,
      }));
  }
}
