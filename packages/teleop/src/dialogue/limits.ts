import { InputError } from '@praxis/core';
import { angleInWords, lengthInWords } from './describe-goal.ts';
import type { MotionGoal } from './goal.ts';

/** What a spoken motion may be at most. SI units. */
export interface DialogueLimits {
  /** Longest step (m); what is asked beyond it is refused, not cut: half a motion is not what was asked for. */
  readonly maximumStep: number;
  /** Largest turn (rad). */
  readonly maximumTurn: number;
  /** Steps above this (m) are read back and wait for a yes. */
  readonly confirmStep: number;
  /** Turns above this (rad) are read back. */
  readonly confirmTurn: number;
  /** Widest opening of the gripper (m). */
  readonly maximumWidth: number;
  /** Full speed of the tool (m/s) and of its rotation (rad/s): factor 1. */
  readonly linearSpeed: number;
  readonly angularSpeed: number;
  /** Continuous motion: a goal ends after this long (s) and after this far (m) unless it is renewed. */
  readonly continuousTime: number;
  readonly continuousDistance: number;
  /** A read-back that nobody answers is forgotten after this long (s). */
  readonly confirmTime: number;
  /** Motions that can be undone. */
  readonly history: number;
}

export const DEFAULT_DIALOGUE_LIMITS: DialogueLimits = {
  maximumStep: 0.3,
  maximumTurn: Math.PI / 2,
  confirmStep: 0.1,
  confirmTurn: Math.PI / 4,
  maximumWidth: 0.08,
  linearSpeed: 0.1,
  angularSpeed: 0.5,
  continuousTime: 3,
  continuousDistance: 0.15,
  confirmTime: 8,
  history: 32,
};

/** Slower is of no use, faster is more than full speed. */
export const MIN_SPEED_FACTOR = 0.05;
export const MAX_SPEED_FACTOR = 1;

/** @throws {InputError} naming the first limit that is no positive number. */
export function resolveLimits(limits: Partial<DialogueLimits>): DialogueLimits {
  const all = { ...DEFAULT_DIALOGUE_LIMITS, ...limits };
  for (const [name, value] of Object.entries(all)) {
    if (!(value > 0 && Number.isFinite(value))) {
      throw new InputError(`voice limit ${name} is ${value}: expected a positive, finite number`);
    }
  }
  return all;
}

/** What a goal asks for beyond a limit, in words; undefined when it is within. */
export function exceededLimit(goal: MotionGoal, limits: DialogueLimits): string | undefined {
  const { maximumStep, maximumTurn, maximumWidth } = limits;
  if (goal.kind === 'translate' && goal.until === 'done' && exceeds(goal.metres, maximumStep)) {
    return `${lengthInWords(goal.metres)} is too far: at most ${lengthInWords(maximumStep)} at once`;
  }
  if (goal.kind === 'rotate' && exceeds(goal.radians, maximumTurn)) {
    return `${angleInWords(goal.radians)} is too much: at most ${angleInWords(maximumTurn)} at once`;
  }
  if (goal.kind === 'gripper' && exceeds(goal.width, maximumWidth)) {
    return `the gripper opens ${lengthInWords(maximumWidth)} at most`;
  }
  return undefined;
}

/** A rounding of the last bit is no breach: "ninety degrees" is the whole of a limit of pi / 2. */
export const exceeds = (value: number, limit: number): boolean => !(Math.abs(value) <= limit * (1 + 1e-9));

/**
 * Why a goal is not carried out whoever sent it, in words; undefined when it is within the limits. The dialogue keeps them by
 * itself; a goal may come from elsewhere.
 */
export function refusalReason(goal: MotionGoal, limits: DialogueLimits): string | undefined {
  const strange = Object.entries(goal).find(([, value]) => typeof value === 'number' && !Number.isFinite(value));
  if (strange) return `${strange[0]} is ${strange[1]}: expected a finite number`;
  switch (goal.kind) {
    case 'translate':
      if (exceeds(goal.metres, Math.max(limits.maximumStep, limits.continuousDistance))) return 'that is too far';
      return exceededLimit(goal, limits) ?? speedRefusalReason(goal, limits.linearSpeed);
    case 'rotate':
      return exceededLimit(goal, limits) ?? speedRefusalReason(goal, limits.angularSpeed);
    case 'gripper':
      if (goal.width < 0 || exceeds(goal.effort, 1) || goal.effort <= 0) return 'the gripper cannot do that';
      return exceededLimit(goal, limits);
    case 'home':
    case 'return':
      return goal.speedFactor > 0 && !exceeds(goal.speedFactor, 1) ? undefined : 'that is too fast';
  }
}

function speedRefusalReason({ speed, timeout }: { speed: number; timeout: number }, most: number): string | undefined {
  if (!(speed > 0) || exceeds(speed, most)) return 'that is too fast';
  return timeout > 0 ? undefined : 'that leaves no time';
}
