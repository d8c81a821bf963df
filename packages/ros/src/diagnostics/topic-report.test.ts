import { describe, expect, it } from 'vitest';
import { mismatchOf } from './topic-report.ts';

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
