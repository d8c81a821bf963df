import { type Observable, Subject } from 'rxjs';
import { checkPlan } from '../check/check-plan.ts';
import { proposePlan } from '../check/propose-plan.ts';
import type { PlannerContext, StepRecord, Utterance } from '../context/context.ts';
import { stepInWords } from '../context/step-in-words.ts';
import type { Plan, PlanStep, StepPlan } from '../plan/plan.ts';
import { addCosts } from '../planners/add-costs.ts';
import type { PlanCost, Planner, PlanRequest, RejectedPlan } from '../planners/planner.ts';
import { PlannerError } from '../planners/planner-error.ts';
import type { Catalogue } from '../skills/catalogue.ts';
import type { Capability } from '../skills/skill.ts';
import { continuePlan } from './continue-plan.ts';
import { summaryOf } from './in-words.ts';
import { Interruption } from './interruption.ts';
import { CapabilityLocks } from './locks.ts';
import { ExecutionMemory } from './memory.ts';
import type { PlanRobot } from './plan-robot.ts';
import type { PlanEnd, PlanProgress, PlanResult } from './progress.ts';
import { prepareStep, runStep } from './run-step.ts';

/** Options of {@link PlanExecution}. */
export interface PlanExecutionOptions {
  readonly robot: PlanRobot;
  readonly planner: Planner;
  readonly catalogue: Catalogue;
  /** Number of plans that may replace one whose step failed. Default 2. */
  readonly maximumReplans?: number;
  /** Time for a person to say yes or to answer (s, on the robot's clock); 0 for a robot without a person. Default 30. */
  readonly answerTime?: number;
  /** Money that the planner may cost. Default: no limit. */
  readonly moneyLimit?: number;
  /** Locks that all commanders of the robot share. Default: its own. */
  readonly locks?: CapabilityLocks;
  /** Name for messages about locks. Default `plan`. */
  readonly name?: string;
  /** What was said before, oldest first. Default: nothing. */
  readonly utterances?: readonly Utterance[];
}

/** Number of questions of a planner that a person is asked in one execution. */
const MAX_QUESTIONS = 3;
/** Number of interruptions of one execution. */
const MAX_INTERRUPTIONS = 20;
/** Goals of plans have numbers from here on, apart from those of a dialogue. */
const FIRST_GOAL_ID = 1_000_000;
/** What a plan claims for its whole duration. */
const CLAIMED: readonly Capability[] = ['arm', 'gripper', 'base'];
/** Answers that mean yes. */
const YES = /^(yes|yes please|yeah|yep|ok|okay|sure|go ahead|do it|go on|continue)[.!]?$/i;

/** Answers that mean no. */
const NO = /^(no|no thanks|nope)[.!]?$/i;

/** What is planned: the request, and the operator's sentences in it. */
type Asked = Required<Pick<PlanRequest, 'request' | 'said'>>;
/** An attempt that leads to a new plan, or to the end. */
type Attempt =
  | { readonly kind: 'end'; readonly end: PlanEnd; readonly reason?: string }
  | { readonly kind: 'again'; readonly asked: Asked };

/**
 * Plans a request and executes it step by step on a running robot. Before a step its condition and its needs are checked on what was just
 * seen, after it the sensors decide whether it is done. A failed step goes back to the planner with what was seen; an operator can
 * interrupt at any moment; a stop of the supervisor ends the execution for good. An instance runs one request.
 *
 * @example
 * const execution = new PlanExecution({ robot, planner, catalogue });
 * execution.progress$.subscribe((event) => console.log(event.kind));
 * const { end, summary } = await execution.run('put the red cube on the left tray');
 */
export class PlanExecution {
  /** What happens, in order; it completes with the end. */
  readonly progress$: Observable<PlanProgress>;
  readonly #options: PlanExecutionOptions;
  readonly #progress = new Subject<PlanProgress>();
  readonly #memory: ExecutionMemory;
  readonly #locks: CapabilityLocks;
  readonly #plans: Plan[] = [];
  readonly #rejected: RejectedPlan[] = [];
  #cost: PlanCost = { seconds: 0 };
  /** Ends what the execution does at the moment. */
  #current = new AbortController();
  /** An operator's cancellation, which stays in force. */
  #cancelled: Interruption | undefined;
  /** Takes the answer to the question that waits. */
  #onAnswer: ((text: string) => void) | undefined;
  #goalId = FIRST_GOAL_ID;
  #replans = 0;
  #interruptions = 0;
  #questions = 0;
  #hasBegun = false;

  constructor(options: PlanExecutionOptions) {
    this.#options = options;
    this.#memory = new ExecutionMemory(options.utterances);
    this.#locks = options.locks ?? new CapabilityLocks();
    this.progress$ = this.#progress.asObservable();
  }

  /** True while a person is asked: the next sentence is the answer. */
  get isAsking(): boolean {
    return this.#onAnswer !== undefined;
  }

