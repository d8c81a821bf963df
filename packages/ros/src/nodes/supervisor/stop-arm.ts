import { filter, firstValueFrom, timeout } from 'rxjs';
import type { SupervisorRunner } from './supervisor-runner.ts';

/** Longest time (ms) of a stop at shutdown. A stop ends with closed brakes, at the latest `stops.brakeTimeout` after its path. */
const STOP_TIMEOUT_MS = 4000;

/**
 * Stops the arm under control before its supervisor ends: a protective stop along its path, then the brakes close. From the
 * call on the runner refuses a start and a reset. The runner must tick until the end.
 * @param now the supervisor's clock (s)
 * @returns after the brakes have closed; at once when the supervisor does not move the arm
 * @throws {TimeoutError} when the brakes stay open
 */
export async function stopArm(runner: SupervisorRunner, now: number): Promise<void> {
  const { supervisor, powered } = runner;
  const { state } = supervisor;
  runner.shutDown();
  if (state === 'idle') return;
  const brakesClose = supervisor.events$.pipe(filter(({ cause }) => cause === 'power_off'));
  const closed = firstValueFrom(brakesClose.pipe(timeout(STOP_TIMEOUT_MS)));
  supervisor.protectiveStop(now, 'the supervisor shuts down');
  // Before the start another program may move the arm; an arm behind its brakes stands.
  if (state === 'ready' || !powered) {
    closed.catch(() => undefined);
    return;
  }
  await closed;
}
