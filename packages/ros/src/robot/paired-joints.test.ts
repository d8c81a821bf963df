import { type JointState, SimulatedClock, type Stamped } from '@praxis/core';
import { jointStateMessageOf, timeOf } from '@praxis/wire';
import { describe, expect, it } from 'vitest';
import { FakeNode } from '../testing/fake-node.ts';
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

function setUp() {
  const fake = new FakeNode();
  const clock = new SimulatedClock(1000);
  const topic = openTopic(
    {
      ...fake,
      clock,
      imageTransport: 'raw',
      gripperStates: { topic: 'gripper/joint_states', joints: ['finger'], maximumSkew: 0.01 },
    },
    SPEC,
  );
  const samples: Stamped<JointState>[] = [];
  topic.stream$.subscribe((sample) => samples.push(sample as Stamped<JointState>));
  const send = (from: string, names: readonly string[], first: number, stamp: number) => {
    const position = Float64Array.from(names, (_, i) => first + i);
    fake.receive(
      'sensor_msgs/msg/JointState',
      from,
      jointStateMessageOf({ names, position, velocity: position }, { stamp: timeOf(stamp), frame_id: '' }),
    );
  };
  const arm = (first: number, stamp: number) => send('joint_states', ['a', 'b'], first, stamp);
  const gripper = (first: number, stamp: number) => send('gripper/joint_states', ['finger'], first, stamp);
  return { clock, topic, samples, arm, gripper };
}

describe('joint states of an arm and of a gripper with a driver of its own', () => {
  it('form one stream, paired by their stamps, the arm first', () => {
    const { clock, samples, arm, gripper, topic } = setUp();
    clock.advance(1);
    arm(1, 1000.5);
    expect(samples).toEqual([]);
    expect(topic.name).toBe('gripper/joint_states');
    gripper(7, 1000.508);
    expect(samples.map(({ value }) => [value.names, [...value.position]])).toEqual([
      [
        ['a', 'b', 'finger'],
        [1, 2, 7],
      ],
    ]);
    expect(samples[0].stamp).toBeCloseTo(1000.508, 6);
    gripper(8, 1000.6);
    arm(3, 1000.59);
    expect([...samples[1].value.position]).toEqual([3, 4, 8]);
    // Consumers cache indices by the array of names, so it must stay the same.
    expect(samples[1].value.names).toBe(samples[0].value.names);
  });

  it('are never paired beyond the maximum skew, and unpaired states are counted', () => {
    const { clock, samples, arm, gripper, topic } = setUp();
    clock.advance(1);
    arm(1, 1000.5);
    gripper(7, 1000.52);
    arm(2, 1000.54);
    expect(samples).toEqual([]);
    expect(topic.counters).toMatchObject({ received: 3, passed: 0, dropped: 2 });
    expect(topic.lastReceived).toBe(1001);
  });
});
