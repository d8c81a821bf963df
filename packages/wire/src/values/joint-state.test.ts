import { InputError } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MessageError } from '../messages/messages.ts';
import { JointStateReader, jointStateMessageOf } from './joint-state.ts';

const header = { stamp: { sec: 0, nanosec: 0 }, frame_id: '' };
const state = { names: ['a', 'b'], position: Float64Array.of(1, 2), velocity: Float64Array.of(3, 4) };

describe('JointStateReader', () => {
  it('selects joints by name in any order among any others, message after message', () => {
    const all = ['a', 'b', 'c', 'd', 'e'];
    const reader = new JointStateReader(['d', 'a']);
    const value = (name: string) => all.indexOf(name) + 0.5;
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 5 }), fc.shuffledSubarray(['b', 'c', 'e']), (order, left) => {
        const name = order.filter((each) => !left.includes(each));
        const numbers = Float64Array.from(name, value);
        const read = reader.read({
          header,
          name,
          position: numbers,
          velocity: numbers.map((v) => -v),
          effort: numbers,
        });
        expect(read).toEqual({
          names: ['d', 'a'],
          position: Float64Array.of(3.5, 0.5),
          velocity: Float64Array.of(-3.5, -0.5),
          effort: Float64Array.of(3.5, 0.5),
        });
      }),
    );
  });

  it('reads back a converted joint state', () => {
    expect(new JointStateReader(['a', 'b']).read(jointStateMessageOf(state, header))).toEqual(state);
  });

  it.each([
    [{ name: ['a', 'c'] }, 'joint state: no joint b, the message has a, c'],
    [{ name: [], position: Float64Array.of(), velocity: Float64Array.of() }, 'no joint a, the message has none'],
    [{ name: ['a', 'b', 'a'], position: new Float64Array(3), velocity: new Float64Array(3) }, 'a is named twice'],
    [{ velocity: Float64Array.of() }, 'joint state: no velocity in the message'],
    [{ position: Float64Array.of(1) }, 'joint state: 1 of position for 2 names'],
    [{ effort: Float64Array.of(1) }, 'joint state: 1 of effort for 2 names'],
    [{ position: Float64Array.of(1, Number.NaN) }, 'joint state: position of b is NaN'],
  ])('refuses %o', (wrong, message) => {
    const reader = new JointStateReader(['a', 'b']);
    // The previous message must not hide the fault.
    reader.read(jointStateMessageOf(state, header));
    const read = () => reader.read({ ...jointStateMessageOf(state, header), ...wrong });
    expect(read).toThrow(MessageError);
    expect(read).toThrow(message);
    expect(reader.read(jointStateMessageOf(state, header))).toEqual(state);
  });

  it('refuses a duplicate joint', () => {
    expect(() => new JointStateReader(['a', 'a'])).toThrow(new InputError('joints: a is named twice'));
  });
});
