import type { Axis, Frame } from '../language/intent.ts';

/**
 * A bounded Cartesian goal: data for a supervised motion executor, which moves the tool from its pose when the goal starts
 * and gives up by itself after `timeout`. SI units; axes are those of `frame` at the start.
 */
export type MotionGoal =
  | {
      readonly kind: 'translate';
      readonly frame: Frame;
      readonly axis: Axis;
      /** Signed distance along the axis (m). */
      readonly metres: number;
      /** Speed of the tool (m/s). */
      readonly speed: number;
      /** Time after which the goal is given up (s). */
      readonly timeout: number;
      /** `done`: a step of that length. `stopped`: continuous motion, which ends with this goal unless another one renews it. */
      readonly until: 'done' | 'stopped';
    }
  | {
      readonly kind: 'rotate';
      readonly axis: Axis;
      /** Signed angle about an axis of the tool (rad). */
      readonly radians: number;
      /** Angular speed of the tool (rad/s). */
      readonly speed: number;
      /** Time after which the goal is given up (s). */
      readonly timeout: number;
    }
  | {
      readonly kind: 'gripper';
      /** Distance between the fingers to reach (m). */
      readonly width: number;
      /** Share of the gripper's force, 0..1. */
      readonly effort: number;
    }
  | {
      /** Moves the tool on a straight line to a position, with the orientation that it has. */
      readonly kind: 'reach';
      /** x y z in the base frame (m). */
      readonly position: readonly [number, number, number];
      /** True: on its way the tool turns upright, so that it points straight down, when it leans by at most 0.35 rad. Default: false. */
      readonly upright?: boolean;
      /** Speed of the tool (m/s). */
      readonly speed: number;
      /** Time after which the goal is given up (s). */
      readonly timeout: number;
    }
  | { readonly kind: 'home'; readonly speedFactor: number }
  /** Returns to the tool's pose at the start of the goal with number `to`; the executor keeps these poses. */
  | { readonly kind: 'return'; readonly to: number; readonly speedFactor: number };

/** One thing that the dialogue asks of its caller. */
export type Effect =
  /** Request a protective stop from the supervisor, before anything else. */
  | { readonly kind: 'stop' }
  /** End the motion, suspend the policy and keep the arm where it is. */
  | { readonly kind: 'hold' }
  /** Give the arm back to the policy. */
  | { readonly kind: 'resume' }
  /** Start a goal. `id` counts up; the executor stores the pose at the start under it. */
  | { readonly kind: 'goal'; readonly id: number; readonly goal: MotionGoal }
  /** Give the policy its instruction. */
  | { readonly kind: 'instruct'; readonly text: string }
  /** Tell the operator. */
  | { readonly kind: 'say'; readonly text: string }
  /** Ask the operator to confirm a goal; nothing moves until the answer is yes. */
  | { readonly kind: 'confirm'; readonly text: string };
