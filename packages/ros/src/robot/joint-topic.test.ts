import { type JointState, SimulatedClock, type Stamped } from '@praxis/core';
import { timeOf } from '@praxis/wire';
import { describe, expect, it } from 'vitest';
import { FakeNode } from '../testing/fake-node.ts';
import type { GripperStates } from './joint-topic.ts';
import { openTopic } from './stream-topics.ts';

const SPEC = {
  name: 'joints',
  modality: 'joints',
  dtype: 'float64',
  shape: [3],
  unit: '1',
  frame: 'base_link',
  rateHz: 100,
  names: ['a', 'b', 'finger'],
} as const;

const START_S = 1000;

/** Positions, velocities and efforts of one message; without velocities or efforts these arrays are empty. */
type Sent = Readonly<Record<string, readonly [position: number, velocity?: number, effort?: number]>>;

function setUp(gripperStates: GripperStates | undefined = { joints: ['finger'] }) {
  const fake = new FakeNode();
  const clock = new SimulatedClock(START_S);
  const topic = openTopic({ ...fake, clock, imageTransport: 'raw', gripperStates }, SPEC);
  const samples: Stamped<JointState>[] = [];
  topic.stream$.subscribe((sample) => samples.push(sample as Stamped<JointState>));
  /** Sends a message at a time (ms after the start). */
  const send = (ms: number, sent: Sent, from = 'joint_states') => {
    const stamp = START_S + ms / 1000;
    clock.advance(Math.max(0, stamp - clock.now()));
    const column = (i: 1 | 2) => Float64Array.from(Object.values(sent).flatMap((each) => each[i] ?? []));
    fake.receive('sensor_msgs/msg/JointState', from, {
      header: { stamp: timeOf(stamp), frame_id: '' },
      name: Object.keys(sent),
      position: Float64Array.from(Object.values(sent), ([position]) => position),
      velocity: column(1),
      effort: column(2),
    });
  };
  const positions = () => samples.map(({ value }) => [...value.position]);
  const times = () => samples.map(({ stamp }) => Math.round(1000 * (stamp - START_S)));
  return { fake, clock, topic, samples, send, positions, times };
}

describe('joint states as joint_state_broadcaster writes them', () => {
  it('pass with NaN efforts, which count as not measured', () => {
    const { send, samples, topic } = setUp();
    for (let k = 1; k <= 100; k++) send(2 * k, { a: [1, 0, NaN], b: [2, 0, NaN], finger: [3, 0, NaN] });
    expect(topic.counters).toMatchObject({ received: 100, passed: 100, refused: 0 });
    expect(samples[0].value).not.toHaveProperty('effort');
  });

  it('keep the efforts of the joints that have one', () => {
    const { send, samples } = setUp();
    send(1, { a: [1, 0, 5], b: [2, 0, -6], finger: [3, 0, NaN] });
    expect(samples[0].value.effort).toEqual(Float64Array.of(5, -6, NaN));
  });

  it.each([
    ['empty', undefined],
    ['NaN', NaN],
  ])('with %s velocities have the slope of the positions, and one line says so', (_, unmeasured) => {
    const { send, samples, fake } = setUp();
    // a turns at 0.5 rad/s, b at -2 rad/s.
    for (let ms = 2; ms <= 60; ms += 2)
      send(ms, { a: [0.0005 * ms, unmeasured], b: [-0.002 * ms, unmeasured], finger: [0.02, unmeasured] });
    expect(samples).toHaveLength(29);
    for (const { value } of samples) {
      expect(value.velocity[0]).toBeCloseTo(0.5, 3);
      expect(value.velocity[1]).toBeCloseTo(-2, 3);
      expect(value.velocity[2]).toBe(0);
    }
    expect(fake.lines).toEqual([
      'joint_states: no velocity of a, b, finger in the messages: it is the slope of the positions',
    ]);
  });

  it('have a slope over at least 10 ms, so that jitter of the stamps is damped', () => {
    const { send, samples } = setUp();
    // Read each 2 ms at 1 rad/s, but stamped up to 0.8 ms early or late.
    for (let k = 1; k <= 50; k++) send(2 * k + (k % 2 === 0 ? 0.8 : -0.8), { a: [0.002 * k], b: [0], finger: [0] });
    for (const { value } of samples.slice(6)) expect(Math.abs(value.velocity[0] - 1)).toBeLessThan(0.2);
  });

  it('have no slope across a gap', () => {
    const { send, samples, topic } = setUp();
    send(0, { a: [0], b: [0], finger: [0] });
    send(10, { a: [0.01], b: [0], finger: [0] });
    send(900, { a: [2], b: [0], finger: [0] });
    expect(samples).toHaveLength(1);
    expect(topic.fault).toContain('no velocity of a, b, finger yet');
    send(910, { a: [2.01], b: [0], finger: [0] });
    expect(samples[1].value.velocity[0]).toBeCloseTo(1, 3);
  });
});

