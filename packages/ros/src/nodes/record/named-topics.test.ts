import { describe, expect, it } from 'vitest';
import { namedTopics, withNamedTopics } from './named-topics.ts';
import type { RecordedTopic } from './topics.ts';

const WRENCH: RecordedTopic = { topic: 'wrench', type: 'geometry_msgs/msg/WrenchStamped', qos: 'sensor' };

/** A node whose discovery finds publishers of these types, by the topic's full name, from the third look on. */
function nodeThatFinds(types: Readonly<Record<string, readonly string[]>>) {
  let looks = 0;
  return {
    resolveTopicName: (topic: string) => (topic.startsWith('/') ? topic : `/arm/${topic}`),
    getPublishersInfoByTopic: (name: string) => {
      looks++;
      const profile = { reliability: 1, durability: 2 };
      return (looks < 3 ? [] : (types[name] ?? [])).map((topic_type) => ({
        ...{ node_name: 'driver', node_namespace: '/', topic_type, qos_profile: profile },
      }));
    },
  };
}

describe('the parameter topics', () => {
  it('names topics with their types or without, and refuses anything else in one line', () => {
    expect(namedTopics(['', '/scan sensor_msgs/msg/LaserScan', ' ~/state '])).toEqual([
      { topic: '/scan', type: 'sensor_msgs/msg/LaserScan' },
      { topic: '~/state', type: undefined },
    ]);
    for (const wrong of ['/scan LaserScan', '/scan sensor_msgs/LaserScan', 'my-scan', '/scan a/msg/B c', '/a//b'])
      expect(() => namedTopics([wrong])).toThrow(`parameter topics: "${wrong}", expected "TOPIC" or "TOPIC TYPE"`);
  });

  it('adds to the topics of the robot, by their full names and once each', async () => {
    const node = nodeThatFinds({ '/arm/odom': ['nav_msgs/msg/Odometry', 'nav_msgs/msg/Odometry'] });
    const named = namedTopics(['odom', '/arm/wrench', '/arm/odom', 'wrench geometry_msgs/msg/WrenchStamped']);
    expect(await withNamedTopics(node, [WRENCH], named)).toEqual([
      { ...WRENCH, topic: '/arm/wrench' },
      { topic: '/arm/odom', type: 'nav_msgs/msg/Odometry', qos: 'sensor' },
    ]);
  });

  it('refuses a topic without a publisher, one with two types, and another type of a topic of the robot', async () => {
    const node = nodeThatFinds({ '/two': ['std_msgs/msg/Bool', 'std_msgs/msg/String'] });
    const add = (entry: string) => withNamedTopics(node, [WRENCH], namedTopics([entry]), 0.3);
    await expect(add('/none')).rejects.toThrow(
      'parameter topics: /none has no publisher that would say its type; expected "/none TYPE"',
    );
    await expect(add('/two')).rejects.toThrow(
      'parameter topics: /two has the types std_msgs/msg/Bool and std_msgs/msg/String',
    );
    await expect(add('wrench std_msgs/msg/Bool')).rejects.toThrow(
      'parameter topics: /arm/wrench has the type geometry_msgs/msg/WrenchStamped, not std_msgs/msg/Bool',
    );
  });
});
