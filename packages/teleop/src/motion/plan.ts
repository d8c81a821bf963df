import { quaternion, type Workspace } from '@praxis/core';
import { lengthInWords } from '../dialogue/describe-goal.ts';
import type { MotionGoal } from '../dialogue/goal.ts';
import { type DialogueLimits, exceeds } from '../dialogue/limits.ts';
import { MAX_ACCELERATION, StraightPath } from './path.ts';
import type { ToolPose } from './tool-pose.ts';

/** Where a goal takes the tool. */
export interface Plan {
  readonly target: ToolPose;
  /** m/s and rad/s. */
  readonly speed: { readonly linear: number; readonly angular: number };
  /** s. */
  readonly timeout: number;
  /** Shorter than asked for, since the workspace ends there. */
  readonly clipped: boolean;
}

export interface Refusal {
  readonly why: string;
}

export interface PlanContext {
  readonly limits: DialogueLimits;
  readonly workspace: Workspace;
  readonly home: ToolPose;
  reaches?(from: ToolPose, to: ToolPose): boolean;
  /** Where the tool was when the goal with this number began. */
  poseAtStart(id: number): ToolPose | undefined;
}

type ToolGoal = Exclude<MotionGoal, { kind: 'gripper' }>;

const AXIS_INDEX = { x: 0, y: 1, z: 2 } as const;
/** A way to a known pose may take this many times as long as it would at its speed, and a second. */
const TIMEOUT_FACTOR = 2;
/** Room below this (m) is none. */
const MIN_TRAVEL_M = 0.002;

/** Where a goal takes a tool that is at `from`, or why it does not. */
export function planGoal(goal: ToolGoal, from: ToolPose, context: PlanContext): Plan | Refusal {
  const plan = unconstrainedPlan(goal, from, context);
  if ('why' in plan || !context.reaches || context.reaches(from, plan.target)) return plan;
  if (goal.kind === 'translate' && goal.until === 'told') return clipToReach(plan, from, context.reaches);
  return { why: 'out of reach' };
}

/** The part of a straight way that the arm reaches, to a few millimetres. */
function clipToReach(plan: Plan, from: ToolPose, reaches: (from: ToolPose, to: ToolPose) => boolean): Plan | Refusal {
  const path = new StraightPath(from, plan.target);
  const target = new Float64Array(7);
  let share = 0;
  for (let step = 0.5; step * path.length.metres > MIN_TRAVEL_M; step /= 2) {
    path.writePose(share + step, target);
    if (reaches(from, target)) share += step;
  }
  if (share === 0) return { why: 'out of reach' };
  path.writePose(share, target);
  return { ...plan, target, clipped: true };
}

function unconstrainedPlan(goal: ToolGoal, from: ToolPose, context: PlanContext): Plan | Refusal {
  switch (goal.kind) {
    case 'translate':
      return planTranslation(goal, from, context.workspace);
    case 'rotate': {
      const target = Float64Array.from(from);
      const turn = new Float64Array(4);
      quaternion.fromRotationVector(axisVector(goal.axis, goal.radians), turn);
      quaternion.multiply(from, turn, target, 3, 0, 3);
      return { target, speed: { linear: Infinity, angular: goal.speed }, timeout: goal.timeout, clipped: false };
    }
    case 'home':
      return planTo(context.home, from, goal.speedFactor, context.limits);
    case 'return': {
      const target = context.poseAtStart(goal.to);
      if (!target) return { why: 'I no longer know where that was' };
      return planTo(target, from, goal.speedFactor, context.limits);
    }
  }
}

const axisVector = (axis: keyof typeof AXIS_INDEX, length: number): Float64Array => {
  const vector = new Float64Array(3);
  vector[AXIS_INDEX[axis]] = length;
  return vector;
};

function planTranslation(
  goal: Extract<MotionGoal, { kind: 'translate' }>,
  from: ToolPose,
  workspace: Workspace,
): Plan | Refusal {
  const { frame, axis, metres, speed, timeout, until } = goal;
  const direction = axisVector(axis, Math.sign(metres));
  if (frame === 'tool') quaternion.rotate(from, direction, direction, 3);
  const room = workspaceTravelM(direction, from, workspace);
  if (room < MIN_TRAVEL_M) return { why: 'at the edge of the workspace' };
  if (until === 'done' && exceeds(metres, room)) {
    return { why: `outside the workspace: at most ${lengthInWords(room)} that way` };
  }
  // Motion until told otherwise comes to rest by its deadline, whether or not anybody is left to say so.
  const wanted = until === 'told' ? Math.min(Math.abs(metres), maxTravelM(speed, timeout)) : Math.abs(metres);
  const length = Math.min(wanted, room);
  const target = Float64Array.from(from);
  for (let i = 0; i < 3; i++) target[i] += length * direction[i];
  return { target, speed: { linear: speed, angular: Infinity }, timeout, clipped: length < wanted };
}

/** The longest way (m) from rest to rest in a time (s). */
function maxTravelM(speed: number, time: number): number {
  const { linear } = MAX_ACCELERATION;
  return time > (2 * speed) / linear ? speed * (time - speed / linear) : (linear * time * time) / 4;
}

/** How far (m) a tool may go before it leaves the box; one that is outside may come back. */
function workspaceTravelM(direction: Float64Array, from: ToolPose, { minimum, maximum }: Workspace): number {
  let room = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    // A part in 10^9 of an axis is rounding of the tool's orientation.
    if (Math.abs(direction[i]) < 1e-9) continue;
    const edge = direction[i] > 0 ? maximum[i] : minimum[i];
    room = Math.min(room, Math.max((edge - from[i]) / direction[i], 0));
  }
  return room;
}

function planTo(target: ToolPose, from: ToolPose, factor: number, limits: DialogueLimits): Plan {
  const speed = { linear: factor * limits.linearSpeed, angular: factor * limits.angularSpeed };
  const timeout = TIMEOUT_FACTOR / new StraightPath(from, target).pathRate(speed) + 1;
  return { target, speed, timeout, clipped: false };
}

/** Poses that are kept to go back to. */
const MAX_POSES = 64;

/** Where the tool was when each goal began; the oldest is forgotten when there are too many. */
export class PoseHistory {
  readonly #poses = new Map<number, ToolPose>();

  /** @param id of the goal */
  record(id: number, pose: ToolPose): void {
    this.#poses.set(id, pose);
    if (this.#poses.size > MAX_POSES) this.#poses.delete(this.#poses.keys().next().value!);
  }

  poseOf(id: number): ToolPose | undefined {
    return this.#poses.get(id);
  }

  clear(): void {
    this.#poses.clear();
  }
}
