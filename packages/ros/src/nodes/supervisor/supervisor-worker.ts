import { readlinkSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { InputError, portTransport, serve } from '@praxis/core';
import { RosClock } from '../../rcl/ros-clock.ts';
import { everyPeriod } from '../../rcl/ticker.ts';
import { CONTROL_PERIOD_S } from '../../robot/command-topic.ts';
import { stopArm } from './stop-arm.ts';
import { SupervisorLoop } from './supervisor-loop.ts';
import type { SupervisorService, SupervisorSetup } from './supervisor-service.ts';

// The program of the thread of the supervisor.
if (!parentPort) throw new InputError('supervisor: it runs in the main thread, expected a worker thread');

/** The link names the calling thread: PID/task/TID. Only Linux has it. */
function threadId(): number {
  try {
    return Number(readlinkSync('/proc/thread-self').split('/').at(-1));
  } catch {
    return 0;
  }
}

serve<SupervisorService>(portTransport(parentPort), (emit) => {
  const clock = new RosClock();
  const now = (): number => clock.now();
  const { runner, tick } = new SupervisorLoop(workerData as SupervisorSetup, clock, emit);
  const { linked } = runner;
  const stopTicking = everyPeriod(now, CONTROL_PERIOD_S, tick);
  return {
    info: { threadId: threadId() },
    methods: {
      start: () => runner.start(now()),
      reset: () => runner.reset(now()),
      hold: (why) => linked.hold(now(), why),
      protectiveStop: (why) => linked.protectiveStop(now(), why),
      emergencyStop: (why) => linked.emergencyStop(now(), why),
      tare: () => runner.tare(),
      acceptSample: ({ stream, sample }) => runner.acceptSample(stream, sample, sample.received),
      needStreams: (streams) => linked.view.needStreams(streams),
      shutDown(_, { releaseQueue }) {
        releaseQueue();
        return stopArm(runner, now());
      },
    },
    close() {
      stopTicking();
      runner.close();
    },
  };
});
