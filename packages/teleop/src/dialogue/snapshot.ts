import type { ControlLoop } from '@praxis/core';
import { DEFAULT_DIALOGUE_LIMITS } from './limits.ts';

/** The state of the robot that questions are answered from; unknown values are left out. SI units. */
export interface Snapshot {
  /** State of the control loop or of the supervisor, as a word. */
  readonly loop?: string;
  /** Text of the policy's instruction. */
  readonly instruction?: string;
  /** Newest sample of the compensated wrench, force first (N, Nm), and its age (s). */
  readonly wrench?: { readonly value: ArrayLike<number>; readonly age: number };
  /** Pose of the tool in the base frame, x y z qx qy qz qw (m, unit quaternion). */
  readonly pose?: ArrayLike<number>;
  /** Distance between the fingers now, and that of fully open fingers (m). */
  readonly gripper?: { readonly width: number; readonly maximum: number };
  /** Factor on full speed. */
  readonly speed?: number;
  /** Position of the instruction's object in the image of each camera: pixel fractions from the top left, confidence 0..1. */
  readonly grounding?: Readonly<
    Record<string, { readonly x: number; readonly y: number; readonly confidence: number }>
  >;
}

/**
 * Takes a snapshot of a control loop.
 * @param now time (s, on the robot's clock)
 * @param maximum distance between fully open fingers (m)
 * @param arm command of one of several arms. Default: the main arm
 */
export function loopSnapshot(
  loop: ControlLoop,
  now: number,
  maximum = DEFAULT_DIALOGUE_LIMITS.maximumWidth,
  arm?: string,
): Snapshot {
  const { derived } = loop;
  const contact = arm === undefined ? derived.contact : derived.contacts.get(arm);
  const endEffector = (arm === undefined ? undefined : derived.endEffectors.get(arm)) ?? derived.endEffector;
  const { pose, width, known } = endEffector;
  const grounding = loop.lastChunk?.grounding;
  return {
    loop: loop.state(),
    ...(known ? { pose: Float64Array.from(pose), gripper: { width, maximum } } : {}),
    ...(contact ? { wrench: { value: Float64Array.from(contact.newest), age: now - contact.stamp } } : {}),
    ...(grounding ? { grounding } : {}),
  };
}
