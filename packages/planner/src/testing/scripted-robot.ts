import type { GoalResult, MotionGoal, SupervisionPhase } from '@praxis/teleop';
import { Subject } from 'rxjs';
import type { PlannerContext } from '../context/context.ts';
import type { PlanRobot } from '../execute/plan-robot.ts';
import type { SkillReading } from '../skills/skill.ts';

/** Control periods in a second. */
const RATE_HZ = 10;

/** A robot for tests of the executor: its time advances by waiting, its goals end when the script says so. */
export class ScriptedRobot implements PlanRobot {
  readonly results$ = new Subject<GoalResult>();
  /** What was commanded, in order. */
  readonly commands: string[] = [];
  phase: SupervisionPhase = 'running';
  cause: string | undefined;
  #periods = 0;
  /** What the next look senses. */
  sensed: PlannerContext;
  /** Periods until a goal is done; Infinity for one that never ends. */
  goalPeriods = 2;
  /** Called in each period. */
  onPeriod: (time: number) => void = () => {};
  readonly #running: { id: number; goal: MotionGoal; end: number }[] = [];

  constructor(sensed: PlannerContext) {
    this.sensed = sensed;
  }

  get time(): number {
    return this.#periods / RATE_HZ;
  }

  reading(): SkillReading {
    return { time: this.time, tool: Float64Array.of(0.4, 0, 0.3, 1, 0, 0, 0), width: 0.08, force: [0, 0, 0] };
  }

  supervision(): { phase: SupervisionPhase; cause?: string } {
    return { phase: this.phase, ...(this.cause === undefined ? {} : { cause: this.cause }) };
  }

  async next(): Promise<void> {
    this.#periods++;
    this.onPeriod(this.time);
    for (const run of this.#running.splice(0)) {
      if (this.time >= run.end) this.#report(run.id, run.goal, 'done');
      else this.#running.push(run);
    }
  }

  instruct(text: string): void {
    this.commands.push(`instruct ${text}`);
  }

  start(id: number, goal: MotionGoal): void {
    this.commands.push(`start ${goal.kind}`);
    this.#running.push({ id, goal, end: this.time + this.goalPeriods / RATE_HZ });
  }

  hold(): void {
    this.commands.push('hold');
    for (const { id, goal } of this.#running.splice(0)) this.#report(id, goal, 'held');
  }

  async look(): Promise<PlannerContext> {
    return { ...this.sensed, time: this.time };
  }

  #report(id: number, goal: MotionGoal, outcome: GoalResult['outcome']): void {
    this.results$.next({ id, goal, outcome, time: this.time, short: { metres: 0, radians: 0 } });
  }
}
