import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageCodec } from '../cdr/codec.ts';
import { MessageError } from '../messages/messages.ts';
import { odometryMessageOf, odometryOf } from './odometry.ts';

const header = { stamp: { sec: 1, nanosec: 0 }, frame_id: 'odom' };
const numbers = fc.float64Array({ minLength: 13, maxLength: 13, noNaN: true, noDefaultInfinity: true });

describe('odometry', () => {
  it('comes back bit for bit from the bytes of its message', () => {
    const codec = messageCodec('nav_msgs/msg/Odometry');
    fc.assert(
      fc.property(numbers, (values) => {
        const message = codec.read(codec.write(odometryMessageOf(values, header, 'base_link')));
        expect(message.child_frame_id).toBe('base_link');
        expect(odometryOf(message)).toEqual(values);
      }),
    );
  });

  it('refuses numbers that are not finite, and another count of them', () => {
    const values = new Float64Array(13);
    values[8] = Number.NaN;
    expect(() => odometryOf(odometryMessageOf(values, header, 'base_link'))).toThrow(MessageError);
    expect(() => odometryMessageOf(new Float64Array(6), header, 'base_link')).toThrow('6 numbers, expected 13');
  });
});
