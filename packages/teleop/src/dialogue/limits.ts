import { InputError } from '@praxis/core';
import { angleInWords, lengthInWords } from './describe-goal.ts';
import type { MotionGoal } from './goal.ts';

/** Bounds on spoken motion, in SI units. */
export interface DialogueLimits {
  /** Longest step (m). A longer one is refused rather than shortened, since half a motion is a different motion. */
  readonly maximumStep: number;
  /** Largest rotation (rad). */
  readonly maximumTurn: number;
  /** Steps above this length (m) are read back and wait for a yes. */
  readonly confirmStep: number;
  /** Rotations above this angle (rad) are read back and wait for a yes. */
  readonly confirmTurn: number;
  /** Widest opening of the gripper (m). */
  readonly maximumWidth: number;
  /** Speed of the tool at speed factor 1 (m/s). */
  readonly linearSpeed: number;
  /** Angular speed of the tool at speed factor 1 (rad/s). */
  readonly angularSpeed: number;
  /** Time after which continuous motion ends unless it is renewed (s). */
  readonly continuousTime: number;
  /** Distance after which continuous motion ends unless it is renewed (m). */
  readonly continuousDistance: number;
  /** Time after which a read-back without an answer is dropped (s). */
  readonly confirmTime: number;
  /** Number of motions that can be undone. */
  readonly history: number;
}

/** The limits in force unless others are set: slow enough to watch, and steps of at most 0.3 m. */
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

/** Smallest speed factor that "slower" leads to; below it the tool hardly moves. */
export const MIN_SPEED_FACTOR = 0.05;
/** Largest speed factor: full speed. */
export const MAX_SPEED_FACTOR = 1;

/**
 * Completes limits with the defaults.
 * @throws {InputError} naming the first limit that is not a positive, finite number
 */
export function resolveLimits(limits: Partial<DialogueLimits>): DialogueLimits {
  const all = { ...DEFAULT_DIALOGUE_LIMITS, ...limits };
  for (const [name, value] of Object.entries(all)) {
    if (!(value > 0 && Number.isFinite(value))) {
      throw new InputError(`voice limit ${name} is ${value}: expected a positive, finite number`);
    }
  }
  return all;
}

/** Says in words which limit of size a goal exceeds; undefined when it exceeds none. */
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

/** True when |value| is above a limit by more than rounding, so that "ninety degrees" passes a limit of pi / 2. NaN exceeds. */
export const exceeds = (value: number, limit: number): boolean => !(Math.abs(value) <= limit * (1 + 1e-9));

/**
 * Says in words why the executor refuses a goal; undefined when the goal is within the limits. The dialogue only makes goals
 * within them, but goals can also come from other senders.
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
    case 'reach':
      if (goal.position.length !== 3 || !goal.position.every(Number.isFinite))
        return `position is ${goal.position.join(', ')}: expected three finite numbers`;
      return speedRefusalReason(goal, limits.linearSpeed);
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
