import { quaternion, type ToolTask, type Workspace } from '@praxis/core';
import { lengthInWords } from '../dialogue/describe-goal.ts';
import type { MotionGoal } from '../dialogue/goal.ts';
import { type DialogueLimits, exceeds } from '../dialogue/limits.ts';
import { MAX_ACCELERATION, StraightPath } from './path.ts';
import type { ToolPose } from './tool-pose.ts';
import { turnUpright } from './upright.ts';

/** A straight motion that fulfils a goal. */
export interface Plan {
  /** Pose at the end (base frame). */
  readonly target: ToolPose;
  /** Speed limits (m/s and rad/s). */
  readonly speed: { readonly linear: number; readonly angular: number };
  /** Time after which the goal is given up (s). */
  readonly timeout: number;
  /** True when the motion is shorter than the goal, because the workspace or the reach ends there. */
  readonly clipped: boolean;
  /** What the tool must reach at the end. */
  readonly task: ToolTask;
}

/** The reason why a goal has no plan, in words. */
export interface Refusal {
  readonly why: string;
}

/** The surroundings that a plan respects; see {@link MotionPolicyOptions}. */
export interface PlanContext {
  readonly limits: DialogueLimits;
  readonly workspace: Workspace;
  readonly home: ToolPose;
  reaches?(from: ToolPose, to: ToolPose, task: ToolTask): boolean;
  readonly task?: ToolTask;
  /** Tool pose at the start of the goal with this number; undefined when it is no longer stored. */
  poseAtStart(id: number): ToolPose | undefined;
}

type ToolGoal = Exclude<MotionGoal, { kind: 'gripper' }>;

const AXIS_INDEX = { x: 0, y: 1, z: 2 } as const;
/** A motion to a stored pose times out after this multiple of its duration at its speed, plus 1 s. */
const TIMEOUT_FACTOR = 2;
/** A position this far outside the workspace is on its face (m). */
const ROUNDING_M = 1e-9;
/** Smallest travel that counts as room to move (m). */
const MIN_TRAVEL_M = 0.002;

/** Plans the motion of a goal for a tool at `from` (base frame). */
export function planGoal(goal: ToolGoal, from: ToolPose, context: PlanContext): Plan | Refusal {
  const plan = unconstrainedPlan(goal, from, context);
  const { reaches } = context;
  if ('why' in plan || !reaches || reaches(from, plan.target, plan.task)) return plan;
  if (goal.kind === 'translate' && goal.until === 'stopped') return clipToReach(plan, from, reaches);
  return { why: 'out of reach' };
}

/** Shortens a straight motion to the part that the arm can reach, to {@link MIN_TRAVEL_M}. */
function clipToReach(plan: Plan, from: ToolPose, reaches: NonNullable<PlanContext['reaches']>): Plan | Refusal {
  const path = new StraightPath(from, plan.target);
  const target = new Float64Array(7);
  let share = 0;
  for (let step = 0.5; step * path.length.metres > MIN_TRAVEL_M; step /= 2) {
    path.writePose(share + step, target);
    if (reaches(from, target, plan.task)) share += step;
  }
  if (share === 0) return { why: 'out of reach' };
  path.writePose(share, target);
  return { ...plan, target, clipped: true };
}

function unconstrainedPlan(goal: ToolGoal, from: ToolPose, context: PlanContext): Plan | Refusal {
  switch (goal.kind) {
    case 'translate':
      return planTranslation(goal, from, context);
    case 'rotate': {
      const target = Float64Array.from(from);
      const turn = new Float64Array(4);
      quaternion.fromRotationVector(axisVector(goal.axis, goal.radians), turn);
      quaternion.multiply(from, turn, target, 3, 0, 3);
      const speed = { linear: Infinity, angular: goal.speed };
      return { target, speed, timeout: goal.timeout, clipped: false, task: 'pose' };
    }
    case 'reach':
      return planReach(goal, from, context);
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
  { workspace, task = 'pose' }: PlanContext,
): Plan | Refusal {
  const { frame, axis, metres, speed, timeout, until } = goal;
  const direction = axisVector(axis, Math.sign(metres));
  if (frame === 'tool') quaternion.rotate(from, direction, direction, 3);
  const room = workspaceTravelM(direction, from, workspace);
  if (room < MIN_TRAVEL_M) return { why: 'at the edge of the workspace' };
  if (until === 'done' && exceeds(metres, room)) {
    return { why: `outside the workspace: at most ${lengthInWords(room)} that way` };
  }
  // Continuous motion comes to rest by its deadline even when no further command arrives.
  const wanted = until === 'stopped' ? Math.min(Math.abs(metres), maxTravelM(speed, timeout)) : Math.abs(metres);
  const length = Math.min(wanted, room);
  const target = Float64Array.from(from);
  for (let i = 0; i < 3; i++) target[i] += length * direction[i];
  return { target, speed: { linear: speed, angular: Infinity }, timeout, clipped: length < wanted, task };
}

function planReach(
  { position, speed, timeout, upright = false }: Extract<MotionGoal, { kind: 'reach' }>,
  from: ToolPose,
  { workspace: { minimum, maximum }, limits: { angularSpeed: angular }, task = 'pose' }: PlanContext,
): Plan | Refusal {
  const outside = position.findIndex((value, i) => value < minimum[i] - ROUNDING_M || value > maximum[i] + ROUNDING_M);
  if (outside >= 0) {
    const [axis, value] = [['x', 'y', 'z'][outside], lengthInWords(position[outside])];
    return { why: `outside the workspace: ${axis} is ${value}` };
  }
  const target = Float64Array.from(from);
  target.set(position);
  const most = { linear: speed, angular };
  if (!upright || task !== 'pose' || !turnUpright(target))
    return { target, speed: { ...most, angular: Infinity }, timeout, clipped: false, task };
  return {
    target,
    speed: most,
    timeout: Math.max(timeout, timeoutOf(new StraightPath(from, target), most)),
    clipped: false,
    task,
  };
}

/** The longest travel from rest to rest (m) in a time (s) at a speed (m/s). */
function maxTravelM(speed: number, time: number): number {
  const { linear } = MAX_ACCELERATION;
  return time > (2 * speed) / linear ? speed * (time - speed / linear) : (linear * time * time) / 4;
}

/** Travel along a unit direction before the tool leaves the workspace (m); a tool outside can move back in. */
function workspaceTravelM(direction: Float64Array, from: ToolPose, { minimum, maximum }: Workspace): number {
  let room = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3; i++) {
    // A component below 1e-9 is rounding in the tool's orientation.
    if (Math.abs(direction[i]) < 1e-9) continue;
    const edge = direction[i] > 0 ? maximum[i] : minimum[i];
    room = Math.min(room, Math.max((edge - from[i]) / direction[i], 0));
  }
  return room;
}

function planTo(target: ToolPose, from: ToolPose, factor: number, limits: DialogueLimits): Plan {
  const speed = { linear: factor * limits.linearSpeed, angular: factor * limits.angularSpeed };
  return { target, speed, timeout: timeoutOf(new StraightPath(from, target), speed), clipped: false, task: 'pose' };
}

const timeoutOf = (path: StraightPath, speed: Plan['speed']): number => TIMEOUT_FACTOR / path.pathRate(speed) + 1;

/** Number of poses that are stored for returning to them. */
const MAX_POSES = 64;

/** The tool pose at the start of each of the last {@link MAX_POSES} goals. */
export class PoseHistory {
  readonly #poses = new Map<number, ToolPose>();

  /** Stores the pose at the start of goal `id`. */
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
