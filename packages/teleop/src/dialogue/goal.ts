import type { Axis, Frame } from '../language/intent.ts';

/**
 * A bounded Cartesian goal: data for a supervised motion executor, which moves the tool from where it is when the goal
 * comes and gives up by itself when `timeout` has passed. SI units; positions and axes in `frame` as it is at the start.
 */
export type MotionGoal =
  | {
      readonly kind: 'translate';
      readonly frame: Frame;
      readonly axis: Axis;
      /** Signed (m). */
      readonly metres: number;
      /** m/s. */
      readonly speed: number;
      /** s. */
      readonly timeout: number;
      /** `told`: part of a motion that goes on until told otherwise; it ends with the goal unless it is renewed. */
      readonly until: 'done' | 'told';
    }
  | {
      readonly kind: 'rotate';
      readonly axis: Axis;
      /** Signed, about an axis of the tool (rad). */
      readonly radians: number;
      /** rad/s. */
      readonly speed: number;
      readonly timeout: number;
    }
  | {
      readonly kind: 'gripper';
      /** Distance between the fingers (m). */
      readonly width: number;
      /** Share of the gripper's force, 0..1. */
      readonly effort: number;
    }
  | { readonly kind: 'home'; readonly speedFactor: number }
  /** To where the tool was when the goal with this number began; the executor keeps the poses. */
  | { readonly kind: 'return'; readonly to: number; readonly speedFactor: number };

/** What the world is asked to do. */
export type Effect =
  /** Protective stop: straight to the supervisor. */
  | { readonly kind: 'stop' }
  /** Stay where you are: ends the motion and suspends the instruction. */
  | { readonly kind: 'hold' }
  | { readonly kind: 'resume' }
  /** `id` counts up: the executor files the pose at its start under it. */
  | { readonly kind: 'goal'; readonly id: number; readonly goal: MotionGoal }
  | { readonly kind: 'instruct'; readonly text: string }
  | { readonly kind: 'say'; readonly text: string }
  /** Read back: nothing moves until the answer is yes. */
  | { readonly kind: 'confirm'; readonly text: string };
