import type { MotionGoal } from '../dialogue/goal.ts';
import type { MotionPolicy } from './motion-policy.ts';

/** What a {@link VoicePilot} moves: the tool of one arm, and a policy that it gives the arm back to, if there is one. */
export interface PilotedArm {
  readonly motion: Pick<MotionPolicy, 'limits' | 'refusalOf' | 'results$'>;
  /** See {@link MotionPolicy.start}. */
  start(id: number, goal: MotionGoal): void;
  /** Brakes, and stays there. */
  hold(): void;
  /** See {@link MotionPolicy.suspend}. */
  suspend(why: string): void;
  /** See {@link MotionPolicy.restore}. */
  restore(): void;
  /** Lets the policy move the arm again. */
  resume(): void;
  /** Lets the policy follow its new instruction. */
  instruct(): void;
}
