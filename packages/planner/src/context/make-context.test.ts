import { describe, expect, it } from 'vitest';
import { TRAYS } from '../testing/scene.ts';
import { heldBy, makeContext } from './make-context.ts';

const GRIPPER = [0, 0.08] as const;

describe('heldBy', () => {
  it.each([
    ['an open gripper', 0.08, undefined],
    ['a gripper that is nearly open', 0.073, undefined],
    ['fingers that touch each other', 0.003, undefined],
    ['fingers around a thing', 0.04, {}],
  ])('reads %s', (_, width, held) => {
    expect(heldBy({ time: 0, tool: [0, 0, 0], width }, GRIPPER)).toEqual(held);
  });

  it('feels the mass once the force has settled, and never a negative one', () => {
    const reading = { time: 0, tool: [0, 0, 0], width: 0.04, force: [0.2, 0, -3.924] as const };
    expect(heldBy(reading, GRIPPER)).toEqual({});
    expect(heldBy(reading, GRIPPER, true)).toEqual({ mass: expect.closeTo(0.4, 9) });
    expect(heldBy({ ...reading, force: [0, 0, 1] }, GRIPPER, true)).toEqual({ mass: 0 });
  });

  it('knows nothing of a robot without a gripper', () => {
    expect(heldBy({ time: 0, tool: [0, 0, 0], width: 0.04 }, undefined)).toBeUndefined();
  });
});

describe('makeContext', () => {
  const parts = { things: [], places: TRAYS, supervisor: { state: 'running' } };

  it('joins what is sensed, said and done', () => {
    const reading = {
      time: 3,
      tool: Float64Array.of(0.4, 0, 0.2, 1, 0, 0, 0),
      width: 0.04,
      force: [3, 0, -4] as const,
    };
    expect(makeContext({ ...parts, reading, gripper: GRIPPER, settled: true })).toEqual({
      ...parts,
      time: 3,
      tool: [0.4, 0, 0.2],
      gripperWidth: 0.04,
      held: { mass: expect.closeTo(0.408, 3) },
      contactForce: 5,
      utterances: [],
      history: [],
    });
  });

  it('leaves out what a robot does not sense', () => {
    const context = makeContext({ ...parts, reading: { time: 0, tool: [0, 0, 0] } });
    expect(Object.keys(context)).toEqual(['time', 'things', 'places', 'tool', 'supervisor', 'utterances', 'history']);
  });
});
