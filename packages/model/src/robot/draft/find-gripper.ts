import { POSE_SIZE, quaternion } from '@praxis/core';
import type { Joint } from '../../description/robot-model.ts';
import type { KinematicTree } from '../../kinematics/tree.ts';
import type { ConvexPoints } from '../analysis/link-shapes.ts';
import { LinkTree } from '../analysis/rigid-groups.ts';
import { sampledRange } from '../analysis/sampling.ts';
import type { FrameDefinition, GripperDefinition } from '../definition.ts';
import type { FoundArm } from './find-arms.ts';
import { findGrip, type Grip } from './find-grip.ts';
import type { Guess } from './guess.ts';

type Point = readonly [number, number, number];

const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** A fingertip: a point in the frame of a link. */
interface Tip {
  readonly link: string;
  readonly point: Point;
}

/**
 * The links at the ends of the gripper's chains: those with the most moving joints above them; of chains that a closed loop connects the
 * one that reaches farthest from the link that carries them.
 */
function tipLinks(
  tree: LinkTree,
  gripper: readonly Joint[],
  reach: (link: string, from: string) => number,
): readonly string[] {
  const path = (link: string) => tree.pathTo(link).filter((joint) => gripper.includes(joint));
  const deepest = Math.max(...gripper.map(({ child }) => path(child).length));
  let ends = gripper.map(({ child }) => child).filter((child) => path(child).length === deepest);
  for (const { links } of (tree.model.equalities ?? []).filter((each) => each.type !== 'joint')) {
    const joined = ends.filter((end) => links.some((link) => tree.carrierOf(link) === tree.carrierOf(end)));
    if (joined.length !== 2) continue;
    const [first, second] = joined.map((end) => reach(end, path(end)[0].parent));
    ends = ends.filter((end) => end !== joined[first > second ? 1 : 0]);
  }
  return ends;
}

/** The middle of a finger that is paired with another, or the point of a single jaw that is farthest from its joint. */
function tipOf(link: string, shapes: ReadonlyMap<string, readonly ConvexPoints[]>, single: boolean): Tip {
  const points = (shapes.get(link) ?? []).flatMap((shape) => [...shape]);
  if (points.length === 0) return { link, point: [0, 0, 0] };
  const count = points.length / 3;
  let tip: Point = [0, 0, 0];
  for (let i = 0; i < points.length; i += 3) {
    const point: Point = [points[i], points[i + 1], points[i + 2]];
    if (!single) tip = [tip[0] + point[0] / count, tip[1] + point[1] / count, tip[2] + point[2] / count];
    else if (distance(point, [0, 0, 0]) > distance(tip, [0, 0, 0])) tip = point;
  }
  return { link, point: tip };
}

/** A gripper as it was found. */
export interface FoundGripper {
  readonly gripper: GripperDefinition;
  /** Frames that `robot.yaml` adds to the description. */
  readonly frames: Readonly<Record<string, FrameDefinition>>;
  /** The added frame that is the arm's tool; undefined when that of the description does. */
  readonly tool: string | undefined;
  readonly guesses: readonly Guess[];
}

/**
 * Guesses which joints of a gripper a command sets and where it is open and closed: open is where the fingertips are farther apart, or
 * the tip of a single jaw is farther from the tool frame. Shapes tell where the fingers meet: there is the tool frame, unless that of the
 * description is there already.
 * @param shapes convex hulls of each link
 * @param pieces convex pieces of a link, which leave the space between its jaws free
 * @returns undefined for an arm without joints behind its tool
 */
