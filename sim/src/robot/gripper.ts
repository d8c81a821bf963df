import { InputError } from '@praxis/core';
import type { GripperDefinition, KinematicTree, RobotModel } from '@praxis/model';

/** Intervals of the table from opening to width. */
const TABLE_INTERVALS = 64;

/** Joints and width of a gripper. */
export interface Gripper {
  /** Joints that a command sets. */
  readonly joints: readonly string[];
  /** Least and greatest width (m). */
  readonly range: readonly [number, number];
  /**
   * Names of the gripper in the stream `joints`, whose positions add up to the width (m): the finger joints of a parallel gripper
   * whose positions do so, else the one name `gripper`, or `NAME.gripper` beside other arms.
   */
  readonly streamNames: readonly string[];
  /** Writes the positions (rad, m) of {@link joints} at a width (m). A width beyond the range continues the map. */
  positionsAt(width: number, out: Float64Array): void;
  /** Returns the width (m) at positions (rad, m) of {@link joints}. */
  widthOf(positions: Float64Array): number;
  /** Returns the rate of the width (m/s) at positions (rad, m) with velocities (rad/s, m/s). */
  speedOf(positions: Float64Array, velocities: Float64Array): number;
}

/**
 * Makes the map between the joints of a gripper and its width. All joints move in step. The width is linear in them, or measured
 * between the two links `fingertips` of the definition, for fingers that turn.
 * @param name name of the arm, for messages
 * @param streamName name of the width in the stream `joints`, where the joints do not add up to it
 * @throws {InputError} when a joint has no value open or closed, or the width does not grow from closed to open
 */
export function makeGripper(
  name: string,
  definition: GripperDefinition,
  tree: KinematicTree,
  streamName = 'gripper',
): Gripper {
  const { joints, width: range } = definition;
  const positionIn = (values: Readonly<Record<string, number>>, joint: string, state: string): number => {
    if (Object.hasOwn(values, joint)) return values[joint];
    throw new InputError(`gripper of ${name}: joint "${joint}" has no value in "${state}"`);
  };
  const closed = Float64Array.from(joints, (joint) => positionIn(definition.closed, joint, 'closed'));
  const open = Float64Array.from(joints, (joint) => positionIn(definition.open, joint, 'open'));
  for (const [i, joint] of joints.entries()) {
    if (open[i] === closed[i])
      throw new InputError(`gripper of ${name}: joint "${joint}" is at ${open[i]} both open and closed`);
  }
  if (!(range[1] > range[0]))
    throw new InputError(`gripper of ${name}: width ${range.join(' .. ')}, expected the closed one first`);
  const streamNames = isWidth(definition, tree.model) ? joints : [streamName];
  const opening = openingTable(name, definition, tree);
  const slopes = open.map((value, i) => (value - closed[i]) / (range[1] - range[0]));
  const count = joints.length;
  if (!opening) {
    return {
      ...{ joints, range, streamNames },
      positionsAt(width, out) {
        for (let i = 0; i < count; i++) out[i] = closed[i] + slopes[i] * (width - range[0]);
      },
      widthOf(positions) {
        let sum = 0;
        for (let i = 0; i < count; i++) sum += (positions[i] - closed[i]) / slopes[i];
        return range[0] + sum / count;
      },
      speedOf(_, velocities) {
        let sum = 0;
        for (let i = 0; i < count; i++) sum += velocities[i] / slopes[i];
        return sum / count;
      },
    };
  }
  const shareOf = (positions: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += (positions[i] - closed[i]) / (open[i] - closed[i]);
    return sum / count;
  };
  return {
    ...{ joints, range, streamNames },
    positionsAt(width, out) {
      const share = opening.shareAt(width);
      for (let i = 0; i < count; i++) out[i] = closed[i] + (open[i] - closed[i]) * share;
    },
    widthOf: (positions) => opening.widthAt(shareOf(positions)),
    speedOf(positions, velocities) {
      let rate = 0;
      for (let i = 0; i < count; i++) rate += velocities[i] / (open[i] - closed[i]);
      return (opening.slopeAt(shareOf(positions)) * rate) / count;
    },
  };
}

/** Positions (rad, m) of the joints of a gripper at a width (m), by name. */
export function jointsAt(gripper: Gripper, width: number): Readonly<Record<string, number>> {
  const positions = new Float64Array(gripper.joints.length);
  gripper.positionsAt(width, positions);
  return Object.fromEntries(gripper.joints.map((joint, i) => [joint, positions[i]]));
}

/** True for prismatic fingers whose positions add up to the width. */
function isWidth({ joints, open, closed, width }: GripperDefinition, model: RobotModel): boolean {
  const prismatic = joints.every((joint) => model.joints.some((j) => j.name === joint && j.type === 'prismatic'));
  const sum = (values: Readonly<Record<string, number>>) => joints.reduce((total, joint) => total + values[joint], 0);
  return prismatic && sum(closed) === width[0] && sum(open) === width[1];
}

/** Width as a function of the share of the way from closed (0) to open (1), continued linearly beyond both ends. */
class OpeningTable {
  readonly #widths: Float64Array;

  /** @param widths widths (m) at equidistant shares, strictly increasing */
  constructor(widths: Float64Array) {
    this.#widths = widths;
  }

  widthAt(share: number): number {
    const i = this.#interval(share);
    return this.#widths[i] + (share * this.#count - i) * (this.#widths[i + 1] - this.#widths[i]);
  }

  slopeAt(share: number): number {
    const i = this.#interval(share);
    return (this.#widths[i + 1] - this.#widths[i]) * this.#count;
  }

  shareAt(width: number): number {
    let i = 0;
    while (i < this.#count - 1 && width > this.#widths[i + 1]) i++;
    return (i + (width - this.#widths[i]) / (this.#widths[i + 1] - this.#widths[i])) / this.#count;
  }

  get #count(): number {
    return this.#widths.length - 1;
  }

  #interval(share: number): number {
    return Math.min(Math.max(Math.floor(share * this.#count), 0), this.#count - 1);
  }
}

/** Measures the distance of the fingertips over the way from closed to open; undefined without fingertips. */
function openingTable(
  name: string,
  { joints, open, closed, width: range, fingertips }: GripperDefinition,
  tree: KinematicTree,
): OpeningTable | undefined {
  if (!fingertips) return undefined;
  const distanceAt = (share: number): number => {
    const values = Object.fromEntries(
      joints.map((joint) => [joint, closed[joint] + (open[joint] - closed[joint]) * share]),
    );
    const [a, b] = fingertips.map((link) => tree.pose(link, values));
    return Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2);
  };
  const [least, greatest] = [distanceAt(0), distanceAt(1)];
  const widths = new Float64Array(TABLE_INTERVALS + 1);
  for (let k = 0; k <= TABLE_INTERVALS; k++) {
    const share = (distanceAt(k / TABLE_INTERVALS) - least) / (greatest - least);
    widths[k] = range[0] + share * (range[1] - range[0]);
    if (k > 0 && !(widths[k] > widths[k - 1])) {
      throw new InputError(
        `gripper of ${name}: links "${fingertips.join('" and "')}" do not part steadily from closed to open, expected the tips of the fingers`,
      );
    }
  }
  return new OpeningTable(widths);
}
