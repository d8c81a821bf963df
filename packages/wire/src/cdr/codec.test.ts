import { InputError } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MESSAGE_TYPES } from '../definitions/definitions.ts';
import type { JointStateMessage, MessageOf, MessageType } from '../messages/messages.ts';
import { MessageError } from '../messages/messages.ts';
import { messageCodec } from './codec.ts';

const header = fc.record({
  stamp: fc.record({
    sec: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    nanosec: fc.integer({ min: 0, max: 999_999_999 }),
  }),
  frame_id: fc.string(),
});
const doubles = fc.array(fc.double(), { maxLength: 20 }).map((values) => Float64Array.from(values));
const joints: fc.Arbitrary<JointStateMessage> = fc.record({
  header,
  name: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 9 }),
  position: doubles,
  velocity: doubles,
  effort: doubles,
});
const images: fc.Arbitrary<MessageOf['sensor_msgs/msg/Image']> = fc.record({
  header,
  height: fc.nat(1000),
  width: fc.nat(1000),
  encoding: fc.string(),
  is_bigendian: fc.nat(1),
  step: fc.nat(3000),
  data: fc.uint8Array({ maxLength: 100 }),
});

/** A sample of every named type. Its TypeScript type and its ROS definition must both match. */
const SAMPLES: { [K in MessageType]: MessageOf[K] } = (() => {
  const stamped = { stamp: { sec: 1_700_000_000, nanosec: 5 }, frame_id: 'base_link' };
  const xyz = { x: 1, y: -2, z: 0.5 };
  const numbers = Float64Array.of(0.25, -1, 3);
  const point = {
    positions: numbers,
    velocities: numbers,
    accelerations: Float64Array.of(),
    effort: Float64Array.of(),
    time_from_start: { sec: 0, nanosec: 2_000_000 },
  };
  const image = {
    height: 1,
    width: 2,
    encoding: 'rgb8',
    is_bigendian: 0,
    step: 6,
    data: Uint8Array.of(1, 2, 3, 4, 5, 6),
  };
  const transform = { translation: xyz, rotation: { ...xyz, w: 1 } };
  return {
    'sensor_msgs/msg/Image': { header: stamped, ...image },
    'foxglove_msgs/msg/CompressedVideo': {
      timestamp: stamped.stamp,
      frame_id: 'camera',
      format: 'h264',
      data: Uint8Array.of(0, 0, 0, 1),
    },
    'sensor_msgs/msg/CompressedImage': { header: stamped, format: 'jpeg', data: Uint8Array.of(255, 216) },
    'sensor_msgs/msg/CameraInfo': {
      header: stamped,
      height: 480,
      width: 640,
      distortion_model: 'plumb_bob',
      d: numbers,
      k: new Float64Array(9).fill(1),
      r: new Float64Array(9).fill(2),
      p: new Float64Array(12).fill(3),
    },
    'sensor_msgs/msg/JointState': {
      header: stamped,
      name: ['a', 'b'],
      position: numbers,
      velocity: numbers,
      effort: numbers,
    },
    'geometry_msgs/msg/WrenchStamped': { header: stamped, wrench: { force: xyz, torque: xyz } },
    'geometry_msgs/msg/Twist': { linear: xyz, angular: xyz },
    'geometry_msgs/msg/TwistStamped': { header: stamped, twist: { linear: xyz, angular: xyz } },
    'geometry_msgs/msg/PoseStamped': { header: stamped, pose: { position: xyz, orientation: { ...xyz, w: 1 } } },
    'nav_msgs/msg/Odometry': {
      header: stamped,
      child_frame_id: 'base_link',
      pose: {
        pose: { position: xyz, orientation: { ...xyz, w: 1 } },
        covariance: new Float64Array(36).fill(0.1),
      },
      twist: { twist: { linear: xyz, angular: xyz }, covariance: new Float64Array(36).fill(0.2) },
    },
    'std_msgs/msg/Bool': { data: true },
    'std_msgs/msg/String': { data: 'pick up the red block' },
    'std_msgs/msg/Float64MultiArray': { layout: { dim: [], data_offset: 0 }, data: numbers },
    'trajectory_msgs/msg/JointTrajectory': { header: stamped, joint_names: ['a', 'b', 'c'], points: [point, point] },
    'control_msgs/msg/JointJog': {
      header: stamped,
      joint_names: ['a'],
      displacements: Float64Array.of(),
      velocities: Float64Array.of(0.5),
      duration: 0.25,
    },
    'control_msgs/msg/GripperCommand': { position: 0.04, max_effort: 20 },
    'diagnostic_msgs/msg/DiagnosticStatus': {
      level: 2,
      name: 'a',
      message: 'b',
      hardware_id: '',
      values: [{ key: 'k', value: 'v' }],
    },
    'diagnostic_msgs/msg/DiagnosticArray': {
      header: stamped,
      status: [
        { level: 2, name: 'policy', message: 'silent', hardware_id: '', values: [{ key: 'age', value: '0.5' }] },
      ],
    },
    'audio_common_msgs/msg/AudioData': { data: Uint8Array.of(1, 2) },
    'audio_common_msgs/msg/AudioDataStamped': { header: stamped, audio: { data: Uint8Array.of(1, 2) } },
    'audio_common_msgs/msg/AudioInfo': {
      channels: 1,
      sample_rate: 16_000,
      sample_format: 'S16LE',
      bitrate: 256,
      coding_format: 'wave',
    },
    'hri_msgs/msg/LiveSpeech': { header: stamped, incremental: 'pick', final: 'pick up', confidence: 0.5 },
    'rosgraph_msgs/msg/Clock': { clock: stamped.stamp },
    'praxis_msgs/msg/Vector': { header: stamped, data: numbers },
    'praxis_msgs/msg/Command': {
      ...{ header: stamped, group: 'arm', position: numbers, gripper_width: 0.04, twist: Float64Array.of() },
    },
    'praxis_msgs/msg/ActionChunk': {
      ...{ header: stamped, observed: 0.1 + 0.2, period: 0.1, horizon: 3, compute_ms: 7.5 },
      blocks: [{ name: 'gripper', space: 'gripper', unit: 'm', data: numbers }],
    },
    'praxis_msgs/msg/Gates': { header: stamped, modalities: ['vision'], weights: Float64Array.of(0.7) },
    'praxis_msgs/msg/Observation': {
      ...{ header: stamped, inputs: ['joints', 'wrench'], present: [true, false] },
      ...{ ages: Float64Array.of(0.002, Number.POSITIVE_INFINITY), digests: Uint32Array.of(7, 4_000_000_000) },
    },
    'praxis_msgs/msg/SafetyEvent': {
      ...{ header: stamped, from_state: 'running', to_state: 'hold', cause: 'hold_request' },
      ...{ message: 'hold requested', data: '{}' },
    },
    'praxis_msgs/msg/LoopEvent': { header: stamped, kind: 'empty_queue', data: '{}' },
    'praxis_msgs/msg/OperatorInput': { header: stamped, kind: 'request', text: 'stop' },
    'praxis_msgs/msg/Driver': { header: stamped, driver: 'operator' },
    'praxis_msgs/msg/Period': {
      ...{ header: stamped, time: 0.1 + 0.2, loop_ticked: true, safety_state: 'running', dropped: 0 },
      ...{ streams: Uint16Array.of(1, 500), stamps: numbers, received: numbers, digests: Uint32Array.of(1, 2) },
    },
    'tf2_msgs/msg/TFMessage': { transforms: [{ header: stamped, child_frame_id: 'tool0', transform }] },
  };
})();

