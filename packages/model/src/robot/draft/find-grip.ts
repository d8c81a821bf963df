import { poseInFrame, quaternion, vector3 } from '@praxis/core';
import { originAt } from '../../description/origin.ts';
import type { Joint } from '../../description/robot-model.ts';
import type { KinematicTree } from '../../kinematics/tree.ts';
import type { ConvexPoints } from '../analysis/link-shapes.ts';
import { LinkTree } from '../analysis/rigid-groups.ts';
import type { FrameDefinition, GripperDefinition } from '../definition.ts';
import type { FoundArm } from './find-arms.ts';
import { FingerSurface, type GripAxes, type Positions } from './finger-surfaces.ts';

type Vector = vector3.Vector3;
const { cross, dot, minus, unit } = vector3;

/** Distance of the tool frame from the ends of the fingers (m): low things are gripped by the last centimetre. */
const DEPTH_M = 0.005;
/** Opening in whose middle the tool frame lies (m): a thing of 3 cm has room on either side of it. */
const OPENING_M = 0.032;
/** Steps in which the stroke is searched. */
const STEPS = 100;
/** Steps in which a jaw's nearest posture to the fixed finger is searched. */
const COARSE_STEPS = 20;
/** Where the ends of the fingers are cut (m inside them). */
const END_M = 5e-4;
/** Fingers closer than this touch (m). */
const TOUCH_M = 2e-4;
/** Cosine of the greatest angle between the fingers and an axis of the robot that they are taken to lie along: 30 degrees. */
const ALONG = 0.87;
/** Cosine of the greatest angle of a named tool frame that is kept: 15 degrees. */
const AIMED = 0.966;
/** A named tool frame is kept when it is no farther from the middle between the fingers (m). */
const OFF_MIDDLE_M = 0.005;
/** How far a named tool frame that is kept may lie inside and beyond the ends of the fingers (m). */
const INSIDE_M = 0.04;
const BEYOND_M = 0.005;

/** Where a gripper grips, by the shapes of its two fingers. */
export interface Grip {
  /** Frame between the fingers. */
  readonly frame: FrameDefinition;
  /** Points of both fingers that meet when it closes. */
  readonly tips: readonly [FrameDefinition, FrameDefinition];
  /** True when the tool frame of the description lies between the fingers and points out of the gripper. */
  readonly isToolFit: boolean;
  /** Positions at which the fingers touch, or the nearest ones that the limits allow. */
  readonly closed: Positions;
  /** Distance of the tips closed and open (m). */
  readonly width: GripperDefinition['width'];
}

/** Positions on the way from closed (0) to open (1). */
const between = (closed: Positions, open: Positions, share: number): Positions =>
  Object.fromEntries(Object.keys(open).map((name) => [name, closed[name] + share * (open[name] - closed[name])]));

const rounded = (value: number, digits = 4): number => Number(value.toFixed(digits)) + 0;
const scaled = (v: Vector, factor: number): Vector => [v[0] * factor, v[1] * factor, v[2] * factor];
const plus = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
const xyzOf = (pose: ArrayLike<number>): Vector => [pose[0], pose[1], pose[2]];
const length = (v: Vector): number => Math.sqrt(dot(v, v));

/** Finds where two fingers meet. */
class GripFinder {
  readonly #arm: FoundArm;
  readonly #tree: KinematicTree;
  readonly #carrier: string;
  readonly #fingers: readonly [FingerSurface, FingerSurface];
  readonly #tipLinks: readonly [string, string];
  readonly #closed: Positions;
  readonly #open: Positions;
  /** The one finger that moves; undefined when both do. */
  readonly #jaw: Joint | undefined;