describe('an arm and a gripper that publish their own joints', () => {
  const arm = (position: number): Sent => ({ b: [position + 1, 0], a: [position, 0] });
  const gripper = (position: number): Sent => ({ finger: [position, 0] });

  it('on one topic make one sample for each message of the arm, by name', () => {
    const { send, samples, positions, times, topic } = setUp();
    send(1, arm(1));
    expect(topic.fault).toBe('no state of finger yet; the newest messages have b, a');
    send(3, gripper(0.01));
    for (let k = 0; k < 200; k++) {
      send(5 + 10 * k, arm(k));
      if (k % 5 === 0) send(8 + 10 * k, gripper(0.02));
    }
    expect(positions().slice(0, 3)).toEqual([
      [1, 2, 0.01],
      [0, 1, 0.01],
      [1, 2, 0.02],
    ]);
    // The stamp is that of the arm, also of the sample that waited for the gripper.
    expect(times().slice(0, 3)).toEqual([1, 5, 15]);
    expect(samples).toHaveLength(201);
    expect(topic.counters).toMatchObject({ refused: 0, badStamps: 0, reordered: 0 });
    // Consumers cache indices by the array of names.
    expect(samples[1].value.names).toBe(samples[0].value.names);
  });

  it('may deliver their messages out of order among each other', () => {
    const { clock, send, times, topic } = setUp();
    clock.advance(1);
    send(20, gripper(0.02));
    send(15, arm(1));
    send(25, arm(2));
    expect(times()).toEqual([15, 25]);
    send(15, arm(3));
    expect(topic.counters).toMatchObject({ badStamps: 1, reordered: 1 });
    expect(topic.fault).toBe('the stamp is not later than the one before');
  });

  it('make no sample while the gripper is silent for longer than its joints may be old', () => {
    const { send, samples, topic } = setUp();
    send(1, gripper(0.02));
    for (let ms = 10; ms <= 400; ms += 10) send(ms, arm(1));
    expect(samples).toHaveLength(20);
    expect(topic.fault).toBe('no state of finger for 0.40 s; the newest messages have b, a');
    expect(topic.lastReceived - topic.lastPassed).toBeCloseTo(0.2, 6);
    send(405, gripper(0.03));
    expect(samples).toHaveLength(21);
  });

  it('make no sample of the gripper’s messages alone: its new state does not hide the age of the arm’s', () => {
    const { send, samples, topic } = setUp();
    send(10, arm(1));
    for (let ms = 12; ms <= 400; ms += 10) send(ms, gripper(0.02));
    expect(samples).toHaveLength(1);
    expect(topic.fault).toContain('no state of a, b for 0.38 s');
  });

  it('on two topics make the same samples, and the silent topic is named', () => {
    const { send, samples, times, topic, positions } = setUp({ topic: 'gripper/joint_states', joints: ['finger'] });
    send(1, arm(1));
    expect(topic.name).toBe('gripper/joint_states');
    send(2, gripper(0.02), 'gripper/joint_states');
    send(11, arm(3));
    expect(times()).toEqual([1, 11]);
    expect(positions()).toEqual([
      [1, 2, 0.02],
      [3, 4, 0.02],
    ]);
    expect(topic.counters).toMatchObject({ received: 3, passed: 2 });
    expect(samples[1].received).toBeCloseTo(START_S + 0.011, 6);
  });

  it('share the topic with another robot, whose messages are no fault', () => {
    const { send, samples, topic } = setUp();
    for (let ms = 0; ms < 100; ms += 10) {
      send(ms, { a: [1, 0], b: [2, 0], finger: [0, 0] });
      send(ms + 5, { left_a: [7, 0], left_b: [8, 0] });
    }
    expect(samples).toHaveLength(10);
    expect([topic.fault, topic.counters.refused]).toEqual(['', 0]);
  });

  it('that name no joint of the arm are reported with the names that they have', () => {
    const { send, topic } = setUp();
    send(1, { left_a: [7, 0], left_b: [8, 0] });
    expect(topic.fault).toBe('no state of a, b, finger yet; the newest messages have left_a, left_b');
  });
});

it('joints that are published one by one make one sample a round, as old as the oldest of them', () => {
  const { send, times, positions } = setUp({ joints: [] });
  for (let k = 0; k < 3; k++) {
    send(10 * k, { a: [k, 0] });
    send(10 * k + 2, { b: [k, 0] });
    send(10 * k + 4, { finger: [k, 0] });
  }
  expect(times()).toEqual([0, 10, 20]);
  expect(positions()).toEqual([
    [0, 0, 0],
    [1, 1, 1],
    [2, 2, 2],
  ]);
});

it('joint states that start again earlier, as a recording does in a loop, are accepted from the second message on', () => {
  const { fake, send, times } = setUp();
  const all = (position: number): Sent => ({ a: [position, 0], b: [0, 0], finger: [0, 0] });
  send(0, all(0));
  send(-900_000, all(0.5));
  send(-899_990, all(0.51));
  send(-899_980, all(0.52));
  expect(times()).toEqual([0, -899_990, -899_980]);
  expect(fake.lines).toEqual(['joint_states: the clock of the stamps went back by 899.990 s, the stream starts anew']);
});
