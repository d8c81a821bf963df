import { SimulatedClock } from '@praxis/core';
import { timeOf, wrenchOf, wrenchStampedOf } from '@praxis/wire';
import { describe, expect, it } from 'vitest';
import { SimClock } from '../rcl/stamp-clock.ts';
import { FakeNode } from '../testing/fake-node.ts';
import { Topic } from './topic.ts';

const TYPE = 'geometry_msgs/msg/WrenchStamped';
const START_S = 1_796_000_000;

/** A sensor and a clock of a simulator, whose time is 0 at the start. */
function setUp() {
  const fake = new FakeNode();
  const clock = new SimulatedClock(START_S);
  const stampClock = new SimClock(() => undefined);
  const topic = new Topic({
    ...fake,
    clock,
    stampClock,
    type: TYPE,
    topic: 'wrench',
    qos: 'sensor',
    rateHz: 100,
    read: wrenchOf,
  });
  const samples: { readonly age: number; readonly stamp: number }[] = [];
  topic.stream$.subscribe(({ stamp, received }) => samples.push({ age: received - stamp, stamp }));
  const send = (stamp: number) =>
    fake.receive(TYPE, 'wrench', wrenchStampedOf(new Float64Array(6), { stamp: timeOf(stamp), frame_id: 'ft' }));
  /** Runs the simulator at a speed: its clock at 100 Hz, and before each tick a sample that is 3 ms old by then. */
  const run = (seconds: number, from: number, speed = 1) => {
    for (let k = 1; k <= 100 * seconds; k++) {
      clock.advance(0.01);
      send(from + speed * 0.01 * k - 0.003);
      stampClock.accept(from + speed * 0.01 * k, clock.now());
    }
  };
  return { fake, clock, topic, samples, send, run };
}

describe('a sensor that is stamped with the time of a simulator', () => {
  it('has the age of that clock, as a stamp of the system clock', () => {
    const { run, samples, topic } = setUp();
    run(2, 1);
    expect(topic.counters).toMatchObject({ received: 200, badStamps: 1, passed: 199, missing: 0 });
    for (const { age } of samples) expect(age).toBeCloseTo(0.003, 4);
  });

  it('waits for the first message of the clock, and says for which', () => {
    const { send, samples, topic } = setUp();
    send(5);
    expect(topic.fault).toBe('no message on /clock yet, which use_sim_time names as the clock of the stamps');
    expect(samples).toEqual([]);
  });

  it('has increasing stamps at any speed of the simulator', () => {
    for (const speed of [0.25, 2]) {
      const { run, samples } = setUp();
      run(2, 100, speed);
      expect(samples.length).toBeGreaterThan(190);
      samples.slice(1).forEach(({ stamp }, i) => void expect(stamp).toBeGreaterThan(samples[i].stamp));
      expect(samples.at(-1)!.age).toBeLessThan(0.012);
    }
  });

  it('goes on after a pause of the simulator', () => {
    const { clock, run, samples, topic } = setUp();
    run(1, 1);
    clock.advance(30);
    run(1, 2);
    expect(topic.counters).toMatchObject({ badStamps: 1, passed: 199 });
    expect(samples.at(-1)!.age).toBeCloseTo(0.003, 3);
    expect(samples[100].stamp - samples[98].stamp).toBeCloseTo(30.02, 1);
  });

  it('begins anew when the clock jumps back, as a recording in a loop does', () => {
    const { fake, run, samples, topic } = setUp();
    run(1, 500);
    run(2, 20);
    run(2, 20);
    // Of each round the samples before the first message of the clock are missing.
    expect(topic.counters).toMatchObject({ received: 500, restarted: 2 });
    expect(topic.counters.passed).toBeGreaterThan(494);
    samples.slice(1).forEach(({ stamp }, i) => void expect(stamp).toBeGreaterThan(samples[i].stamp));
    for (const { age } of samples) expect(age).toBeLessThan(0.012);
    expect(fake.lines).toHaveLength(2);
  });
});