  constructor(
    arm: FoundArm,
    tree: KinematicTree,
    ends: readonly string[],
    pieces: (link: string) => readonly ConvexPoints[],
    range: { readonly closed: Positions; readonly open: Positions },
  ) {
    const links = new LinkTree(tree.model);
    const base = arm.gripper.find(({ parent }) => !arm.gripper.some(({ child }) => links.isBelow(parent, child)));
    this.#arm = arm;
    this.#tree = tree;
    this.#carrier = base?.parent ?? arm.tool;
    this.#jaw = ends.length === 1 ? base : undefined;
    const surface = (link: string) => new FingerSurface(tree, this.#carrier, links.groupOf(link), pieces);
    this.#tipLinks = ends.length === 1 ? [this.#carrier, ends[0]] : [ends[0], ends[1]];
    this.#fingers = [surface(this.#tipLinks[0]), surface(this.#tipLinks[1])];
    this.#closed = range.closed;
    this.#open = range.open;
  }

  find(): Grip | undefined {
    if (this.#fingers.some(({ isEmpty }) => isEmpty)) return undefined;
    const near = this.#nearShare();
    const axes = this.#axes(near);
    if (!axes) return undefined;
    let level = this.#end(axes, near) - DEPTH_M;
    let share = this.#shareOf(axes, level);
    // Fingers that turn reach less or farther out when they are open.
    if (share !== undefined) level = this.#end(axes, share) - DEPTH_M;
    share = this.#shareOf(axes, level);
    if (share === undefined) return undefined;
    const inside = this.#surfacesAt(axes, level, share);
    const touching = this.#touchShare(axes, level, share);
    // There the fingertips meet, so that the width is right where it matters most.
    const contact = this.#surfacesAt(axes, Math.min(level, this.#end(axes, touching) - DEPTH_M), touching);
    if (!inside || !contact) return undefined;
    const tips = contact.surfaces.map((point, i) => this.#frameAt(this.#tipLinks[i], point, touching));
    const { middle } = inside;
    const frame = { link: this.#carrier, xyz: roundedVector(middle), rpy: rpyOf(axes) };
    return {
      frame,
      tips: [tips[0], tips[1]],
      isToolFit: this.#isToolFit(axes, middle),
      closed: touching === 0 ? this.#closed : roundedPositions(this.#at(touching)),
      width: [this.#distance(tips, touching), this.#distance(tips, 1)],
    };
  }

  /** Points of both surfaces at a level, and the middle between them (m); undefined where one of the fingers is not. */
  #surfacesAt(
    axes: GripAxes,
    level: number,
    share: number,
  ): { surfaces: readonly Vector[]; middle: Vector } | undefined {
    const [first, second] = this.#fingers.map((finger) => finger.slice(axes, level, this.#at(share)));
    if (!first || !second) return undefined;
    const across = scaled(axes.across, (first.middle + second.middle) / 2);
    const point = (closing: number): Vector =>
      plus(plus(across, scaled(axes.closing, closing)), scaled(axes.approach, level));
    const surfaces = [point(first.high), point(second.low)];
    return { surfaces, middle: point((first.high + second.low) / 2) };
  }

  #at(share: number): Positions {
    return between(this.#closed, this.#open, share);
  }

  /** Pose of a link in the frame of the carrier. */
  #pose(link: string, joints: Positions): Float64Array {
    return poseInFrame(this.#tree.pose(this.#carrier, joints), this.#tree.pose(link, joints));
  }

  /** Share at which a single jaw is nearest to the fixed finger, which it may have passed when it is closed; 0 for two fingers. */
  #nearShare(): number {
    if (!this.#jaw) return 0;
    let [best, least] = [0, Infinity];
    for (let k = 0; k <= COARSE_STEPS; k++) {
      const joints = this.#at(k / COARSE_STEPS);
      const off = this.#fingers[0].distanceTo(this.#fingers[1].farthestFrom(this.#pivot(joints), joints), joints);
      if (off < least) [best, least] = [k / COARSE_STEPS, off];
    }
    return best;
  }

  /** Place of the single jaw's joint (m). */
  #pivot(joints: Positions): Vector {
    return this.#jaw ? xyzOf(this.#pose(this.#jaw.child, joints)) : [0, 0, 0];
  }

  #axes(near: number): GripAxes | undefined {
    const [fixed, moving] = this.#fingers;
    let [closing, approach]: [Vector, Vector] = [
      [0, 0, 0],
      [0, 0, 0],
    ];
    if (this.#jaw) {
      const tip = (share: number) => moving.farthestFrom(this.#pivot(this.#at(share)), this.#at(share));
      closing = minus(tip(near + 1 / COARSE_STEPS), tip(near));
      approach = minus(tip(near), this.#pivot(this.#at(near)));
    } else {
      closing = minus(moving.centre(this.#at(1)), fixed.centre(this.#at(1)));
      approach = scaled(plus(moving.centre(this.#at(0)), fixed.centre(this.#at(0))), 0.5);
    }
    approach = this.#alongRobot(unit(minus(approach, scaled(unit(closing), dot(approach, unit(closing))))));
    closing = minus(closing, scaled(approach, dot(closing, approach)));
    if (length(closing) < 1e-4 || length(approach) === 0) return undefined;
    closing = unit(closing);
    return { across: cross(closing, approach), closing, approach };
  }

  /** The axis of the wrist, the tool frame or the carrier that a direction nearly is; else the direction itself. */
  #alongRobot(direction: Vector): Vector {
    const joint = this.#arm.joints.at(-1);
    const home = this.#at(0);
    const axisOf = (link: string, axis: Vector): Vector => {
      const out = [0, 0, 0];
      quaternion.rotate(this.#pose(link, home), axis, out, 3);
      return [out[0], out[1], out[2]];
    };
    const all: readonly Vector[] = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ];
    const candidates = [
      ...(joint && joint.type !== 'prismatic' ? [axisOf(joint.child, joint.axis)] : []),
      ...[this.#arm.tool, this.#carrier].flatMap((link) => all.map((axis) => axisOf(link, axis))),
    ].flatMap((axis) => [axis, scaled(axis, -1)]);
    return candidates.find((axis) => dot(axis, direction) > ALONG) ?? direction;
  }

  /** How far the shorter finger reaches (m along the approach). */
  #end({ approach }: GripAxes, share: number): number {
    return Math.min(...this.#fingers.map((finger) => finger.extent(approach, this.#at(share))));
  }

  /** Free space between the fingers at a level (m); undefined where one of them is not. */
  #gap(axes: GripAxes, level: number, share: number): number | undefined {
    const [first, second] = this.#fingers.map((finger) => finger.slice(axes, level, this.#at(share)));
    return first && second && second.low - first.high;
  }

  /** Least share of the stroke at which the opening is large enough for the tool frame. */
  #shareOf(axes: GripAxes, level: number): number | undefined {
    let widest: number | undefined;
    for (let k = 0; k <= STEPS; k++) {
      const gap = this.#gap(axes, level, k / STEPS);
      if (gap === undefined) continue;
      if (gap >= OPENING_M) return k / STEPS;
      if (gap > (widest === undefined ? 0 : (this.#gap(axes, level, widest) ?? 0))) widest = k / STEPS;
    }
    return widest;
  }

  /** Share at which the fingers touch while they close from a share, at the level or at their ends; 0 when they never do. */
  #touchShare(axes: GripAxes, level: number, from: number): number {
    const touches = (share: number) => {
      const end = this.#end(axes, share);
      const levels = [Math.min(level, end - DEPTH_M), end - END_M];
      return levels.some((each) => (this.#gap(axes, each, share) ?? Infinity) < TOUCH_M);
    };
    let free = from;
    for (let k = Math.floor(from * STEPS); k >= 0; k--) {
      if (!touches(k / STEPS)) {
        free = k / STEPS;
        continue;
      }
      let held = k / STEPS;
      for (let step = 0; step < 12; step++) {
        const half = (held + free) / 2;
        if (touches(half)) held = half;
        else free = half;
      }
      return free;
    }
    return 0;
  }

  #frameAt(link: string, point: Vector, share: number): FrameDefinition {
    const out = [0, 0, 0];
    const pose = this.#pose(link, this.#at(share));
    quaternion.rotateInverse(pose, minus(point, xyzOf(pose)), out, 3);
    return { link, xyz: roundedVector([out[0], out[1], out[2]]), rpy: [0, 0, 0] };
  }

  #distance(tips: readonly FrameDefinition[], share: number): number {
    const [a, b] = tips.map(({ link, xyz }) => {
      const pose = this.#pose(link, this.#at(share));
      const out = [0, 0, 0];
      quaternion.rotate(pose, xyz, out, 3);
      return plus(xyzOf(pose), [out[0], out[1], out[2]]);
    });
    return rounded(length(minus(a, b)));
  }

  #isToolFit({ across, closing, approach }: GripAxes, middle: Vector): boolean {
    const pose = this.#pose(this.#arm.tool, this.#at(0));
    const axis = [0, 0, 0];
    quaternion.rotate(pose, [0, 0, 1], axis, 3);
    const off = minus(xyzOf(pose), middle);
    const depth = DEPTH_M - dot(off, approach);
    return (
      dot([axis[0], axis[1], axis[2]], approach) > AIMED &&
      Math.abs(dot(off, closing)) < OFF_MIDDLE_M &&
      Math.abs(dot(off, across)) < OFF_MIDDLE_M &&
      depth < INSIDE_M &&
      depth > -BEYOND_M
    );
  }
}

const roundedPositions = (positions: Positions): Positions =>
  Object.fromEntries(Object.entries(positions).map(([name, value]) => [name, rounded(value)]));
const roundedVector = (v: Vector): [number, number, number] => [rounded(v[0]), rounded(v[1]), rounded(v[2])];

/** Roll, pitch and yaw of a frame with the axes of a grip (rad). */
function rpyOf({ across, closing, approach }: GripAxes): [number, number, number] {
  const pose = new Float64Array(7);
  // The rows of the matrix hold one coordinate of each axis.
  quaternion.fromMatrix(
    [0, 1, 2].flatMap((row) => [across[row], closing[row], approach[row]]),
    pose,
    0,
    3,
  );
  const { rpy } = originAt(pose);
  return [rounded(rpy[0], 6), rounded(rpy[1], 6), rounded(rpy[2], 6)];
}

/**
 * Finds where the two fingers of a gripper, or one that moves and one that does not, meet, by their shapes: the frame in the middle of
 * an opening of 3.2 cm, 5 mm inside their ends.
 * @param ends links at the ends of the moving fingers
 * @param range positions of the driven joints
 * @returns undefined for more than two fingers, and without shapes
 */
export function findGrip(
  arm: FoundArm,
  tree: KinematicTree,
  ends: readonly string[],
  pieces: (link: string) => readonly ConvexPoints[],
  range: { readonly closed: Positions; readonly open: Positions },
): Grip | undefined {
  if (ends.length > 2) return undefined;
  return new GripFinder(arm, tree, ends, pieces, range).find();
}
