import { describe, expect, it } from 'vitest';
import { MessageError } from '../messages/messages.ts';
import { wrenchOf, wrenchStampedOf } from './wrench.ts';

const header = { stamp: { sec: 0, nanosec: 0 }, frame_id: 'wrist_ft' };

describe('wrenchOf', () => {
  it('puts force before torque and reads back a converted wrench', () => {
    const wrench = Float64Array.of(1, 2, 3, 4, 5, 6);
    const message = wrenchStampedOf(wrench, header);
    expect(message.wrench).toEqual({ force: { x: 1, y: 2, z: 3 }, torque: { x: 4, y: 5, z: 6 } });
    expect(wrenchOf(message)).toEqual(wrench);
  });

  it('refuses numbers that are not finite', () => {
    const message = wrenchStampedOf(Float64Array.of(1, Number.NaN, 3, 4, 5, 6), header);
    expect(() => wrenchOf(message)).toThrow(new MessageError('wrench: 1, NaN, 3, 4, 5, 6, expected finite numbers'));
  });
});
