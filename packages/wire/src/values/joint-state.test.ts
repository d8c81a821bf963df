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
    ['empty', { velocity: Float64Array.of(), effort: Float64Array.of() }],
    ['NaN', { velocity: Float64Array.of(NaN, NaN), effort: Float64Array.of(NaN, NaN) }],
  ])('reads %s velocities and efforts as not measured', (_, unmeasured) => {
    expect(new JointStateReader(['b', 'a']).read({ ...jointStateMessageOf(state, header), ...unmeasured })).toEqual({
      names: ['b', 'a'],
      position: Float64Array.of(2, 1),
      velocity: Float64Array.of(NaN, NaN),
    });
  });

  it('keeps the efforts of the joints that measure one', () => {
    const message = { ...jointStateMessageOf(state, header), effort: Float64Array.of(NaN, 6) };
    expect(new JointStateReader(['a', 'b']).read(message).effort).toEqual(Float64Array.of(NaN, 6));
  });

  it('reads the joints that a message has', () => {
    const reader = new JointStateReader(['a', 'b', 'finger']);
    expect(reader.read(jointStateMessageOf(state, header)).position).toEqual(Float64Array.of(1, 2, NaN));
    const gripper = { names: ['finger'], position: Float64Array.of(0.02), velocity: Float64Array.of(0) };
    expect(reader.read(jointStateMessageOf(gripper, header))).toMatchObject({
      position: Float64Array.of(NaN, NaN, 0.02),
      velocity: Float64Array.of(NaN, NaN, 0),
    });
    expect(reader.newestNames).toEqual(['finger']);
  });

  it.each([
    [{ name: ['a', 'b', 'a'], position: new Float64Array(3), velocity: new Float64Array(3) }, 'a is named twice'],
    [{ name: ['b', 'a', 'b'], position: new Float64Array(3), velocity: new Float64Array(3) }, 'b is named twice'],
    [{ position: Float64Array.of() }, 'joint state: 0 of position for 2 names'],
    [{ position: Float64Array.of(1) }, 'joint state: 1 of position for 2 names'],
    [{ effort: Float64Array.of(1) }, 'joint state: 1 of effort for 2 names'],
    [{ position: Float64Array.of(1, NaN) }, 'joint state: position of b is NaN'],
    [{ velocity: Float64Array.of(1, Infinity) }, 'joint state: velocity of b is Infinity'],
    [{ effort: Float64Array.of(-Infinity, 1) }, 'joint state: effort of a is -Infinity'],
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
