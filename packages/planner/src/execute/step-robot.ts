import type { GoalResult, MotionGoal } from '@praxis/teleop';
import type { PlannerContext } from '../context/context.ts';
import type { Finding, MoveOptions, SkillReading, SkillRobot } from '../skills/skill.ts';
import { SkillError } from '../skills/skill-error.ts';
import type { WorkCell } from '../skills/work-cell.ts';
import { Interruption } from './interruption.ts';
import type { PlanRobot } from './plan-robot.ts';

/** What a step needs from its execution. */
export interface StepSurroundings {
  readonly robot: PlanRobot;
  readonly cell: WorkCell;
  /** Ends the step. */
  readonly signal: AbortSignal;
  /** Time at which the step has failed (s, on the robot's clock). */
  readonly deadline: number;
  look(): Promise<PlannerContext>;
  known(): PlannerContext;
  learn(finding: Finding): void;
  say(text: string): void;
  ask(question: string): Promise<string>;
  nextGoalId(): number;
}

/** Distance below which the tool is where it should be, and no motion is made (m). */
const NO_MOTION_M = 0.001;
/** Time in which the arm comes to rest after a hold (s). */
const BRAKING_TIME_S = 0.3;

/** What a skill may do while its step runs. Every wait ends with the signal, the time-out and a stop of the supervisor. */
export class StepRobot implements SkillRobot {
  /** How the step was done, in words. */
  readonly notes: string[] = [];
  readonly #step: StepSurroundings;

  constructor(step: StepSurroundings) {
    this.#step = step;
  }

  reading(): SkillReading {
    return this.#step.robot.reading();
  }

  async look(): Promise<PlannerContext> {
    this.#check();
    return this.#step.look();
  }

  known(): PlannerContext {
    return this.#step.known();
  }

  learn(finding: Finding): void {
    this.#step.learn(finding);
  }

  note(text: string): void {
    this.notes.push(text);
  }

  say(text: string): void {
    this.#step.say(text);
  }

  ask(question: string): Promise<string> {
    return this.#step.ask(question);
  }

  async instruct(text: string, isDone: (reading: SkillReading) => boolean, timeout: number): Promise<boolean> {
    this.#check();
    this.#step.robot.instruct(text);
    const isOver = await this.waitUntil(isDone, timeout);
    this.#step.robot.hold();
    await this.waitUntil(() => false, BRAKING_TIME_S);
    return isOver;
  }

  move(goal: MotionGoal): Promise<GoalResult> {
    return this.#run(goal, undefined);
  }

  moveTo(position: readonly [number, number, number], { until, speed }: MoveOptions = {}): Promise<GoalResult> {
    const { linearSpeed } = this.#step.cell.limits;
    const { tool, time } = this.reading();
    const length = Math.sqrt(position.reduce((sum, x, i) => sum + (x - tool[i]) ** 2, 0));
    const chosen = Math.min(speed ?? linearSpeed, linearSpeed);
    const timeout = 2 * (length / chosen) + 1;
    const goal: MotionGoal = { kind: 'reach', position, upright: true, speed: chosen, timeout };
    if (length < NO_MOTION_M)
      return Promise.resolve({ id: 0, goal, outcome: 'done', time, short: { metres: length, radians: 0 } });
    return this.#run(goal, until);
  }

  async waitUntil(holds: (reading: SkillReading) => boolean, timeout: number): Promise<boolean> {
    const end = this.reading().time + timeout;
    for (;;) {
      this.#check();
      const reading = this.reading();
      if (holds(reading)) return true;
      if (reading.time >= end) return false;
      await this.#step.robot.next();
    }
  }

  async #run(goal: MotionGoal, until: MoveOptions['until']): Promise<GoalResult> {
    this.#check();
    const { robot } = this.#step;
    const id = this.#step.nextGoalId();
    let result: GoalResult | undefined;
    const subscription = robot.results$.subscribe((each) => {
      if (each.id === id) result = each;
    });
    try {
      robot.start(id, goal);
      let isHeld = false;
      while (!result) {
        await robot.next();
        this.#check();
        if (isHeld || result || !until?.(this.reading())) continue;
        robot.hold();
        isHeld = true;
      }
      if (isHeld) await this.waitUntil(() => false, BRAKING_TIME_S);
      return result;
    } finally {
      subscription.unsubscribe();
    }
  }

  /** @throws the reason for which the step must not go on */
  #check(): void {
    const { robot, signal, deadline } = this.#step;
    const { phase, cause } = robot.supervision();
    if (phase !== 'running') throw new Interruption('stop', cause ?? 'the supervisor does not let the arm move');
    signal.throwIfAborted();
    if (this.reading().time > deadline) throw new SkillError('the time for the step is over');
  }
}
