import { type DiagnosticStatus, MessageError } from '@praxis/wire';

/** Topic of the instructions to the policy. */
export const INSTRUCTION_TOPIC = 'instruction';
/** Topic of the verdict on the task, `success` or `failure`. The simulator publishes it. */
export const VERDICT_TOPIC = 'verdict';

/** Topic of recognised speech, from the speech node to the teleoperation node. */
export const TRANSCRIPT_TOPIC = 'transcript';

/** Topic from the supervisor to the arm's brakes: false closes them. */
export const POWER_TOPIC = 'power';

/**
 * Topic of the heartbeat from the policy's node to the supervisor. `name` is the live process, `message` the state of the
 * chunk scheduler's queue.
 */
export const HEARTBEAT_TOPIC = 'heartbeat';
/** Type of the heartbeat's messages. */
export const HEARTBEAT_TYPE = 'diagnostic_msgs/msg/DiagnosticStatus';

/** State of the chunk scheduler's queue: `filled` when it has an action for the current time. */
export type QueueReport = 'filled' | 'empty' | 'unknown';

/** The heartbeat message for a state of the queue. */
export const heartbeatOf = (queue: QueueReport): DiagnosticStatus => ({
  level: 0,
  name: 'policy',
  message: queue,
  hardware_id: '',
  values: [],
});

/** The state of the queue in a heartbeat. @throws {MessageError} when it is not a heartbeat of the policy. */
export function queueOf({ name, message }: DiagnosticStatus): QueueReport {
  if (name !== 'policy') throw new MessageError(`heartbeat of ${JSON.stringify(name)}, expected policy`);
  if (message === 'filled' || message === 'empty' || message === 'unknown') return message;
  throw new MessageError(`heartbeat: queue ${JSON.stringify(message)}, expected filled, empty or unknown`);
}
