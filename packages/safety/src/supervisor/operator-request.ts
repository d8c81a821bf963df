import type { RequestResult } from './options.ts';
import type { Supervisor } from './supervisor.ts';

/**
 * A request of a person. `hold` stops and keeps the drives powered. `stop` is a protective stop. `reset` ends a stop, and `start` then lets
 * commands through again; `resetAndStart` does both.
 */
export type OperatorRequest = 'hold' | 'stop' | 'reset' | 'start' | 'resetAndStart';

/** True for a request that lets commands through again if it succeeds. */
export const letsCommandsThrough = (request: OperatorRequest): boolean =>
  request === 'start' || request === 'resetAndStart';

/** Passes a request to a supervisor at `now` (s). It returns the reason when the supervisor refuses it. */
export function passRequest(supervisor: Supervisor, request: OperatorRequest, now: number): RequestResult {
  if (request === 'hold') return supervisor.hold(now, 'hold requested');
  if (request === 'stop') return supervisor.protectiveStop(now, 'stop requested');
  if (request === 'reset') return supervisor.reset(now);
  if (request === 'start') return supervisor.start(now);
  const reset = resetIfStopped(supervisor, now);
  return reset.ok ? supervisor.start(now) : reset;
}

/** Resets a supervisor at `now` (s) unless it is ready. */
export const resetIfStopped = (supervisor: Supervisor, now: number): RequestResult =>
  supervisor.state === 'ready' ? { ok: true } : supervisor.reset(now);