  /** What was seen last and what is known of it, by the names that plans use; undefined before the first look. */
  get context(): PlannerContext | undefined {
    return this.#memory.hasLooked ? this.#memory.context : undefined;
  }

  /**
   * Plans and executes a request of the operator.
   * @returns how it ended; failures of planner and skills are ends, no exceptions
   * @throws {InputError} when another commander has the robot
   */
  async run(request: string): Promise<PlanResult> {
    if (this.#hasBegun)
      throw new TypeError('run: this execution has begun already, expected a new one for each request');
    this.#hasBegun = true;
    const { name = 'plan', robot } = this.#options;
    const release = this.#locks.claim(name, CLAIMED);
    const began = robot.reading().time;
    try {
      this.#remember(request, 'operator');
      const attempt = await this.#runRequest(request);
      return this.#finish(attempt, began);
    } finally {
      release();
      this.#progress.complete();
    }
  }

  /**
   * Hears a sentence while the execution runs. An operator's sentence answers the question that waits, else it interrupts what the arm does,
   * and the planner gets it as the new request. Other sentences become data of the context. Stop words go to the supervisor first, past
   * this method.
   */
  hear(text: string, from: Utterance['from'] = 'operator'): void {
    this.#remember(text, from);
    if (from !== 'operator') return;
    const answer = this.#onAnswer;
    if (answer) answer(text);
    // A yes or no that nothing waits for came too late, and asks for nothing.
    else if (!YES.test(text.trim()) && !NO.test(text.trim())) this.#interrupt(new Interruption('utterance', text));
  }

  /** Ends the execution: the arm holds. @param reason in words */
  cancel(reason: string): void {
    this.#cancelled ??= new Interruption('cancel', reason);
    this.#interrupt(this.#cancelled);
  }

  #interrupt(interruption: Interruption): void {
    this.#current.abort(interruption);
  }

