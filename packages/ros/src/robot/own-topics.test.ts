import { InputError, type PolicySpec, SimulatedClock, type StreamValue } from '@praxis/core';
import { ARM_LAYOUT, armSpec, type ModalityDefinition, type ModalityTopic } from '@praxis/sim';
import { messageCodec, timeOf } from '@praxis/wire';
import { describe, expect, it } from 'vitest';
import { RosMissingError } from '../rcl/load.ts';
import type { RosSession } from '../rcl/session.ts';
import { FakeNode } from '../testing/fake-node.ts';
import { neededTopics, ownTopicOf, ownTopicsOf, publishOwn } from './own-topics.ts';
import { openTopic } from './stream-topics.ts';

interface Imu {
  readonly linear_acceleration: { readonly x: number; readonly y: number; readonly z: number };
}

const TYPE = 'sensor_msgs/msg/Imu';
const NOW_S = 1000;

const imu: ModalityTopic = {
  type: TYPE,
  read: ({ linear_acceleration: { x, y, z } }: Imu) => Float64Array.of(x, y, z),
  write: ([x, y, z]: Float64Array, header) => ({ header, linear_acceleration: { x, y, z } }),
};

function modality(topic?: ModalityTopic, name = 'vibration'): ModalityDefinition {
  const unit = 'm / s^2';
  return {
    spec: { name, modality: 'vibration', dtype: 'float64', shape: [3], unit, frame: 'tool0', rateHz: 100 },
    simulate: () => () => new Float64Array(3),
    topic,
  };
}

const ownTopic = (change: Partial<ModalityTopic> = {}, name?: string) =>
  ownTopicOf({ ...modality(undefined, name), topic: { ...imu, ...change } });

const headerAt = (seconds: number, frame = 'tool0') => ({ stamp: timeOf(seconds), frame_id: frame });

/** Subscribes to the topic of the sensor on a fake node. */
function subscribed(change?: Partial<ModalityTopic>) {
  const fake = new FakeNode();
  const own = ownTopic(change);
  const clock = new SimulatedClock(NOW_S);
  const topic = openTopic({ ...fake, clock, imageTransport: 'raw', own: [own] }, own.spec);
  const samples: (readonly [StreamValue, number])[] = [];
  topic.stream$.subscribe(({ value, stamp }) => samples.push([value, stamp]));
  return { fake, topic, samples };
}

describe('the topic of a sensor of one’s own', () => {
  it('carries samples with stamp and frame from the simulator to the policy, like any message with a header', () => {
    const { fake, samples } = subscribed();
    const publish = publishOwn({ ...fake, onClose() {} } as unknown as RosSession, ownTopic());
    publish(Float64Array.of(1, -2, 0.25), headerAt(999.5));
    const [{ type, topic, bytes }] = fake.published;
    expect([type, topic]).toEqual([TYPE, 'vibration']);
    expect(messageCodec(TYPE).read(bytes)).toMatchObject({
      header: headerAt(999.5),
      linear_acceleration: { x: 1, y: -2, z: 0.25 },
      angular_velocity: { x: 0, y: 0, z: 0 },
      orientation_covariance: new Float64Array(9),
    });
    fake.receiveBytes(topic, bytes);
    expect(samples).toEqual([[Float64Array.of(1, -2, 0.25), 999.5]]);
  });

  it('has the name of the stream, or its own', () => {
    expect(subscribed().topic.name).toBe('vibration');
    expect(subscribed({ name: 'imu/data' }).topic.name).toBe('imu/data');
  });

  it('refuses a message of another frame, a sample that does not fit the spec, and what `read` throws', () => {
    const { fake, topic, samples } = subscribed({
      read: ({ linear_acceleration: { x } }: Imu) => {
        if (x < 0) throw new Error('saturated');
        return Float64Array.of(x, x);
      },
    });
    const send = (x: number, frame?: string) =>
      fake.receive(TYPE, 'vibration', { header: headerAt(NOW_S, frame), linear_acceleration: { x, y: 0, z: 0 } });
    send(1, 'imu_link');
    expect(topic.fault).toBe('frame_id "imu_link", expected tool0');
    send(1);
    expect(topic.fault).toBe('vibration: 2 numbers, the spec says 3');
    send(-1);
    expect(topic.fault).toBe('saturated');
    expect([samples, topic.counters.refused]).toEqual([[], 3]);
  });

  it.each([
    ['a type without a header', { type: 'geometry_msgs/msg/Vector3' }, /Vector3 has no header, which holds the time/],
    [
      'an unknown type',
      { type: 'my_msgs/msg/Vibration' },
      /^modality vibration: message type my_msgs\/msg\/Vibration is/,
    ],
    ['a type that is not written as package/msg/Name', { type: 'sensor_msgs/Imu' }, /type sensor_msgs\/Imu is unknown/],
    ['a name that ROS refuses', { name: 'imu data' }, /"imu data" is no name of a topic, expected letters, digits/],
  ])('is refused in one line for %s', (_, change, line) => {
    expect(() => ownTopic(change)).toThrow(InputError);
    expect(() => ownTopic(change)).toThrow(line);
  });

  it('is refused for a stream whose name is no name of a topic, unless it has another name', () => {
    expect(() => ownTopic({}, 'imu.hand')).toThrow('modality imu.hand: "imu.hand" is no name of a topic');
    expect(ownTopic({ name: 'imu_hand' }, 'imu.hand').name).toBe('imu_hand');
  });

  it('says what to install when ROS 2 does not have the type', () => {
    const fake = new FakeNode();
    const node = {
      ...fake.node,
      createPublisher: () => {
        throw new Error('no such package\nat ...');
      },
    };
    const publish = () => publishOwn({ ...fake, node, onClose() {} } as unknown as RosSession, ownTopic());
    expect(publish).toThrow(RosMissingError);
    expect(publish).toThrow(/^modality vibration: no messages of sensor_msgs\/msg\/Imu \(no such package\): install /);
  });
});

describe('the topics that a policy needs', () => {
  const arm = armSpec(ARM_LAYOUT);
  const policyWith = (...names: string[]): PolicySpec => ({
    name: 'own',
    inputs: names.map((name) => ({ ...modality(imu).spec, name, maximumAge: 0.1, window: 1 })),
    horizon: 1,
    actionPeriod: 0.1,
    inferencePeriod: 0.1,
  });

  it('are those of its inputs beside the streams of the arm', () => {
    const modalities = [modality(imu), modality(imu, 'sound'), modality(undefined, 'smell')];
    const names = (policy: PolicySpec) => neededTopics(policy, arm, modalities).map(({ name }) => name);
    expect(names(policyWith('wrench', 'vibration'))).toEqual(['vibration']);
    expect(names(policyWith('joints'))).toEqual([]);
    expect(ownTopicsOf(modalities).map(({ name }) => name)).toEqual(['vibration', 'sound']);
  });

  it('are refused in one line when the sensor exists in the simulator alone', () => {
    expect(() => neededTopics(policyWith('vibration'), arm, [modality()])).toThrow(
      new InputError(
        'policy own, input vibration: its modality has no topic, so the sensor exists in the simulator alone',
      ),
    );
  });
});
