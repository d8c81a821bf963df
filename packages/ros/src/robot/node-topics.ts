import { type DiagnosticStatus, MessageError } from '@praxis/wire';

/** What a policy is told to do; what became of it (`success` or `failure`), from whoever can tell: the simulator does. */
export const INSTRUCTION_TOPIC = 'instruction';
export const VERDICT_TOPIC = 'verdict';

/** What was understood of speech, and from there to whoever obeys. */
export const TRANSCRIPT_TOPIC = 'transcript';

/** From the supervisor to whoever has the arm's brakes: false closes them. */
export const POWER_TOPIC = 'power';

/**
 * From the policy's node to the supervisor, as diagnostic status: the policy's process is alive (`name`), and whether the chunk
 * scheduler has an action for now (`message`).
 */
export const HEARTBEAT_TOPIC = 'heartbeat';
export const HEARTBEAT_TYPE = 'diagnostic_msgs/msg/DiagnosticStatus';

export type QueueReport = 'filled' | 'empty' | 'unknown';

export const heartbeatOf = (queue: QueueReport): DiagnosticStatus => ({
  level: 0,
  name: 'policy',
  message: queue,
  hardware_id: '',
  values: [],
});

/** @throws {MessageError} for a heartbeat of somebody else's. */
export function queueOf({ name, message }: DiagnosticStatus): QueueReport {
  if (name !== 'policy') throw new MessageError(`heartbeat of ${JSON.stringify(name)}, expected policy`);
  if (message === 'filled' || message === 'empty' || message === 'unknown') return message;
  throw new MessageError(`heartbeat: queue ${JSON.stringify(message)}, expected filled, empty or unknown`);
}
