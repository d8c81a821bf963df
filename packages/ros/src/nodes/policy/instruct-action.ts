import { secondsOf, timeOf } from '@praxis/wire';
import type { RosSession } from '../../rcl/session.ts';
import type { RclGoalHandle } from '../../rcl/types.ts';
import { GoalMonitor } from './goal-monitor.ts';

/** Made from packages/ros/action where the repository is built as an ament package. */
export const ACTION_TYPE = 'praxis/action/Instruct';
const ACTION_NAME = '~/instruct';
/** ms between two looks at a goal, and looks between two feedbacks. */
const POLL_PERIOD_MS = 50;
const POLLS_PER_FEEDBACK = 4;

interface InstructGoal {
  readonly instruction: string;
  readonly timeout: { readonly sec: number; readonly nanosec: number };
}

/** What the action asks of the node that offers it. */
export interface InstructedNode {
  /** State of the supervisor. */
  readonly supervisor: string;
  /** `[x, y, z, qx, qy, qz, qw]` in `baseFrame`; undefined while it is unknown or the node is not active. */
  readonly toolPose: Float64Array | undefined;
  readonly baseFrame: string;
  /** Why no goal can be taken now; undefined when one can. */
  refusal(): string | undefined;
  /** Hands the instruction to the policy. */
  instruct(text: string): void;
  /** Leaves the arm where it is until there is another instruction. */
  pausePolicy(): void;
}

export interface InstructOptions {
  /** s: for goals that name none. */
  readonly timeout: number;
  /** s. */
  readonly restTime: number;
}

interface ActiveGoal {
  readonly monitor: GoalMonitor;
  /** Why it is to end now. */
  end: string | undefined;
}

/**
 * Offers the action "do this instruction until it is done": one goal at a time, of which the newest counts; with feedback; a
 * goal that is canceled leaves the arm where it is.
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
    const { rcl, log } = session;
    const { GoalResponse, CancelResponse } = rcl;
    const server = new rcl.ActionServer(
      session.node,
      ACTION_TYPE,
      ACTION_NAME,
      (handle) => this.#execute(handle as RclGoalHandle<InstructGoal>),
      ({ instruction }: InstructGoal) => {
        const refusal = instruction.trim() === '' ? 'no instruction' : node.refusal();
        if (refusal !== undefined) log.warn(`goal refused: ${refusal}`);
        return refusal === undefined ? GoalResponse.ACCEPT : GoalResponse.REJECT;
      },
      (handle) => handle.execute(),
      () => CancelResponse.ACCEPT,
    );
    session.onClose(() => {
      if (this.#activeGoal) this.#activeGoal.end = 'the node ends';
      server.destroy();
    });
  }

  /** Somebody says how it went. */
  reportVerdict(verdict: string): void {
    this.#activeGoal?.monitor.reportVerdict(verdict);
  }

  async #execute(handle: RclGoalHandle<InstructGoal>): Promise<object> {
    const { clock, log, rcl } = this.#session;
    const { instruction, timeout } = handle.request;
    const begin = clock.now();
    const requestedTimeout = secondsOf(timeout);
    const monitor = new GoalMonitor({
      begin,
      timeout: requestedTimeout > 0 ? requestedTimeout : this.#options.timeout,
      restTime: this.#options.restTime,
    });
    if (this.#activeGoal) this.#activeGoal.end = 'replaced';
    const current: ActiveGoal = { monitor, end: undefined };
    this.#activeGoal = current;
    this.#node.instruct(instruction);
    const outcome = await this.#waitForEnd(handle, current, begin);
    if (this.#activeGoal === current) {
      this.#activeGoal = undefined;
      this.#node.pausePolicy();
    }
    log.info(`instruction "${instruction}": ${outcome} after ${(clock.now() - begin).toFixed(1)} s`);
    const result = new (rcl.require(ACTION_TYPE).Result)();
    return Object.assign(result, { outcome, elapsed: timeOf(clock.now() - begin) });
  }

  /** Waits for the end, and gives the handle its status. @returns the outcome */
  async #waitForEnd(handle: RclGoalHandle<InstructGoal>, current: ActiveGoal, begin: number): Promise<string> {
    for (let looks = 0; ; looks++) {
      await new Promise((resolve) => setTimeout(resolve, POLL_PERIOD_MS));
      const now = this.#session.clock.now();
      const { supervisor, toolPose } = this.#node;
      if (handle.isCancelRequested) {
        handle.canceled();
        return 'canceled';
      }
      const end =
        current.end === undefined
          ? current.monitor.check({ now, supervisor, tool: toolPose })
          : ({ status: 'aborted', outcome: current.end } as const);
      if (end) {
        if (end.status === 'succeeded') handle.succeed();
        else handle.abort();
        return end.outcome;
      }
      if (looks % POLLS_PER_FEEDBACK === 0) this.#publishFeedback(handle, now, begin);
    }
  }

  #publishFeedback(handle: RclGoalHandle<InstructGoal>, now: number, begin: number): void {
    const { supervisor, toolPose, baseFrame } = this.#node;
    const [x, y, z, qx, qy, qz, qw] = toolPose ?? [0, 0, 0, 0, 0, 0, 1];
    const feedback = new (this.#session.rcl.require(ACTION_TYPE).Feedback)();
    handle.publishFeedback(
      Object.assign(feedback, {
        supervisor,
        elapsed: timeOf(now - begin),
        tool: {
          header: { stamp: timeOf(now), frame_id: toolPose ? baseFrame : '' },
          pose: { position: { x, y, z }, orientation: { x: qx, y: qy, z: qz, w: qw } },
        },
      }),
    );
  }
}
