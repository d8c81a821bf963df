import { newCounters, SimulatedClock } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { FakeNode } from '../testing/fake-node.ts';
import { mismatchOf, topicReport } from './topic-report.ts';

const publisher = (topic_type: string, reliability: number, durability: number) => ({
  node_name: 'camera',
  node_namespace: '/left',
  topic_type,
  qos_profile: { reliability, durability },
});
const TYPE = 'std_msgs/msg/String';

describe('mismatchOf', () => {
  it('accepts a publisher that offers the requested quality of service or a stronger one', () => {
    expect(mismatchOf([publisher(TYPE, 2, 2), publisher(TYPE, 1, 1)], { type: TYPE, qos: 'sensor' })).toBeUndefined();
  });

  it('names the publisher of another type and the quality of service that is too weak', () => {
    expect(mismatchOf([publisher('std_msgs/msg/Bool', 1, 1)], { type: TYPE, qos: 'sensor' })).toBe(
      `/left/camera publishes std_msgs/msg/Bool, expected ${TYPE}`,
    );
    expect(mismatchOf([publisher(TYPE, 2, 2)], { type: TYPE, qos: 'event' })).toContain('offers best effort');
    expect(mismatchOf([publisher(TYPE, 1, 2)], { type: TYPE, qos: 'latched' })).toContain('offers volatile');
  });
});

describe('topicReport', () => {
  it('names the reason of a refusal also when a good message followed', () => {
    const { node } = new FakeNode();
    const counters = { ...newCounters(), passed: 0, refused: 0, badStamps: 0 };
    const topic = {
      name: 'joint_states',
      type: TYPE,
      qos: 'sensor',
      counters,
      fault: '',
      lastFault: 'no joint1',
    } as const;
    const report = topicReport({
      node,
      clock: new SimulatedClock(100),
      topic: { ...topic, lastReceived: 100, lastPassed: 100, close() {} },
      rateHz: 0,
    });
    Object.assign(counters, { refused: 2, passed: 50 });
    expect(report()).toMatchObject({ message: '2 messages refused: no joint1' });
    Object.assign(counters, { badStamps: 1, passed: 99 });
    expect(report()).toMatchObject({ message: '1 messages with a wrong stamp: no joint1' });
  });
});
