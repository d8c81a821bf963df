import type { Robot } from '@praxis/core';
import { Subscription } from 'rxjs';
import type { Supervisor } from './supervisor.ts';

/** Passes every sample of a robot to a supervisor, and reports streams that end, until it is unsubscribed. */
export function watchStreams(robot: Robot, supervisor: Supervisor): Subscription {
  const { clock } = robot;
  const subscription = new Subscription();
  for (const { name } of robot.spec.streams) {
    subscription.add(
      robot.stream(name).subscribe({
        next: (sample) => supervisor.acceptSample(name, sample, clock.now()),
        error: (error: unknown) => supervisor.reportStreamEnd(name, String(error)),
        complete: () => supervisor.reportStreamEnd(name, 'it is complete'),
      }),
    );
  }
  return subscription;
}
