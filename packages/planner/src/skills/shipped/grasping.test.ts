import { describe, expect, it } from 'vitest';
import { seen, testCell, testContext } from '../../testing/scene.ts';
import { StraightArm } from '../../testing/straight-arm.ts';
import { SkillError } from '../skill-error.ts';
import { TOUCHING_SPEED_M_S } from './contact.ts';
import { takeByMotions, takeCentred } from './grasping.ts';
import { lower } from './lowering.ts';

const cell = testCell();
const cube = seen('red cube', 0.5, 0.1);
const scene = testContext([cube]);

describe('what is held', () => {
  it('goes down slowly over the last two centimetres, and no further than it touches', async () => {
    const arm = new StraightArm([0.5, 0.1, 0.2], scene, { force: ([, , z]) => (z < 0.035 ? 5 : 0) });
    await lower(arm, [0.5, 0.1, 0.02], true);
    const [fast, slow, ...more] = arm.moves;
    expect(more).toEqual([]);
    expect(fast.end[2]).toBeCloseTo(0.04, 6);
    expect(slow.speed).toBe(TOUCHING_SPEED_M_S);
    expect(slow.end[2]).toBeGreaterThan(0.033);
  });
});

describe('fingers that go down to a thing', () => {
  const height = ([, , z]: readonly number[]) => z - cube.position[2];

  it('move slowly where they may land on it, and step aside when they do', async () => {
    // The cube lies 1 cm beside its seen place: a finger lands on it unless the tool goes there.
    const lands = (tool: readonly number[]) => height(tool) < 0.03 && Math.abs(tool[1] - 0.11) > 0.007;
    const arm = new StraightArm([0.4, 0, 0.2], scene, { force: (tool) => (lands(tool) ? 9 : 0), grip: () => 0.04 });
    const { at } = await takeByMotions(cube, [0.5, 0.1], 'no instruction names it', arm, cell);
    expect(Math.abs(at[1] - 0.11)).toBeLessThan(0.007);
    const landing = arm.moves.filter(({ to, end }) => to[2] < end[2] - 1e-6);
    expect(landing.length).toBeGreaterThan(0);
    for (const { speed } of landing) expect(speed).toBe(TOUCHING_SPEED_M_S);
  });

  it('give up when they land on it wherever they go down', async () => {
    const arm = new StraightArm([0.4, 0, 0.2], scene, { force: (tool) => (height(tool) < 0.03 ? 9 : 0) });
    await expect(takeByMotions(cube, [0.5, 0.1], 'no instruction names it', arm, cell)).rejects.toThrow(SkillError);
    expect(arm.tool[2]).toBeGreaterThan(0.1);
  });

  it('are moved across the thing between the place where they are and the one where it was seen, and not along', async () => {
    const arm = new StraightArm([0.483, 0.108, 0.045], scene, { grip: () => 0.04 });
    const { at, lowest } = await takeCentred(cube, 0.13, arm, cell);
    expect(at[0]).toBeCloseTo(0.483 + 0.5 * 0.017, 6);
    expect(at[1]).toBeCloseTo(0.108, 6);
    expect(lowest).toBeCloseTo(cube.position[2], 6);
    expect(arm.tool[2]).toBeCloseTo(0.13, 6);
  });

  it('that close on nothing have not taken it', async () => {
    const arm = new StraightArm([0.483, 0.108, 0.045], scene, { grip: () => 0 });
    await expect(takeCentred(cube, 0.13, arm, cell)).rejects.toThrow(/closed beside/);
  });
});

describe('fingers that close on a round thing', () => {
  const radius = 0.02;
  /** Fingers 18 mm wide: flat on the thing near its middle, by their edges further off. */
  const roundAt = (middle: number) => {
    const off = (x: number) => Math.max(0, Math.abs(x - middle) - 0.009);
    return {
      grip: ([x, , z]: readonly number[]) => (z > 0.05 ? 0 : 2 * Math.sqrt(Math.max(0, radius ** 2 - off(x) ** 2))),
      creep: ([x]: readonly number[]) => (off(x) > 0.002 ? 0.001 : 0),
    };
  };
  const takenFrom = async (middle: number) => {
    const arm = new StraightArm([0.5, 0.1, 0.045], scene, roundAt(middle));
    const { at } = await takeCentred(cube, 0.13, arm, cell);
    return { arm, at };
  };

  it('hold it where they are when it does not creep out of them', async () => {
    const { arm, at } = await takenFrom(0.507);
    expect(at[0]).toBeCloseTo(0.5, 6);
    expect(arm.notes).toEqual([]);
    expect(arm.width).toBeCloseTo(2 * radius, 6);
  });

  it.each([
    [0.517, 'gripped again 15 mm further away'],
    [0.483, 'gripped again 15 mm nearer'],
    [0.53, 'gripped again 27 mm further away'],
  ])('close again nearer to its middle at %f', async (middle, note) => {
    const { arm, at } = await takenFrom(middle);
    expect(Math.abs(at[0] - middle)).toBeLessThan(0.009);
    expect(arm.notes).toEqual([note]);
    expect(arm.width).toBeCloseTo(2 * radius, 6);
    expect(arm.tool[2]).toBeCloseTo(0.13, 6);
  });

  it.each([
    [0.508, 'it hung 8 mm further away and was gripped there'],
    [0.492, 'it hung 8 mm nearer and was gripped there'],
  ])(
    'set it down and grip its middle at %f, where the wrist feels that it hangs, and press no harder',
    async (middle, note) => {
      const load = ([x, , z]: readonly number[], width: number) =>
        width < 0.06 && z > cube.position[2] + 0.001 ? { weight: 4, beyond: middle - x } : { weight: 0, beyond: 0 };
      const arm = new StraightArm([0.5, 0.1, 0.045], scene, { ...roundAt(middle), load });
      const { at, lowest } = await takeCentred(cube, 0.13, arm, cell);
      expect(at[0]).toBeCloseTo(middle, 6);
      expect(lowest).toBeCloseTo(cube.position[2], 6);
      expect(arm.notes).toEqual([note]);
      expect(arm.efforts).not.toContain(1);
      expect(arm.tool[2]).toBeCloseTo(0.13, 6);
    },
  );

  it('hold it as they had it when it is wider on neither side', async () => {
    const arm = new StraightArm([0.5, 0.1, 0.045], scene, { grip: () => 0.03, creep: () => 0.001 });
    const { at } = await takeCentred(cube, 0.13, arm, cell);
    expect(at[0]).toBeCloseTo(0.5, 6);
  });
});
