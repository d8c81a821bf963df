import { SimulatedClock } from '@praxis/core';
import type { RosSession } from '../rcl/session.ts';
import type { RclGoalHandle } from '../rcl/types.ts';
import { FakeNode } from './fake-node.ts';

/** A goal that a client has sent. */
interface SentGoal {
  /** Feedbacks, oldest first. */
  readonly feedbacks: readonly object[];
  /** The result and the status of the goal; the status `rejected` alone for one that was not accepted. */
  readonly ended: Promise<object>;
  cancel(): void;
}

/** A session whose node serves one action, and the client of the action, for tests without ROS 2. */
export function actionClient<Goal>() {
  const { rcl, node, lines } = new FakeNode();
  let execute: (handle: RclGoalHandle<Goal>) => Promise<object>;
  let onGoal: (goal: Goal) => string;
  class ActionServer {
    constructor(...[, , , run, judge]: [unknown, string, string, typeof execute, typeof onGoal]) {
      execute = run;
      onGoal = judge;
    }
    destroy() {}
  }
  const message = class {};
  const session = {
    rcl: {
      ...rcl,
      ActionServer,
      GoalResponse: { ACCEPT: 'accept', REJECT: 'reject' },
      CancelResponse: { ACCEPT: 'accept' },
      require: () => ({ Result: message, Feedback: message }),
    },
    node,
    log: node.getLogger(),
    clock: new SimulatedClock(100),
    onClose() {},
  } as unknown as RosSession;
  const send = (request: Goal): SentGoal => {
    const feedbacks: object[] = [];
    let status = 'executing';
    const set = (ended: string) => () => {
      status = ended;
    };
    const handle = {
      request,
      isCancelRequested: false,
      execute() {},
      publishFeedback: (feedback: object) => void feedbacks.push(feedback),
      succeed: set('succeeded'),
      abort: set('aborted'),
      canceled: set('canceled'),
    };
    const end = async (): Promise<object> => {
      if (onGoal(request) === 'reject') return { status: 'rejected' };
      const result = await execute(handle);
      return { ...result, status };
    };
    const cancel = () => {
      handle.isCancelRequested = true;
    };
    return { feedbacks, ended: end(), cancel };
  };
  return { session, lines, send };
}