export function findGripper(
  arm: FoundArm,
  tree: KinematicTree,
  shapes: ReadonlyMap<string, readonly ConvexPoints[]>,
  pieces: (link: string) => readonly ConvexPoints[],
): FoundGripper | undefined {
  const links = new LinkTree(tree.model);
  const driven = arm.gripper.filter(({ mimic }) => !mimic);
  if (driven.length === 0) return undefined;
  const drawn = tree.coordinates.zero();
  const poses = new Float64Array(tree.links.length * POSE_SIZE);
  tree.forward(drawn, poses);
  const reach = (link: string, from: string): number => {
    const place = (name: string, point: ArrayLike<number>): Point => {
      const pose = tree.linkIndex(name) * POSE_SIZE;
      const out = [0, 0, 0];
      quaternion.rotate(poses, point, out, pose + 3);
      return [out[0] + poses[pose], out[1] + poses[pose + 1], out[2] + poses[pose + 2]];
    };
    const points = links
      .groupOf(link)
      .flatMap((name) =>
        (shapes.get(name) ?? []).flatMap((shape) =>
          Array.from({ length: shape.length / 3 }, (_, i) => place(name, shape.subarray(3 * i, 3 * i + 3))),
        ),
      );
    const origin = place(from, [0, 0, 0]);
    return Math.max(0, ...points.map((point) => distance(point, origin)));
  };
  const ends = tipLinks(links, arm.gripper, reach);
  const tips = ends.map((link) => tipOf(link, shapes, ends.length === 1));
  const at = (joints: Readonly<Record<string, number>>): readonly Point[] => {
    tree.forward(tree.coordinates.from(joints), poses);
    return [...tips, { link: arm.tool, point: [0, 0, 0] as const }].map(({ link, point }) => {
      const pose = tree.linkIndex(link) * POSE_SIZE;
      const out = [0, 0, 0];
      quaternion.rotate(poses, point, out, pose + 3);
      return [out[0] + poses[pose], out[1] + poses[pose + 1], out[2] + poses[pose + 2]];
    });
  };
  /** How far the fingers are apart (m): two tips, or one and the tool frame. */
  const gap = (joints: Readonly<Record<string, number>>): number => {
    const points = at(joints);
    return distance(points[0], points[1]);
  };
  const open: Record<string, number> = {};
  const closed: Record<string, number> = {};
  for (const { name, limit } of driven) {
    const [lower, upper] = sampledRange(limit);
    const wide = gap({ ...open, [name]: upper }) >= gap({ ...open, [name]: lower });
    open[name] = wide ? upper : lower;
    closed[name] = wide ? lower : upper;
  }
  const grip = findGrip(arm, tree, ends, pieces, { closed, open });
  const turns = driven.some(({ type }) => type !== 'prismatic');
  const key = `arms.${arm.name}.gripper`;
  const followers = arm.gripper.filter(({ mimic }) => mimic).map(({ name }) => name);
  const between =
    tips.length > 1 ? `the tips ${tips[0].link} and ${tips[1].link}` : `the tip of ${tips[0].link} and the tool`;
  const meets = turns && grip && driven.some(({ name }) => grip.closed[name] !== closed[name]);
  const guesses: Guess[] = [
    {
      key: `${key}.joints`,
      value: driven.map(({ name }) => name).join(', '),
      reason: `they move what is behind the tool${followers.length > 0 ? `; ${followers.join(', ')} follow by mimic` : ''}`,
    },
  ];
  if (meets) Object.assign(closed, grip.closed);
  guesses.push({
    key: `${key}.open, closed`,
    value: driven.map(({ name }) => `${name} ${open[name]}, ${closed[name]}`).join('; '),
    reason: `ends of the limits; ${between} are farther apart when it is open${meets ? '; closed is where the shapes of the fingers touch' : ''}`,
  });
  const frames = grip ? framesOf(arm, tree, grip) : {};
  const [tool, ...tipFrames] = Object.keys(frames);
  const joints = driven.map(({ name }) => name);
  if (turns && grip) {
    const fingertips: GripperDefinition['fingertips'] = [tipFrames[0], tipFrames[1]];
    const { width } = grip;
    guesses.push(
      { key: `${key}.width`, value: `${width.join(', ')} m`, reason: 'distance of the fingertips, by the shapes' },
      {
        key: `${key}.fingertips`,
        value: fingertips.join(', '),
        reason: 'the fingers turn: the width follows the distance of these frames, where the fingers meet',
      },
    );
    const kept = grip.isToolFit ? Object.fromEntries(Object.entries(frames).slice(1)) : frames;
    const gripper: GripperDefinition = { joints, open, closed, width, fingertips };
    return { gripper, frames: kept, tool: grip.isToolFit ? undefined : tool, guesses };
  }
  const travel = tips.length > 1 ? gap(open) - gap(closed) : distance(at(open)[0], at(closed)[0]);
  guesses.push({
    key: `${key}.width`,
    value: `0, ${rounded(travel)} m`,
    reason: 'the travel of the tips, taken to touch when it is closed: measure it',
  });
  const fingertips: GripperDefinition['fingertips'] =
    turns && tips.length > 1 ? [tips[0].link, tips[1].link] : undefined;
  if (fingertips) {
    guesses.push({
      key: `${key}.fingertips`,
      value: fingertips.join(', '),
      reason: 'the fingers turn: the width follows the distance of these links',
    });
  }
  const gripper: GripperDefinition = {
    ...{ joints, open, closed, width: [0, rounded(travel)], ...(fingertips && { fingertips }) },
  };
  const fits = !grip || grip.isToolFit;
  return { gripper, frames: fits ? {} : { [tool]: frames[tool] }, tool: fits ? undefined : tool, guesses };
}

/** Frames of a grip by names that no link has: the tool's, and those of the fingertips. */
function framesOf(arm: FoundArm, { links }: KinematicTree, { frame, tips }: Grip): Record<string, FrameDefinition> {
  const prefix = /^(arm|gripper)$/.test(arm.name) ? '' : `${arm.name}_`;
  const free = (name: string): string => (links.includes(name) ? free(`${name}_`) : name);
  const names = ['grasp', 'fingertip1', 'fingertip2'].map((name) => free(`${prefix}${name}`));
  return Object.fromEntries([frame, ...tips].map((each, i) => [names[i], each]));
}
