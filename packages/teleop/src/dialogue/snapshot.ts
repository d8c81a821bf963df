import type { ControlLoop } from '@praxis/core';
import { DEFAULT_DIALOGUE_LIMITS } from './limits.ts';

/** What is known of the robot when a question is asked; whatever is not known is left out. SI units. */
export interface Snapshot {
  /** State of the control loop or of the supervisor, as a word. */
  readonly loop?: string;
  readonly instruction?: string;
  /** Newest sample of the compensated wrench, force first (N, Nm), and its age (s). */
  readonly wrench?: { readonly value: ArrayLike<number>; readonly age: number };
  /** Pose of the tool in the base, x y z qx qy qz qw. */
  readonly pose?: ArrayLike<number>;
  /** Distance between the fingers, and what it is when nothing is between them and they are closed or open (m). */
  readonly gripper?: { readonly width: number; readonly maximum: number };
  /** Factor on full speed. */
  readonly speed?: number;
  /** Where each camera saw what the instruction names: pixel fractions from the top left, confidence 0..1. */
  readonly grounding?: Readonly<
    Record<string, { readonly x: number; readonly y: number; readonly confidence: number }>
  >;
}

/**
 * What questions are answered from, of a loop as it is now.
 * @param now s, on the robot's clock
 * @param maximum width of the gripper (m)
 */
export function loopSnapshot(loop: ControlLoop, now: number, maximum = DEFAULT_DIALOGUE_LIMITS.maximumWidth): Snapshot {
  const { contact, endEffector } = loop.derived;
  const { pose, width, known } = endEffector;
  const grounding = loop.lastChunk?.grounding;
  return {
    loop: loop.state(),
    ...(known ? { pose: Float64Array.from(pose), gripper: { width, maximum } } : {}),
    ...(contact ? { wrench: { value: Float64Array.from(contact.newest), age: now - contact.stamp } } : {}),
    ...(grounding ? { grounding } : {}),
  };
}