describe('messageCodec', () => {
  it('writes the bytes of the standard', () => {
    // Bytes written by hand according to DDS-XTypes 1.3: a header of 4 bytes, values aligned to their size from its
    // end.
    const expected = [
      [0, 1, 0, 0], // plain CDR, little-endian
      [1, 0, 0, 0, 2, 0, 0, 0], // stamp: 1 s, 2 ns
      [3, 0, 0, 0, 0x74, 0x6f, 0, 0], // frame_id "to": length with its zero, text, zero; padding to 4
      [1, 0, 0, 0, 2, 0, 0, 0, 0x61, 0, 0, 0], // name: one, "a"; padding
      [1, 0, 0, 0], // position: one; the double that follows is at 32, aligned to 8
      [0, 0, 0, 0, 0, 0, 0xf0, 0x3f], // 1.0
      [0, 0, 0, 0], // velocity: none
      [0, 0, 0, 0], // effort: none
    ].flat();
    const message: JointStateMessage = {
      header: { stamp: { sec: 1, nanosec: 2 }, frame_id: 'to' },
      name: ['a'],
      position: Float64Array.of(1),
      velocity: Float64Array.of(),
      effort: Float64Array.of(),
    };
    const bytes = messageCodec('sensor_msgs/msg/JointState').write(message);
    expect([...bytes]).toEqual(expected);
    expect(messageCodec('sensor_msgs/msg/JointState').read(bytes)).toEqual(message);
  });

  it('reads big-endian messages', () => {
    const bytes = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 9);
    expect(messageCodec('rosgraph_msgs/msg/Clock').read(bytes)).toEqual({ clock: { sec: 7, nanosec: 9 } });
  });

  it.each(Object.keys(SAMPLES) as MessageType[])('reads back a written %s', (type) => {
    const codec = messageCodec(type) as { write(message: unknown): Uint8Array; read(bytes: Uint8Array): unknown };
    expect(codec.read(codec.write(SAMPLES[type]))).toMatchObject(SAMPLES[type]);
  });

  it('reads back any joint state and any image', () => {
    const [jointState, image] = [messageCodec('sensor_msgs/msg/JointState'), messageCodec('sensor_msgs/msg/Image')];
    fc.assert(
      fc.property(joints, (message) => {
        expect(jointState.read(jointState.write(message))).toEqual(message);
      }),
    );
    fc.assert(
      fc.property(images, (message) => {
        expect(image.read(image.write(message))).toEqual(message);
      }),
    );
  });

  it('returns the bytes of an image without a copy', () => {
    const codec = messageCodec('sensor_msgs/msg/Image');
    const bytes = codec.write(SAMPLES['sensor_msgs/msg/Image']);
    expect(codec.read(bytes).data.buffer).toBe(bytes.buffer);
  });

  it('refuses a message truncated at any byte', () => {
    const codec = messageCodec('sensor_msgs/msg/JointState');
    fc.assert(
      fc.property(joints, fc.double({ min: 0, max: 0.999 }), (message, part) => {
        const bytes = codec.write(message);
        // In a view of a longer buffer, as Node's small buffers are.
        const within = new Uint8Array(bytes.length + 64).fill(1);
        within.set(bytes);
        expect(() => codec.read(within.subarray(0, Math.floor(bytes.length * part)))).toThrow(MessageError);
      }),
    );
  });

  it('reads random bytes as a message or throws a MessageError', () => {
    const types = fc.constantFrom(...(Object.keys(SAMPLES) as MessageType[]));
    fc.assert(
      fc.property(types, fc.uint8Array({ maxLength: 200 }), (type, bytes) => {
        try {
          messageCodec(type).read(Uint8Array.from([0, bytes.length % 2, 0, 0, ...bytes]));
        } catch (error) {
          expect(error).toBeInstanceOf(MessageError);
          expect((error as Error).message).toContain(type);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses every encapsulation but plain CDR by its identifier', () => {
    const codec = messageCodec('std_msgs/msg/String');
    const bytes = codec.write({ data: 'go' });
    const withId = (id: number) => codec.read(Uint8Array.from([id >> 8, id & 255, ...bytes.subarray(2)]));
    expect(withId(0x0001)).toEqual({ data: 'go' });
    for (const [id, name] of [
      [0x0002, 'PL_CDR'],
      [0x0003, 'PL_CDR'],
      [0x0006, 'CDR2'],
      [0x0007, 'CDR2'],
      [0x0009, 'D_CDR2'],
      [0x000b, 'PL_CDR2'],
      [0x0100, 'unknown'],
      [0xffff, 'unknown'],
    ] as const) {
      const text = `0x${id.toString(16).padStart(4, '0')}`;
      expect(() => withId(id)).toThrow(MessageError);
      expect(() => withId(id)).toThrow(
        `std_msgs/msg/String: encapsulation ${text} (${name}), expected plain CDR: 0x0000 or 0x0001`,
      );
    }
    expect(() => codec.read(Uint8Array.of(0, 1))).toThrow('std_msgs/msg/String: 2 bytes, expected a header of 4');
  });

  it('refuses a message that is longer than the requested type', () => {
    const wrench = messageCodec('geometry_msgs/msg/WrenchStamped').write(SAMPLES['geometry_msgs/msg/WrenchStamped']);
    expect(() => messageCodec('rosgraph_msgs/msg/Clock').read(wrench)).toThrow(
      'rosgraph_msgs/msg/Clock: 76 bytes, of which the type has only 12',
    );
  });

  it('writes text in any script', () => {
    const codec = messageCodec('std_msgs/msg/String');
    expect([...codec.write({ data: 'é' })]).toEqual([0, 1, 0, 0, 3, 0, 0, 0, 0xc3, 0xa9, 0]);
    for (const data of ['rot ≥ grün', '赤い積み木', '😀']) expect(codec.read(codec.write({ data }))).toEqual({ data });
  });

  it.each([
    [{ k: new Float64Array(8) }, 'k: 8 elements, expected 9'],
    [{ width: -1 }, 'width: -1, expected uint32'],
    [{ header: { stamp: { sec: 0.5, nanosec: 0 }, frame_id: '' } }, 'header.stamp: 0.5, expected int32'],
    [{ distortion_model: 5 }, 'distortion_model: 5, expected a string'],
    [{ d: 'none' }, 'd: "none", expected an array'],
  ])('refuses to write %o and names the field', (wrong, message) => {
    const codec = messageCodec('sensor_msgs/msg/CameraInfo');
    const write = () => codec.write({ ...SAMPLES['sensor_msgs/msg/CameraInfo'], ...wrong } as never);
    expect(write).toThrow(MessageError);
    expect(write).toThrow(message);
  });

  it('writes zeros for missing fields', () => {
    const codec = messageCodec('sensor_msgs/msg/CameraInfo');
    const read = codec.read(codec.write({} as never));
    expect(read).toMatchObject({ width: 0, distortion_model: '', d: Float64Array.of(), k: new Float64Array(9) });
  });

  it('has a definition for every named type, and names an unknown one', () => {
    for (const type of Object.keys(SAMPLES)) expect(MESSAGE_TYPES).toContain(type);
    expect(() => messageCodec('my_msgs/msg/Thing')).toThrow(new InputError('message type my_msgs/msg/Thing: unknown'));
  });
});
