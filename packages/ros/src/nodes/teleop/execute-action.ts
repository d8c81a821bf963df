import { errorMessage } from '@praxis/core';
import { type PlanExecution, type PlanProgress, type PlanResult, progressInWords } from '@praxis/planner';
import { type PublishFeedback, serveAction } from '../../rcl/serve-action.ts';
import type { RosSession } from '../../rcl/session.ts';
import type { RclGoalHandle } from '../../rcl/types.ts';

/** Type of the action. The ament build generates it from packages/ros/action. */
export const EXECUTE_TYPE = 'praxis/action/Execute';
/** Time between two checks for a cancellation (ms). */
const POLL_PERIOD_MS = 50;
/** Number of a step in the feedback of an event that belongs to none. */
const NO_STEP = -1;

interface ExecuteGoal {
  readonly request: string;
  /** True when a person has agreed to the plan already. */
  readonly confirmed: boolean;
}

/** The functions that the action calls on its node. */
export interface PlanningNode {
  /** The reason for which a request cannot be executed now; undefined when it can. */
  refusal(request: string): string | undefined;
  /** Ends what moves the arm, and prepares an execution, which waits for no answer of a person. */
  begin(): Pick<PlanExecution, 'progress$' | 'run' | 'hear' | 'cancel'>;
  /** Holds the arm at its target. */
  hold(): void;
  /** Tells people something. */
  answer(text: string): void;
}

/**
 * Serves the action "plan this request and execute it", with a feedback for each event. One goal is active at a time, and another one is
 * rejected meanwhile. A canceled goal leaves the arm at its target.
 */
export class ExecuteAction {
  readonly #session: RosSession;
  readonly #node: PlanningNode;
  #active: { readonly request: string; readonly execution: ReturnType<PlanningNode['begin']> } | undefined;

  constructor(session: RosSession, node: PlanningNode) {
    this.#session = session;
    this.#node = node;
    serveAction<ExecuteGoal>(session, {
      type: EXECUTE_TYPE,
      name: '~/execute',
      textOf: ({ request }) => request,
      refusal: ({ request }) => this.#refusal(request),
      answer: (refusal) => node.answer(refusal),
      execute: (handle, publishFeedback) => this.#execute(handle, publishFeedback),
      end: (reason) => this.cancel(reason),
    });
  }

  /** True while a goal is active. */
  get isActive(): boolean {
    return this.#active !== undefined;
  }

  /** A sentence of the operator, which interrupts the active goal: the planner gets it as the new request. */
  hear(text: string): void {
    this.#active?.execution.hear(text);
  }

  /** Ends the active goal, as aborted: the arm holds. @param reason in words */
  cancel(reason: string): void {
    this.#active?.execution.cancel(reason);
  }

  #refusal(request: string): string | undefined {
    // Before the state of the action: a stop word stops the arm in any state.
    const refusal = this.#node.refusal(request);
    return refusal ?? (this.#active && this.#busy(this.#active.request));
  }

  #busy(request: string): string {
    return `"${request}" is being executed, expected its end or a cancellation first`;
  }

  async #execute(handle: RclGoalHandle<ExecuteGoal>, publishFeedback: PublishFeedback): Promise<object> {
    const { end, summary } = await this.#run(handle, publishFeedback);
    if (end === 'done') handle.succeed();
    else if (end === 'cancelled' && handle.isCancelRequested) handle.canceled();
    else handle.abort();
    this.#session.log.info(`request "${handle.request.request}": ${end}`);
    return { success: end === 'done', end, summary };
  }

  async #run(
    handle: RclGoalHandle<ExecuteGoal>,
    publishFeedback: PublishFeedback,
  ): Promise<Pick<PlanResult, 'end' | 'summary'>> {
    const { request, confirmed } = handle.request;
    // Two goals may have been accepted before the first one began.
    if (this.#active) return { end: 'failed', summary: this.#busy(this.#active.request) };
    const execution = this.#node.begin();
    this.#active = { request, execution };
    execution.progress$.subscribe((event) => {
      this.#report(event, publishFeedback);
      if (event.kind === 'read_back' && confirmed) execution.hear('yes');
    });
    const timer = setInterval(() => {
      if (handle.isCancelRequested) execution.cancel('the goal was canceled');
    }, POLL_PERIOD_MS);
    try {
      return await execution.run(request);
    } catch (error) {
      // A camera or a model failed: nothing knows any more whether the motion is right.
      this.#node.hold();
      return { end: 'failed', summary: errorMessage(error) };
    } finally {
      clearInterval(timer);
      this.#active = undefined;
    }
  }

  #report(event: PlanProgress, publishFeedback: PublishFeedback): void {
    const text = progressInWords(event);
    if (text === undefined) return;
    this.#session.log.info(text);
    if (event.kind === 'say') this.#node.answer(event.text);
    const step = 'index' in event ? event.index : NO_STEP;
    publishFeedback({ step, state: event.kind, text });
  }
}
