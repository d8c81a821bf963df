import type { QueueState } from '@praxis/safety';
import { type DiagnosticStatus, MessageError } from '@praxis/wire';

/** Topic of the instructions to the policy. */
export const INSTRUCTION_TOPIC = 'instruction';
/**
 * Topic of the verdict on the instruction in force: `running`, `success`, `failure`, or `no_verdict` when it is no goal of the
 * scene. The simulator publishes it.
 */
export const VERDICT_TOPIC = 'verdict';

/** Topic of the answers to instructions and commands in words. */
export const ANSWER_TOPIC = 'say';

/** Topic of recognised speech, from the speech node to the teleoperation node. */
export const TRANSCRIPT_TOPIC = 'transcript';

/** Topic of the supervisor's state, in the same namespace. */
export const STATE_TOPIC = 'supervisor_node/state';
/** Topic from the supervisor to the arm's brakes: false closes them. */
export const POWER_TOPIC = 'power';

/**
 * Topic of the heartbeat from the policy's node to the supervisor. `name` is the live process, `message` the state of the
 * chunk scheduler's queue; the value `reads` names the streams that move the arm now, separated by spaces.
 */
export const HEARTBEAT_TOPIC = 'heartbeat';
/** Type of the heartbeat's messages. */
export const HEARTBEAT_TYPE = 'diagnostic_msgs/msg/DiagnosticStatus';

/** Key of the streams that the policy reads, in a heartbeat. */
const READS_KEY = 'reads';

/** The heartbeat message for a state of the queue. @param reads names of the streams that the policy reads */
export const heartbeatOf = (queue: QueueState, reads: readonly string[]): DiagnosticStatus => ({
  level: 0,
  name: 'policy',
  message: queue,
  hardware_id: '',
  values: [{ key: READS_KEY, value: reads.join(' ') }],
});

/** The state of the queue in a heartbeat. @throws {MessageError} when it is not a heartbeat of the policy. */
export function queueOf({ name, message }: DiagnosticStatus): QueueState {
  if (name !== 'policy') throw new MessageError(`heartbeat of ${JSON.stringify(name)}, expected policy`);
  if (message === 'filled' || message === 'empty' || message === 'unknown') return message;
  throw new MessageError(`heartbeat: queue ${JSON.stringify(message)}, expected filled, empty or unknown`);
}

/** The streams that the policy reads, in its heartbeat; `all` when it does not say. */
export function readsOf({ values }: DiagnosticStatus): readonly string[] | 'all' {
  const reads = values.find(({ key }) => key === READS_KEY)?.value;
  return reads === undefined ? 'all' : reads.split(' ').filter((name) => name !== '');
}
