import { SimulatedClock } from '@praxis/core';
import { QUEUE_STATES, type SafetyEvent } from '@praxis/safety';
import { ARM_LAYOUT, HOME_JOINTS_RAD } from '@praxis/sim';
import { describe, expect, it } from 'vitest';
import { CONTROL_PERIOD_S } from '../../robot/command-topic.ts';
import { praxisArmGroup } from '../../testing/praxis-arm.ts';
import { OUTPUT_TIMEOUT_S } from './blocked-output.ts';
import { rosEnds, shareChannels } from './shared-channels.ts';
import { SupervisorLoop } from './supervisor-loop.ts';
import type { PostedEvent, SupervisorSetup } from './supervisor-service.ts';

const TOPIC = '/forward_position_controller/commands';
const JOINTS = ARM_LAYOUT.joints.length;

/** A supervisor's loop and the thread of ROS beside it, in one thread on a simulated clock. */
class Threads {
  readonly clock = new SimulatedClock(1000);
  readonly events: SafetyEvent[] = [];
  readonly power: boolean[] = [];
  /** Targets that were published. */
  readonly published: Float64Array[] = [];
  /** What the thread of ROS does. */
  ros: 'publishes' | 'blocks in publish' | 'is busy' = 'publishes';
  readonly ends: ReturnType<typeof rosEnds>;
  readonly loop: SupervisorLoop;
  readonly position = Float64Array.from(HOME_JOINTS_RAD);

  constructor(autoStart = false) {
    const { model, streams, group } = praxisArmGroup('not watched');
    const channels = shareChannels(streams, [{ name: group.name, size: JOINTS }]);
    this.ends = rosEnds(channels);
    const setup: SupervisorSetup = { model, groups: [group], autoStart, outputName: TOPIC, channels };
    const now = () => this.clock.now();
    // A worker gets a copy.
    this.loop = new SupervisorLoop(
      structuredClone(setup),
      this.clock,
      (name, value) => {
        if (name === 'safety') this.events.push((value as PostedEvent).event);
        if (name === 'power') this.power.push((value as { power: boolean }).power);
        if (name === 'error') throw new Error(value as string);
      },
      now,
    );
  }

  get supervisor() {
    const { runner } = this.loop;
    return {
      state: runner.linked.view.state,
      start: (now: number) => runner.start(now),
      reset: (now: number) => runner.reset(now),
    };
  }

  run(seconds: number): void {
    for (let k = Math.round(seconds / CONTROL_PERIOD_S); k > 0; k--) this.#step();
  }

  beat(): void {
    const now = this.clock.now();
    this.ends.heartbeats.send({ value: Float64Array.of(QUEUE_STATES.indexOf('filled')), stamp: now, received: now });
  }

  #step(): void {
    this.clock.advance(CONTROL_PERIOD_S);
    const now = this.clock.now();
    const names = [...ARM_LAYOUT.joints, ...ARM_LAYOUT.fingers];
    const value = {
      names,
      position: Float64Array.of(...this.position, 0.02, 0.02),
      velocity: new Float64Array(names.length),
    };
    this.ends.samples.get('joints')!.send({ value, stamp: now, received: now });
    this.ends.commands.get('arm')!.send({ value: Float64Array.of(...this.position, 0.04), stamp: now, received: now });
    this.loop.tick(now, true);
    this.ends.progress.publishing = this.ros === 'blocks in publish';
    if (this.ros !== 'publishes') return;
    const targets = this.ends.targets.get('arm')!;
    for (let target = targets.next(); target; target = targets.next()) {
      const numbers = target.value as Float64Array;
      this.ends.progress.published = numbers[0];
      this.published.push(numbers.slice(1, 1 + JOINTS));
    }
  }
}

const running = (): Threads => {
  const threads = new Threads();
  threads.run(0.1);
  expect(threads.supervisor.start(threads.clock.now())).toEqual({ ok: true });
  threads.run(0.1);
  expect(threads.supervisor.state).toBe('running');
  return threads;
};

describe('SupervisorLoop', () => {
  it('gets samples and commands through the memory and leaves one target a period there', () => {
    const threads = running();
    expect(threads.power).toEqual([true]);
    expect(threads.published).toHaveLength(50);
    expect([...threads.published.at(-1)!]).toEqual([...HOME_JOINTS_RAD]);
    expect(threads.ends.progress.timing).toEqual({ count: 99, lateCount: 0, longestDelayS: 0 });
    expect(threads.ends.progress.ticks).toBe(100);
  });

  it('starts the arm by itself at the first heartbeat', () => {
    const threads = new Threads(true);
    threads.run(0.1);
    expect(threads.supervisor.state).toBe('ready');
    threads.beat();
    threads.run(CONTROL_PERIOD_S);
    expect(threads.supervisor.state).toBe('running');
  });

  it.each([
    ['blocks in publish', `publish on ${TOPIC} has blocked for 36 ms in the middleware`],
    ['is busy', `the thread of ROS has been busy for 36 ms: no target left for ${TOPIC}`],
  ] as const)('goes on and holds the arm while the thread of ROS %s, and says so', (ros, message) => {
    const threads = running();
    threads.ros = ros;
    const before = threads.ends.progress.ticks;
    threads.run(OUTPUT_TIMEOUT_S);
    expect(threads.supervisor.state).toBe('running');
    threads.run(0.3);
    expect(threads.ends.progress.ticks).toBe(before + 168);
    expect(threads.events.filter(({ to, from }) => to !== from).at(-1)).toMatchObject({
      from: 'running',
      to: 'hold',
      cause: 'output_blocked',
      message,
    });
    expect(threads.supervisor.reset(threads.clock.now())).toMatchObject({ ok: false });
    threads.ros = 'publishes';
    threads.run(0.5);
    expect(threads.supervisor.reset(threads.clock.now())).toEqual({ ok: true });
    expect(threads.supervisor.start(threads.clock.now())).toEqual({ ok: true });
  });

  it('does not mistake a late period of its own for a blocked thread of ROS', () => {
    const threads = running();
    threads.clock.advance(0.05);
    threads.run(0.1);
    expect(threads.events.filter(({ cause }) => cause === 'output_blocked')).toEqual([]);
  });
});
