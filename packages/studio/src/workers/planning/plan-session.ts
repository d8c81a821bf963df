import { firstLine } from '@praxis/core';
import { SimPlanRobot, simulatedContext, ThingFinder } from '@praxis/evaluation/planning';
import {
  PlanExecution,
  type PlanExecutionOptions,
  type PlanProgress,
  type PlanResult,
  type Utterance,
} from '@praxis/planner';
import type { Episode } from '@praxis/sim';
import type { SwitchedPolicy } from '@praxis/teleop';
import type { PlanDisplay } from '../../protocol/plan.ts';
import { PlanClock } from './plan-clock.ts';
import { askedForYes, displayAfter, failed, requested } from './plan-display.ts';
import type { PlanningSetup } from './planning-setup.ts';

/** Simulated time in which sensors and cameras deliver their first samples (s). */
const WARM_UP_S = 0.3;
/** Simulated time after the end of a plan in which everything comes to rest (s). */
const SETTLING_TIME_S = 1;
/** Number of earlier requests that a new one can refer to. */
const MAX_UTTERANCES = 10;

/** Options of {@link PlanSession}. */
export interface PlanSessionOptions extends PlanningSetup {
  readonly episode: Episode;
  readonly policy: SwitchedPolicy;
  /** Displays a plan. */
  readonly display: (plan: PlanDisplay) => void;
  /** Says a sentence to the user. */
  readonly say: (text: string) => void;
}

interface Run {
  readonly execution: PlanExecution;
  readonly clock: PlanClock;
  readonly ended: Promise<void>;
}

/** The plans of one episode: it executes one request at a time, in step with simulated time. */
export class PlanSession {
  readonly #options: PlanSessionOptions;
  readonly #finder: ThingFinder | undefined;
  readonly #utterances: Utterance[] = [];
  #ownRequest: string | undefined;
  #run: Run | undefined;
  #plan: PlanDisplay | undefined;
  #isCancelled = false;
  #pending: string | undefined;

  constructor(options: PlanSessionOptions) {
    const { episode, detector, ownRequest } = options;
    const { robot } = episode;
    this.#options = options;
    this.#ownRequest = ownRequest;
    this.#finder = detector && new ThingFinder(robot, robot.setup, detector);
  }

  /** True while a plan is made or executed. */
  get isRunning(): boolean {
    return this.#run !== undefined;
  }

  /** True while a person is asked: the next sentence is the answer. */
  get isAsking(): boolean {
    return this.#run?.execution.isAsking ?? false;
  }

  /** Question that waits for yes or no. */
  get pending(): string | undefined {
    return this.#pending;
  }

  /** Plans a request and executes it. Call it only while no plan runs. */
  begin(request: string): void {
    this.#ownRequest = undefined;
    // The user sees what is asked, and simulated time may run much faster than theirs.
    const answerTime = Number.POSITIVE_INFINITY;
    this.#start(request, async (execution) => void (await execution.run(request)), { answerTime });
  }

  /** Hears a sentence of the operator, which answers the question that waits or corrects the plan. */
  hear(text: string): void {
    this.#pending = undefined;
    this.#run?.execution.hear(text);
    this.#run?.clock.wake();
  }

  /** Ends the plan: the arm holds. @param reason in words */
  cancel(reason: string): void {
    this.#isCancelled = true;
    this.#run?.execution.cancel(reason);
    this.#run?.clock.wake();
  }

  /** Lets the plan see a change of the supervisor's state at once. */
  onSupervisor(): void {
    this.#run?.clock.wake();
  }

  /** Call it after each control period. A promise ends once the plan waits for the next one. */
  poll(): Promise<void> | undefined {
    const request = this.#ownRequest;
    if (request !== undefined && !this.#run) {
      this.#ownRequest = undefined;
      this.#start(request, async (execution, clock) => {
        const result = await execution.run(request);
        if (isVerdictDue(result)) await this.#judge(clock);
      });
    }
    return this.#run?.clock.advance();
  }

  async close(): Promise<void> {
    this.cancel('the episode was closed');
    await this.#run?.ended;
    this.#finder?.close();
  }

  #start(
    request: string,
    run: (execution: PlanExecution, clock: PlanClock) => Promise<void>,
    options: Pick<PlanExecutionOptions, 'answerTime'> = {},
  ): void {
    const { episode, policy, planner, catalogue, display } = this.#options;
    const clock = new PlanClock();
    clock.join();
    const robot: SimPlanRobot = new SimPlanRobot({
      arm: { episode, policy },
      look: () => simulatedContext({ episode, robot, places: catalogue.cell.places, finder: this.#finder }),
      next: () => clock.next(),
    });
    const execution = new PlanExecution({
      ...{ ...options, robot, catalogue, planner: clock.around(planner) },
      utterances: [...this.#utterances],
    });
    this.#utterances.push({ time: episode.time, from: 'operator', text: request });
    if (this.#utterances.length > MAX_UTTERANCES) this.#utterances.shift();
    this.#isCancelled = false;
    this.#plan = requested(request, this.#finder ? 'cameras' : 'simulator');
    display(this.#plan);
    execution.progress$.subscribe((event) => this.#follow(event, execution));
    // A motion by words ends; the sentence may even forbid it.
    robot.hold();
    const ended = this.#waitUntilReady(robot, clock)
      .then(() => run(execution, clock))
      .catch((error: unknown) => this.#fail(robot, error))
      .finally(() => {
        this.#run = undefined;
        this.#pending = undefined;
        clock.leave();
      });
    this.#run = { execution, clock, ended };
  }

  /** Waits for the first pictures, and for the start of the arm. */
  async #waitUntilReady(robot: SimPlanRobot, clock: PlanClock): Promise<void> {
    const { episode } = this.#options;
    const isReady = () =>
      episode.time >= WARM_UP_S && this.#finder?.isReady !== false && robot.supervision().phase !== 'waiting';
    while (!isReady() && !this.#isCancelled) await clock.next();
  }

  #follow(event: PlanProgress, execution: PlanExecution): void {
    const { display, say } = this.#options;
    this.#plan = displayAfter(this.#plan!, event, execution.context);
    display(this.#plan);
    this.#pending = event.kind === 'read_back' ? event.text : undefined;
    if (event.kind === 'read_back') say(askedForYes(event.text));
    if (event.kind === 'question' || event.kind === 'say') say(event.text);
  }

  #fail(robot: SimPlanRobot, error: unknown): void {
    robot.hold();
    this.#plan = failed(this.#plan!, firstLine(error));
    this.#options.display(this.#plan);
    this.#options.say(`the plan has failed: ${firstLine(error)}`);
  }

  /** Judges the scene once everything has come to rest, which ends the episode. */
  async #judge(clock: PlanClock): Promise<void> {
    const { episode, policy } = this.#options;
    policy.hold();
    for (const end = episode.time + SETTLING_TIME_S; episode.time < end && !this.#isCancelled; ) await clock.next();
    if (!this.#isCancelled) episode.endPlan();
  }
}

/** False after a correction, a cancellation or a stop: what was done then is not what the task asks for. */
const isVerdictDue = ({ end, interruptions }: PlanResult): boolean =>
  interruptions === 0 && end !== 'cancelled' && end !== 'stopped';
