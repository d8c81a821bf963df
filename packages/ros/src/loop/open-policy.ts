import { type HeartbeatOptions, ProcessPolicy } from '@praxis/policy/node';
import type { NodePolicy } from '../project/project.ts';
import type { RosSession } from '../rcl/session.ts';
import { HEARTBEAT_TOPIC, HEARTBEAT_TYPE, heartbeatOf } from '../robot/node-topics.ts';
import { publish } from '../streams/session-topics.ts';
import type { NodeLoop } from './node-loop.ts';
import { PolicyKeeper } from './policy-keeper.ts';

/** Period of the policy process's heartbeat (ms). */
const HEARTBEAT_PERIOD_MS = 10;

/** Options of {@link openPolicy}. */
export interface OpenPolicyOptions {
  readonly source: Pick<NodePolicy, 'from' | 'place'>;
  /** Returns the loop that drives the arm. Heartbeats reach the supervisor while it is active and warm. */
  readonly loop: () => NodeLoop | undefined;
  /** Called with the reason when the process has ended; the reason is already in the log. */
  readonly onLost?: (reason: string) => void;
  /** Called when the process runs again. */
  readonly onBack?: () => void;
}

/**
 * Starts the policy in a process of its own and forwards its heartbeat to the supervisor until the node closes. A process that
 * ends is started again; where that fails, the node ends with status 1, so that a launch file can start it again.
 * @throws {PolicyError} when it does not load; {InputError} when its module is no policy.
 */
export async function openPolicy(
  session: RosSession,
  { source, loop: activeLoop, onLost, onBack }: OpenPolicyOptions,
): Promise<PolicyKeeper> {
  const { log } = session;
  const heartbeat = publish(session, HEARTBEAT_TYPE, HEARTBEAT_TOPIC, 'event');
  const start = (handlers: Omit<HeartbeatOptions, 'periodMs'>): Promise<ProcessPolicy> =>
    ProcessPolicy.open(source.from, { heartbeat: { periodMs: HEARTBEAT_PERIOD_MS, ...handlers } });
  const policy = await PolicyKeeper.open(start, {
    onBeat: () => {
      const loop = activeLoop();
      if (loop?.active && loop.warmedUp) heartbeat.publish(heartbeatOf(loop.queue, loop.reads));
    },
    onLost: (reason) => {
      log.error(`${reason}; it is started again`);
      activeLoop()?.policyLost();
      onLost?.(reason);
    },
    onBack: () => {
      log.info(`policy ${policy.spec.name} runs again`);
      activeLoop()?.policyBack();
      onBack?.();
    },
    onGivenUp: (reason) => void session.fail(reason, 1),
  });
  log.info(`policy ${policy.spec.name} from ${source.place}`);
  return policy;
}
