import { InputError } from '@praxis/core';
import type { FollowerCurve, Joint } from '../description/robot-model.ts';

/** Position of a follower on its curve (rad, m); beyond the ends of the curve its first or last piece goes on. Allocates nothing. */
export function curvePosition({ lower, upper, positions }: FollowerCurve, leader: number): number {
  const pieces = positions.length - 1;
  const at = ((leader - lower) / (upper - lower)) * pieces;
  const piece = Math.min(Math.max(Math.floor(at), 0), pieces - 1);
  return positions[piece] + (at - piece) * (positions[piece + 1] - positions[piece]);
}

/** The joint that a joint finally follows: position = multiplier * (position of `joint`) + offset. */
export interface MimicSource {
  readonly joint: Joint;
  readonly multiplier: number;
  readonly offset: number;
  /** Number of mimics on the way to the source: 0 for a joint without one. */
  readonly depth: number;
  /** True when one of them is a curve, which multiplier and offset only come near to. */
  readonly isCurved: boolean;
}

/**
 * Follows the mimics of every joint to their sources. A joint without a mimic is its own source.
 * @returns the source by joint name
 */
export function mimicSources(joints: readonly Joint[]): ReadonlyMap<string, MimicSource> {
  const byName = new Map(joints.map((joint) => [joint.name, joint]));
  const sources = new Map<string, MimicSource>();
  for (const joint of joints) {
    const trail: Joint[] = [];
    let at = joint;
    for (; at.mimic && !sources.has(at.name); at = byName.get(at.mimic.joint)!) trail.push(at);
    let source = sources.get(at.name) ?? { joint: at, multiplier: 1, offset: 0, depth: 0, isCurved: false };
    sources.set(at.name, source);
    for (const { name, mimic } of trail.reverse()) {
      const { multiplier, offset, curve } = mimic!;
      source = {
        joint: source.joint,
        multiplier: multiplier * source.multiplier,
        offset: multiplier * source.offset + offset,
        depth: source.depth + 1,
        isCurved: source.isCurved || curve !== undefined,
      };
      sources.set(name, source);
    }
  }
  return sources;
}

/** Limits of a joint that others may follow (rad, m; rad/s, m/s); infinite where there are none. */
export interface DrivenLimits {
  readonly lower: number;
  readonly upper: number;
  readonly velocity: number;
}

/** The limits of a joint restricted by those of the joints that follow it: none of them leaves its own range or is too fast. */
function restrictedLimits(leader: Joint, followers: readonly (readonly [Joint, MimicSource])[]): DrivenLimits {
  let { lower = -Infinity, upper = Infinity, velocity = Infinity } = leader.limit ?? {};
  const moves = lower < upper;
  for (const [follower, { multiplier, offset, isCurved }] of followers) {
    // The joint at the start of a curve is limited to where its loop lets it go.
    if (!follower.limit || multiplier === 0 || isCurved) continue;
    const ends = [follower.limit.lower, follower.limit.upper].map((end) => (end - offset) / multiplier);
    lower = Math.max(lower, Math.min(...ends));
    upper = Math.min(upper, Math.max(...ends));
    velocity = Math.min(velocity, follower.limit.velocity / Math.abs(multiplier));
    if (moves ? lower < upper : lower <= upper) continue;
    const range = `${follower.limit.lower}..${follower.limit.upper}`;
    throw new InputError(
      `joint "${leader.name}": joint "${follower.name}" follows it (multiplier ${multiplier}, offset ${offset}) and leaves it no range with its limits ${range}`,
    );
  }
  return { lower, upper, velocity };
}

/**
 * Limits of joints that the mimics of a robot follow, restricted so that every follower stays within its own limits.
 * @param leaders joints without a mimic
 * @param follows tells which joints really follow; the others keep still
 * @throws {InputError} when the limits of a follower leave a leader no range.
 */
export function drivenLimits(
  leaders: readonly Joint[],
  sources: ReadonlyMap<string, MimicSource>,
  joints: readonly Joint[],
  follows: (joint: Joint) => boolean = () => true,
): DrivenLimits[] {
  const followers = new Map<Joint, [Joint, MimicSource][]>(leaders.map((leader) => [leader, []]));
  for (const joint of joints) {
    const source = sources.get(joint.name)!;
    if (joint.mimic && follows(joint)) followers.get(source.joint)?.push([joint, source]);
  }
  return leaders.map((leader) => restrictedLimits(leader, followers.get(leader)!));
}
