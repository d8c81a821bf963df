import { errorMessage } from '@praxis/core';
import { secondsOf, timeOf } from '@praxis/wire';
import { type PublishFeedback, serveAction } from '../../rcl/serve-action.ts';
import type { RosSession } from '../../rcl/session.ts';
import type { RclGoalHandle } from '../../rcl/types.ts';
import { GoalMonitor } from './goal-monitor.ts';

/** Type of the action. The ament build generates it from packages/ros/action. */
export const ACTION_TYPE = 'praxis/action/Instruct';
/** Time between two checks of a goal (ms). */
const POLL_PERIOD_MS = 50;
/** Checks between two feedback messages: 5 Hz. */
const POLLS_PER_FEEDBACK = 4;

interface InstructGoal {
  readonly instruction: string;
  readonly timeout: { readonly sec: number; readonly nanosec: number };
}

/** The functions that the action calls on its node. */
export interface InstructedNode {
  /** State of the supervisor. */
  readonly supervisor: string;
  /**
   * Tool pose of the first arm `[x, y, z, qx, qy, qz, qw]` (m, `baseFrame`); undefined while it is unknown or the node is not active, and
   * without an arm.
   */
  readonly toolPose: Float64Array | undefined;
  /** Where everything is that moves, see {@link GoalObservation.places}; undefined while it is unknown. */
  readonly places: readonly number[] | undefined;
  readonly baseFrame: string;
  /** The reason why the node cannot accept a goal now; undefined when it can. */
  refusal(): string | undefined;
  /**
   * Decides whether the policy may have an instruction.
   * @returns the instruction as the policy gets it
   * @throws {MessageError} with the reason for which it may not
   */
  admit(text: string): string;
  /** Passes an admitted instruction to the policy. */
  instruct(text: string): void;
  /** Tells people what becomes of their instruction. */
  answer(text: string): void;
  /** Holds the arm at its target until the next instruction. */
  pausePolicy(): void;
}

/** Options of {@link InstructAction}. */
export interface InstructOptions {
  /** Timeout (s) of goals that name none. */
  readonly timeout: number;
  /** A goal is done after the tool was at rest for this long (s). */
  readonly restTime: number;
}

interface ActiveGoal {
  readonly monitor: GoalMonitor;
  /** Reason to end the goal at the next check. */
  end: string | undefined;
}

/**
 * Serves the action "follow this instruction until it is done", with feedback. One goal is active at a time: a new goal
 * replaces the previous one. A canceled goal leaves the arm at its target.
 */
export class InstructAction {
  readonly #session: RosSession;
  readonly #node: InstructedNode;
  readonly #options: InstructOptions;
  #activeGoal: ActiveGoal | undefined;

  constructor(session: RosSession, node: InstructedNode, options: InstructOptions) {
    this.#session = session;
    this.#node = node;
    this.#options = options;
    serveAction<InstructGoal>(session, {
      type: ACTION_TYPE,
      name: '~/instruct',
      textOf: ({ instruction }) => instruction,
      refusal: ({ instruction }) => this.#refusal(instruction),
      answer: (refusal) => node.answer(refusal),
      execute: (handle, publishFeedback) => this.#execute(handle, publishFeedback),
      end: (reason) => this.end(reason),
    });
  }

  /** @param verdict `success` or `failure`: ends the active goal */
  reportVerdict(verdict: string): void {
    this.#activeGoal?.monitor.reportVerdict(verdict);
  }

  /** Ends the active goal at its next check, as aborted. @param reason outcome of the goal */
  end(reason: string): void {
    if (this.#activeGoal) this.#activeGoal.end ??= reason;
  }

  /** Aborts the active goal as replaced; its end does not pause the policy, which another instruction drives. */
  replace(): void {
    this.end('replaced');
    this.#activeGoal = undefined;
  }

  /** The reason for which a goal is rejected; undefined when it is accepted. */
  #refusal(instruction: string): string | undefined {
    try {
      // Before the state of the node: a stop word stops the arm in any state.
      this.#node.admit(instruction);
      return this.#node.refusal();
    } catch (error) {
      return errorMessage(error);
    }
  }

  async #execute(handle: RclGoalHandle<InstructGoal>, publishFeedback: PublishFeedback): Promise<object> {
    const { clock, log } = this.#session;
    const { instruction, timeout } = handle.request;
    const begin = clock.now();
    const requestedTimeout = secondsOf(timeout);
    const monitor = new GoalMonitor({
      begin,
      timeout: requestedTimeout > 0 ? requestedTimeout : this.#options.timeout,
      restTime: this.#options.restTime,
    });
    this.replace();
    const current: ActiveGoal = { monitor, end: undefined };
    this.#activeGoal = current;
    this.#node.instruct(this.#node.admit(instruction));
    const outcome = await this.#waitForEnd(handle, current, () => publishFeedback(this.#feedback(begin)));
    if (this.#activeGoal === current) {
      this.#activeGoal = undefined;
      this.#node.pausePolicy();
    }
    log.info(`instruction "${instruction}": ${outcome} after ${(clock.now() - begin).toFixed(1)} s`);
    return { outcome, elapsed: timeOf(clock.now() - begin) };
  }

  /** Waits for the end of the goal and sets the status of its handle. @returns the outcome */
  async #waitForEnd(
    handle: RclGoalHandle<InstructGoal>,
    current: ActiveGoal,
    reportProgress: () => void,
  ): Promise<string> {
    for (let polls = 0; ; polls++) {
      await new Promise((resolve) => setTimeout(resolve, POLL_PERIOD_MS));
      const now = this.#session.clock.now();
      const { supervisor, places } = this.#node;
      if (handle.isCancelRequested) {
        handle.canceled();
        return 'canceled';
      }
      const end =
        current.end === undefined
          ? current.monitor.check({ now, supervisor, places })
          : ({ status: 'aborted', outcome: current.end } as const);
      if (end) {
        if (end.status === 'succeeded') handle.succeed();
        else handle.abort();
        return end.outcome;
      }
      if (polls % POLLS_PER_FEEDBACK === 0) reportProgress();
    }
  }

  /** Fields of the feedback of a goal that began at this time (s). */
  #feedback(begin: number): object {
    const { supervisor, toolPose, baseFrame } = this.#node;
    const [x, y, z, qx, qy, qz, qw] = toolPose ?? [0, 0, 0, 0, 0, 0, 1];
    const now = this.#session.clock.now();
    return {
      supervisor,
      elapsed: timeOf(now - begin),
      tool: {
        header: { stamp: timeOf(now), frame_id: toolPose ? baseFrame : '' },
        pose: { position: { x, y, z }, orientation: { x: qx, y: qy, z: qz, w: qw } },
      },
    };
  }
}
