import { ProcessPolicy } from '@praxis/policy/node';
import type { NodePolicy } from '../project/project.ts';
import type { RosSession } from '../rcl/session.ts';
import { HEARTBEAT_TOPIC, HEARTBEAT_TYPE, heartbeatOf } from '../robot/node-topics.ts';
import { publish } from '../streams/session-topics.ts';
import type { NodeLoop } from './node-loop.ts';

/** Period of the policy process's heartbeat (ms). */
const HEARTBEAT_PERIOD_MS = 10;

/** Options of {@link openPolicy}. */
export interface OpenPolicyOptions {
  readonly source: Pick<NodePolicy, 'from' | 'place'>;
  /** Returns the loop that drives the arm. Heartbeats reach the supervisor while it is active and warm. */
  readonly loop: () => NodeLoop | undefined;
  /** Called with the reason after the process ended; the reason is already in the log. */
  readonly onExit?: (reason: string) => void;
}

/**
 * Starts the policy in a process of its own and forwards its heartbeat to the supervisor until the node closes.
 * @throws {PolicyError} when it does not load; {InputError} when its module is no policy.
 */
export async function openPolicy(
  session: RosSession,
  { source, loop: activeLoop, onExit: onProcessExit }: OpenPolicyOptions,
): Promise<ProcessPolicy> {
  const { log } = session;
  const heartbeat = publish(session, HEARTBEAT_TYPE, HEARTBEAT_TOPIC, 'event');
  const policy = await ProcessPolicy.open(source.from, {
    heartbeat: {
      periodMs: HEARTBEAT_PERIOD_MS,
      onBeat: () => {
        const loop = activeLoop();
        if (loop?.active && loop.warmedUp) heartbeat.publish(heartbeatOf(loop.queue));
      },
      onExit: (reason) => {
        const line = `the process of the policy ${reason}`;
        log.error(line);
        onProcessExit?.(line);
      },
    },
  });
  log.info(`policy ${policy.spec.name} from ${source.place}`);
  return policy;
}
