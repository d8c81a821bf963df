import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageCodec } from '../../cdr/codec.ts';
import { MessageError } from '../../messages/messages.ts';
import { base64Of, cdrOfJson, jsonOf } from './json-value.ts';

describe('messages as JSON', () => {
  it('come back as they were, bytes and times included', () => {
    const codec = messageCodec('sensor_msgs/msg/CompressedImage');
    const message = fc.record({
      header: fc.record({
        stamp: fc.record({ sec: fc.integer({ min: 0, max: 2 ** 31 - 1 }), nanosec: fc.nat(999_999_999) }),
        frame_id: fc.string(),
      }),
      format: fc.string(),
      data: fc.uint8Array({ maxLength: 100 }),
    });
    fc.assert(
      fc.property(message, (value) => {
        const bytes = codec.write(value);
        const json: unknown = JSON.parse(JSON.stringify(jsonOf(codec.read(bytes))));
        expect(cdrOfJson('sensor_msgs/msg/CompressedImage', json)).toEqual(bytes);
      }),
    );
  });

  it('have null where JSON has no number, which is NaN on the way back', () => {
    const codec = messageCodec('std_msgs/msg/Float64MultiArray');
    const json = jsonOf(
      codec.read(codec.write({ layout: { dim: [], data_offset: 0 }, data: Float64Array.of(1, Number.NaN) })),
    );
    expect(json).toMatchObject({ data: [1, null] });
    expect([...codec.read(cdrOfJson('std_msgs/msg/Float64MultiArray', json)).data]).toEqual([1, Number.NaN]);
  });

  it('take the names of times of ROS 1', () => {
    const json = { header: { stamp: { secs: 3, nsecs: 4 } } };
    const codec = messageCodec('geometry_msgs/msg/PoseStamped');
    expect(codec.read(cdrOfJson('geometry_msgs/msg/PoseStamped', json)).header.stamp).toEqual({ sec: 3, nanosec: 4 });
  });

  it.each([
    [null, 'geometry_msgs/msg/Twist: expected an object'],
    [{ linear: 5 }, 'geometry_msgs/msg/Twist.linear: expected an object'],
    [{ speed: 5 }, 'field "speed" is unknown'],
    [{ linear: { x: 'fast' } }, 'linear.x: "fast", expected float64'],
    [JSON.parse('{"__proto__": 5}'), 'field "__proto__" is unknown'],
  ])('name what is wrong in %j', (json, message) => {
    expect(() => cdrOfJson('geometry_msgs/msg/Twist', json)).toThrow(MessageError);
    expect(() => cdrOfJson('geometry_msgs/msg/Twist', json)).toThrow(message);
  });

  it('never make anything but a MessageError of any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        try {
          cdrOfJson('trajectory_msgs/msg/JointTrajectory', json);
        } catch (error) {
          expect(error).toBeInstanceOf(MessageError);
        }
      }),
    );
  });

  it('encode bytes as base64 of any length', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 70_000 }),
        (bytes) => base64Of(bytes) === Buffer.from(bytes).toString('base64'),
      ),
      {
        numRuns: 20,
      },
    );
  });
});