  #remember(text: string, from: Utterance['from']): void {
    this.#memory.utterances.push({ time: this.#options.robot.reading().time, from, text });
  }

  async #runRequest(first: string): Promise<Attempt & { kind: 'end' }> {
    for (let asked = sentence(first); ; ) {
      // Each attempt has a signal of its own; an interruption ends the attempt and begins the next.
      this.#current = new AbortController();
      if (this.#cancelled) this.#current.abort(this.#cancelled);
      const attempt = await this.#attempt(asked).catch((error: unknown) => this.#attemptAfter(error));
      if (attempt.kind === 'end') return attempt;
      asked = attempt.asked;
    }
  }

  #attemptAfter(error: unknown): Attempt {
    if (error instanceof PlannerError) return { kind: 'end', end: 'failed', reason: error.message };
    if (!(error instanceof Interruption)) throw error;
    const { kind, message } = error;
    if (kind === 'stop') return { kind: 'end', end: 'stopped', reason: message };
    this.#options.robot.hold();
    if (kind === 'cancel') return { kind: 'end', end: 'cancelled', reason: message };
    this.#report({ kind: 'interrupted', text: message });
    if (++this.#interruptions > MAX_INTERRUPTIONS)
      return { kind: 'end', end: 'cancelled', reason: `interrupted ${MAX_INTERRUPTIONS} times` };
    return { kind: 'again', asked: sentence(message) };
  }

  async #attempt(asked: Asked): Promise<Attempt> {
    const context = await this.#look();
    const proposal = await this.#propose(asked, context);
    const { plan, readBack } = proposal;
    if (plan.kind === 'refusal') return { kind: 'end', end: 'refused', reason: plan.reason };
    if (plan.kind === 'question') return this.#askPerson(plan.question, asked);
    for (const text of readBack)
      if (!(await this.#confirm(text))) return { kind: 'end', end: 'unanswered', reason: `${text}: no` };
    return this.#executeSteps(plan, asked);
  }

  async #propose(asked: Asked, context: PlannerContext) {
    const { planner, catalogue, moneyLimit, name = 'plan' } = this.#options;
    const spentBefore = this.#cost.money ?? 0;
    const busy = this.#locks.heldByOthers(name);
    const proposal = await proposePlan(
      planner,
      { ...asked, context, catalogue, signal: this.#current.signal },
      (plan, spent) =>
        checkPlan(plan, catalogue, context, {
          busy,
          ...(moneyLimit === undefined ? {} : { money: { spent: spentBefore + spent, limit: moneyLimit } }),
        }),
    );
    // A stop during the planning ends the execution, whatever the plan.
    this.#checkPermission();
    this.#cost = addCosts(this.#cost, proposal.cost);
    this.#plans.push(proposal.plan);
    this.#rejected.push(...proposal.rejected);
    const { plan, rejected, cost } = proposal;
    this.#report({ kind: 'planned', plan, rejected, cost });
    return proposal;
  }

  async #askPerson(question: string, { request, said }: Asked): Promise<Attempt> {
    if (++this.#questions > MAX_QUESTIONS) return { kind: 'end', end: 'unanswered', reason: question };
    const answer = await this.#answerTo({ kind: 'question', text: question });
    if (answer === undefined) return { kind: 'end', end: 'unanswered', reason: question };
    return { kind: 'again', asked: { request: `${request}. ${question} ${answer}`, said: [...said, answer] } };
  }

  async #confirm(text: string): Promise<boolean> {
    const answer = await this.#answerTo({ kind: 'read_back', text });
    return answer !== undefined && YES.test(answer.trim());
  }

  /** Asks, and waits for a sentence of the operator; undefined when the time is over. */
  async #answerTo(asked: {
    readonly kind: 'question' | 'read_back';
    readonly text: string;
  }): Promise<string | undefined> {
    const { robot, answerTime = 30 } = this.#options;
    let answer: string | undefined;
    this.#onAnswer = (text) => {
      answer ??= text;
    };
    try {
      // A listener may answer at once.
      this.#report(asked);
      const end = robot.reading().time + answerTime;
      while (answer === undefined && robot.reading().time < end) {
        await robot.next();
        this.#checkPermission();
        this.#current.signal.throwIfAborted();
      }
      return answer;
    } finally {
      this.#onAnswer = undefined;
    }
  }

  async #executeSteps(plan: StepPlan, asked: Asked): Promise<Attempt> {
    const { maximumReplans = 2, planner, catalogue } = this.#options;
    for (const [index, step] of plan.steps.entries()) {
      const record = await this.#executeStep(index, step);
      if (record.outcome !== 'failed') continue;
      const reason = `${stepInWords(record.step)}: ${record.seen}`;
      if (this.#replans >= maximumReplans) return { kind: 'end', end: 'failed', reason };
      this.#replans++;
      this.#report({ kind: 'replanning', reason });
      const rest = planner.readsHistory ? undefined : continuePlan(plan, index, this.#memory.context, catalogue);
      if (!rest) return { kind: 'again', asked };
      this.#plans.push(rest);
      this.#report({ kind: 'planned', plan: rest, rejected: [], cost: { seconds: 0 } });
      return this.#executeSteps(rest, asked);
    }
    return { kind: 'end', end: 'done' };
  }

  async #executeStep(index: number, step: PlanStep): Promise<StepRecord> {
    const { context } = this.#memory;
    const ready = prepareStep(step, context, this.#options.catalogue);
    let record: StepRecord;
    if (ready.kind === 'ended') record = ready.record;
    else {
      this.#report({ kind: 'step_started', index, step: ready.step, text: stepInWords(ready.step) });
      record = await this.#runStep(ready, context);
    }
    this.#endStep(index, record, context.time);
    return record;
  }

  async #runStep(ready: Parameters<typeof runStep>[0], before: PlannerContext): Promise<StepRecord> {
    const { robot, catalogue } = this.#options;
    try {
      return await runStep(ready, before, {
        robot,
        cell: catalogue.cell,
        signal: this.#current.signal,
        deadline: robot.reading().time + ready.skill.timeout,
        look: () => this.#look(),
        known: () => this.#memory.context,
        learn: (finding) => this.#memory.learn(finding),
        say: (text) => this.#report({ kind: 'say', text }),
        ask: async (text) => (await this.#answerTo({ kind: 'question', text })) ?? 'no answer',
        nextGoalId: () => this.#goalId++,
      });
    } catch (error) {
      if (error instanceof Interruption)
        this.#endStep(-1, { step: ready.step, outcome: 'interrupted', seen: error.message }, before.time);
      throw error;
    }
  }

  #endStep(index: number, record: StepRecord, began: number): void {
    this.#memory.history.push(record);
    this.#report({ kind: 'step_ended', index, record, seconds: this.#options.robot.reading().time - began });
  }

  /** Takes new pictures; what the execution knows completes them. */
  async #look(): Promise<PlannerContext> {
    this.#checkPermission();
    return this.#memory.complete(await this.#options.robot.look());
  }

  #checkPermission(): void {
    const { phase, cause } = this.#options.robot.supervision();
    if (phase !== 'running') throw new Interruption('stop', cause ?? 'the supervisor does not let the arm move');
  }

  #finish({ end, reason }: Attempt & { kind: 'end' }, began: number): PlanResult {
    const { history } = this.#memory;
    const result: PlanResult = {
      end,
      summary: summaryOf(end, history, reason),
      history: [...history],
      plans: this.#plans,
      rejected: this.#rejected,
      replans: this.#replans,
      interruptions: this.#interruptions,
      cost: this.#cost,
      seconds: this.#options.robot.reading().time - began,
    };
    this.#report({ kind: 'say', text: result.summary });
    this.#report({ kind: 'ended', result });
    return result;
  }

  #report(event: DistributedOmit<PlanProgress, 'time'>): void {
    this.#progress.next({ time: this.#options.robot.reading().time, ...event } as PlanProgress);
  }
}

const sentence = (request: string): Asked => ({ request, said: [request] });

type DistributedOmit<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never;
