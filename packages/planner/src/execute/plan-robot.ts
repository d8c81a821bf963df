import type { GoalResult, MotionGoal, SupervisionPhase } from '@praxis/teleop';
import type { Observable } from 'rxjs';
import type { PlannerContext } from '../context/context.ts';
import type { SkillReading } from '../skills/skill.ts';

/**
 * Port: a robot in a running control loop that plans are executed on. It has no stop: operators request that from the supervisor,
 * past every plan, and {@link supervision} shows it.
 */
export interface PlanRobot {
  /** Sensor values of the moment. */
  reading(): SkillReading;
  /** Permission to move, and the cause of a stop. */
  supervision(): { readonly phase: SupervisionPhase; readonly cause?: string };
  /** Waits for the next control period. A simulated robot in lock step runs it. */
  next(): Promise<void>;
  /** Gives the learned policy an instruction and lets it move the arm. */
  instruct(text: string): void;
  /** Starts a motion goal, whose end {@link results$} reports. */
  start(id: number, goal: MotionGoal): void;
  /** The ends of motion goals. */
  readonly results$: Observable<GoalResult>;
  /** Brakes along the present path and stays there. */
  hold(): void;
  /** Takes new pictures and finds what is there. The execution adds utterances, history and what skills found out. */
  look(): Promise<PlannerContext>;
}
