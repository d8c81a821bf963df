import { ProcessPolicy } from '@praxis/policy/node';
import type { RosSession } from '../rcl/session.ts';
import { HEARTBEAT_TOPIC, HEARTBEAT_TYPE, heartbeatOf } from '../robot/node-topics.ts';
import { publish } from '../streams/session-topics.ts';
import type { NodeLoop } from './node-loop.ts';

/** ms between two beats of the policy's process. */
const HEARTBEAT_PERIOD_MS = 10;

export interface OpenPolicyOptions {
  /** Of the policy. */
  readonly folder: string;
  /** Whatever drives the arm now: the supervisor hears beats while that is active and warm. */
  readonly loop: () => NodeLoop | undefined;
  /** The process has ended, and why; the log has it already. */
  readonly onExit?: (why: string) => void;
}

/**
 * The policy of a node in a process of its own, whose heartbeat goes to the supervisor until the node ends.
 * @throws {PolicyError} when it does not load.
 */
export async function openPolicy(
  session: RosSession,
  { folder, loop: driver, onExit: onEnd }: OpenPolicyOptions,
): Promise<ProcessPolicy> {
  const { log } = session;
  const heartbeat = publish(session, HEARTBEAT_TYPE, HEARTBEAT_TOPIC, 'event');
  const policy = await ProcessPolicy.open(folder, {
    heartbeat: {
      period: HEARTBEAT_PERIOD_MS,
      onBeat: () => {
        const driven = driver();
        if (driven?.active && driven.warmedUp) heartbeat.publish(heartbeatOf(driven.queue));
      },
      onExit: (why) => {
        const line = `the process of the policy ${why}`;
        log.error(line);
        onEnd?.(line);
      },
    },
  });
  log.info(`policy ${policy.spec.name} from ${folder}`);
  return policy;
}
