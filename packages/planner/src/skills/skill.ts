import type { GoalResult, MotionGoal } from '@praxis/teleop';
import type { z } from 'zod';
import type { PlannerContext } from '../context/context.ts';
import type { WorkCell } from './work-cell.ts';

/** What a skill needs for itself while it runs: a lock. */
export type Capability = 'arm' | 'gripper' | 'base' | 'speech' | 'cameras';

/** Sensor values of the moment. SI units, base frame of the arm. */
export interface SkillReading {
  readonly time: number;
  /** Pose of the tool: x y z qx qy qz qw (m, unit quaternion). */
  readonly tool: Float64Array;
  /** Distance between the fingers (m). */
  readonly width: number;
  /** Contact force at the wrist, without the tool's weight (N, base frame); undefined without a sensor. */
  readonly force?: readonly [number, number, number];
  /** Contact torque about the tool's position, without the tool's weight (Nm, base frame); undefined without a sensor. */
  readonly torque?: readonly [number, number, number];
}

/** How {@link SkillRobot.moveTo} moves. */
export interface MoveOptions {
  /** Ends the motion and holds the arm once it returns true; the outcome is then `held`. Default: never. */
  readonly until?: (reading: SkillReading) => boolean;
  /** Speed of the tool (m/s). Default: that of the work cell. */
  readonly speed?: number;
}

/** What the arm's own sensors told about a thing. */
export interface Finding {
  /** Name of the thing in the context. */
  readonly thing: string;
  /** Mass (kg). */
  readonly mass?: number;
  /** True when the gripper holds it from now on, false when it no longer does. */
  readonly held?: boolean;
  /** Height of the tool above the surface that the thing lay on when it was taken (m). */
  readonly height?: number;
  /** Where it was put (m). */
  readonly position?: readonly [number, number, number];
}

/**
 * Port: what a skill may do with the running robot. Every motion goes through the loop and its supervisor. Each promise is rejected with the
 * reason of the signal when the step is interrupted, and with a `SkillError` when the supervisor stops the arm.
 */
export interface SkillRobot {
  /** Sensor values of the moment. */
  reading(): SkillReading;
  /** Takes new pictures, finds what is there, and returns the context. */
  look(): Promise<PlannerContext>;
  /** The newest context, without new pictures. */
  known(): PlannerContext;
  /** Adds to the context what the skill found out by the sensors of the arm. */
  learn(found: Finding): void;
  /** Adds to the record of the step how it was done, in words. */
  note(text: string): void;
  /**
   * Gives the learned policy an instruction, waits until `isDone` holds, and holds the arm.
   * @param timeout time after which it gives up (s)
   * @returns false when the time is up
   */
  instruct(text: string, isDone: (reading: SkillReading) => boolean, timeout: number): Promise<boolean>;
  /** Executes a motion goal. @returns its end, whatever it is */
  move(goal: MotionGoal): Promise<GoalResult>;
  /**
   * Moves the tool on a straight line to a position (m). A tool that leans by at most 0.35 rad turns upright on the way: fingers that lean hold
   * a thing by their edges. @returns the end of the motion
   */
  moveTo(position: readonly [number, number, number], options?: MoveOptions): Promise<GoalResult>;
  /** Waits until a condition holds. @param timeout s @returns false when the time is up */
  waitUntil(holds: (reading: SkillReading) => boolean, timeout: number): Promise<boolean>;
  /** Tells the person something. */
  say(text: string): void;
  /** Asks the person. @returns the answer */
  ask(question: string): Promise<string>;
}

/** A skill: a bounded ability with a name, whose result sensors can check. `Arguments` are those of {@link Skill.arguments}. */
export interface Skill<Arguments = unknown> {
  /** Lower case with underscores. */
  readonly name: string;
  /** One sentence for people and models. */
  readonly description: string;
  /** Schema of the arguments, with their bounds. */
  readonly arguments: z.ZodType<Arguments>;
  readonly uses: readonly Capability[];
  /** Time after which a run has failed (s). */
  readonly timeout: number;
  /** Task that the learned policy must have been trained for. Default: none. */
  readonly policyTask?: string;
  /** Returns whether a work cell can do it at all, with these sensors and parts. Default: every one can. */
  isOffered?(cell: WorkCell): boolean;
  /** Returns the reasons, in words, why it cannot run in a context; none when it can. */
  unmet(args: Arguments, context: PlannerContext, cell: WorkCell): readonly string[];
  /** Returns the context that a successful run leads to, for the check of later steps. */
  expected(args: Arguments, context: PlannerContext, cell: WorkCell): PlannerContext;
  /** Returns what the sensors show instead when the run did not do what it should; undefined when it did. */
  verify?(args: Arguments, before: PlannerContext, after: PlannerContext, cell: WorkCell): string | undefined;
  /** Returns a sentence to read back, when a person must say yes before the run; undefined otherwise. */
  readBack?(args: Arguments, context: PlannerContext, cell: WorkCell): string | undefined;
  /** Runs the skill. Things in `args` are resolved to names of the context. */
  run(args: Arguments, robot: SkillRobot, cell: WorkCell): Promise<void>;
}

/** Declares a skill with the types of its arguments. */
export const defineSkill = <Arguments>(skill: Skill<Arguments>): Skill<Arguments> => skill;
