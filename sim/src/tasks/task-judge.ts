import { askedGoals } from './asked-goals.ts';
import type { Outcome, Task, TaskInstance, TaskState } from './task.ts';

/**
 * What the arm does in a control period. `working`: what was asked. `stopped`: nothing, and nothing but the stop is judged. `waiting`: nothing
 * or something else until an operator goes on, so that the task's clock stands still too.
 */
export type ArmActivity = 'working' | 'stopped' | 'waiting';

/** Control periods between two calls of a task's judge: it judges every 20 ms. */
export const JUDGE_INTERVAL_PERIODS = 10;

/**
 * Judges an episode on the goal that was asked for. A request that is no goal of the scene has no verdict. The time limit counts
 * the time in which the arm could work on the task.
 */
export class TaskJudge {
  readonly #task: Task;
  readonly #instance: TaskInstance;
  readonly #state: () => TaskState;
  readonly #goesOn: boolean;
  /** The goal of the task's own instruction. */
  readonly #ownGoal: string;
  #asked: 'goal' | 'other' = 'goal';
  #outcome: Outcome = 'running';
  #timeLimit: number;
  #pausedTime = 0;
  #time = 0;
  #periods = 0;
  #shortcomings: readonly string[] = [];
  #failedInManner = false;

  /**
   * @param state returns the state of the scene now
   * @param goesOn a failure of manner, see {@link TaskInstance.canGoOn}, has its verdict at the end of the task
   */
  constructor(task: Task, instance: TaskInstance, state: () => TaskState, goesOn = false) {
    this.#goesOn = goesOn;
    this.#task = task;
    this.#instance = instance;
    this.#state = state;
    this.#ownGoal = instance.goal.key;
    this.#timeLimit = instance.timeLimit;
  }

  /** The verdict on what was asked last. The first one other than `running` is final until the next instruction. */
  get outcome(): Outcome {
    return this.#outcome;
  }

  /** False when the instruction is no goal that this scene can have: nothing can be judged. */
  get canJudge(): boolean {
    return this.#asked === 'goal';
  }

  /** True once the time limit has passed. */
  get isOverdue(): boolean {
    return this.#time - this.#pausedTime >= this.#timeLimit;
  }

  /** Removes the time limit. */
  liftTimeLimit(): void {
    this.#timeLimit = Number.POSITIVE_INFINITY;
  }

  /** Judges from now on what this instruction asks for. */
  setInstruction(text: string): void {
    const { goalKeys = [this.#ownGoal], goal, instruction, pursue } = this.#instance;
    const asked = text === instruction ? [this.#ownGoal] : askedGoals(this.#task, text);
    const possible = asked.filter((key) => goalKeys.includes(key));
    this.#outcome = 'running';
    this.#shortcomings = [];
    this.#asked = possible.length === 1 && (pursue || possible[0] === goal.key) ? 'goal' : 'other';
    if (this.#asked === 'goal') pursue?.call(this.#instance, possible[0]);
  }

  /** Judges the end of one control period. @param time simulated time (s) */
  observe(time: number, activity: ArmActivity): void {
    if (activity === 'waiting') this.#pausedTime += time - this.#time;
    this.#time = time;
    if (++this.#periods % JUDGE_INTERVAL_PERIODS !== 0 || activity === 'waiting') return;
    if (!this.canJudge || this.#outcome !== 'running') return;
    if (activity === 'working') this.#outcome = this.#verdict();
    else if (this.#instance.judgeStop) this.#outcome = this.#instance.judgeStop(this.#state());
  }

  #verdict(): Outcome {
    const verdict = this.#instance.judge(this.#state());
    if (verdict === 'failure' && this.#goesOn && this.#instance.canGoOn?.()) {
      this.#failedInManner = true;
      return 'running';
    }
    return verdict === 'success' && this.#failedInManner ? 'failure' : verdict;
  }

  /** What is not as the request wants it, in words, once a task that is judged at its end was closed. */
  get shortcomings(): readonly string[] {
    return this.#shortcomings;
  }

  /**
   * Ends the judgement. A task that is judged at its end gets its verdict now, any other one no success.
   * @param by a stop is a failure of any request; at the time limit and after the end of a plan, what could not be judged has no verdict
   */
  close(by: 'stop' | 'time limit' | 'plan'): void {
    if (this.#outcome !== 'running') return;
    if (by !== 'stop' && this.canJudge && this.#instance.shortcomings) {
      this.#shortcomings = this.#instance.shortcomings(this.#state());
      this.#outcome = this.#shortcomings.length === 0 ? 'success' : 'failure';
    } else this.#outcome = by === 'stop' || this.canJudge ? 'failure' : 'no_verdict';
  }
}
