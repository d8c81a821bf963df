import type { RosSession } from './session.ts';
import type { RclGoalHandle } from './types.ts';

/** Sends a feedback of a goal to its client. @param fields fields of the feedback message */
export type PublishFeedback = (fields: object) => void;

/** How a node serves an action. */
export interface ServedAction<Goal> {
  /** Type of the action: `package/action/Name`. */
  readonly type: string;
  /** Name of the action; `~/` stands for the node. */
  readonly name: string;
  /** The request of a goal in words, for the log. */
  textOf(goal: Goal): string;
  /** The reason for which a goal is rejected; undefined when it is accepted. */
  refusal(goal: Goal): string | undefined;
  /** Tells people why their goal is rejected. */
  answer(refusal: string): void;
  /**
   * Executes an accepted goal until its end, by a cancellation too, and sets the status of its handle.
   * @returns the fields of the result
   */
  execute(handle: RclGoalHandle<Goal>, publishFeedback: PublishFeedback): Promise<object>;
  /** Ends the goals that are being executed. @param reason in words */
  end(reason: string): void;
}

/**
 * Serves an action until the node closes. Every cancellation is accepted.
 * @throws {Error} where the type of the action was not built
 */
export function serveAction<Goal>(session: RosSession, action: ServedAction<Goal>): void {
  const { rcl, log } = session;
  const { GoalResponse, CancelResponse } = rcl;
  const server = new rcl.ActionServer<Goal>(
    session.node,
    action.type,
    action.name,
    async (handle) => {
      const { Result, Feedback } = rcl.require(action.type);
      const fields = await action.execute(handle, (feedback) =>
        handle.publishFeedback(Object.assign(new Feedback(), feedback)),
      );
      return Object.assign(new Result(), fields);
    },
    (goal) => {
      const refusal = action.refusal(goal);
      if (refusal === undefined) return GoalResponse.ACCEPT;
      log.warn(`goal "${action.textOf(goal)}" refused: ${refusal}`);
      action.answer(refusal);
      return GoalResponse.REJECT;
    },
    (handle) => handle.execute(),
    () => CancelResponse.ACCEPT,
  );
  session.onClose(() => {
    action.end('the node shuts down');
    server.destroy();
  });
}
