import { filter, firstValueFrom, scan, timeout } from 'rxjs';
import type { SupervisorRunner } from './supervisor-runner.ts';

/** Longest time (ms) of a stop at shutdown. A stop ends with closed brakes, at the latest `stops.brakeTimeout` after its path. */
const STOP_TIMEOUT_MS = 4000;

/**
 * Stops the robot under control before its supervisors end: a protective stop of each group along its path, then its brakes close. From
 * the call on the runner refuses a start and a reset. The runner must tick until the end.
 * @param now the supervisors' clock (s)
 * @returns after the brakes have closed; at once when the supervisors do not move the robot
 * @throws {TimeoutError} when brakes stay open
 */
export async function stopArm(runner: SupervisorRunner, now: number): Promise<void> {
  const { linked, poweredGroups } = runner;
  const { state, events$ } = linked.view;
  runner.shutDown();
  if (state === 'idle') return;
  const brakesClose = events$.pipe(
    filter(({ cause }) => cause === 'power_off'),
    scan((count) => count + 1, 0),
    filter((count) => count >= poweredGroups.length),
  );
  const closed = firstValueFrom(brakesClose.pipe(timeout(STOP_TIMEOUT_MS)));
  linked.protectiveStop(now, 'the supervisor shuts down');
  // Before the start another program may move the robot; one behind its brakes stands.
  if (state === 'ready' || poweredGroups.length === 0) {
    closed.catch(() => undefined);
    return;
  }
  await closed;
}
