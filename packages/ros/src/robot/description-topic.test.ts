import { InputError, SimulatedClock } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { TRANSIENT_LOCAL, VOLATILE } from '../rcl/qos.ts';
import type { RosSession } from '../rcl/session.ts';
import { FakeNode } from '../testing/fake-node.ts';
import { receiveDescription } from './description-topic.ts';

const TYPE = 'std_msgs/msg/String';
const TOPIC = 'robot_description';
const TIMEOUT_S = 0.01;

function waiting(timeout?: number) {
  const fake = new FakeNode();
  const log = fake.node.getLogger();
  const session = { ...fake, clock: new SimulatedClock(), log, onClose: () => undefined } as unknown as RosSession;
  return { fake, urdf: () => receiveDescription(session, timeout) };
}

describe('receiveDescription', () => {
  it('takes the first URDF of the topic, passes over what is none, and says what it waits for', async () => {
    const { fake, urdf } = waiting();
    const received = urdf();
    fake.receive(TYPE, TOPIC, { data: '' });
    fake.receive(TYPE, TOPIC, { data: ' <robot name="arm"/>' });
    expect(await received).toBe(' <robot name="arm"/>');
    expect(fake.lines[0]).toBe(
      'the parameter robot_description is empty: waits up to 30 s for a URDF on the topic /robot_description',
    );
  });

  it('names the parameter and the topic when no URDF comes in time', async () => {
    const error = waiting(TIMEOUT_S).urdf();
    await expect(error).rejects.toThrow(InputError);
    await expect(error).rejects.toThrow(
      'no description of the robot: the parameter robot_description is empty, and no URDF came on the topic /robot_description within 0.01 s (it has no publisher)',
    );
  });

  it('says what the publisher did wrong', async () => {
    const silent = waiting(TIMEOUT_S);
    const offered = { node_namespace: '/', node_name: 'driver', topic_type: TYPE };
    const publishes = (durability: number) => () => [{ ...offered, qos_profile: { reliability: 1, durability } }];
    silent.fake.node.getPublishersInfoByTopic = publishes(TRANSIENT_LOCAL);
    await expect(silent.urdf()).rejects.toThrow('its publisher sent none');
    silent.fake.node.getPublishersInfoByTopic = publishes(VOLATILE);
    await expect(silent.urdf()).rejects.toThrow('QoS: /driver offers volatile, expected transient local');
    const wrong = waiting(TIMEOUT_S);
    const error = wrong.urdf();
    wrong.fake.receive(TYPE, TOPIC, { data: 'arm.urdf' });
    await expect(error).rejects.toThrow('"arm.urdf", expected a URDF');
  });
});
