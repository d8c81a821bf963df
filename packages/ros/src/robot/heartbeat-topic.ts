import { type DiagnosticStatus, MessageError } from '@praxis/wire';

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
