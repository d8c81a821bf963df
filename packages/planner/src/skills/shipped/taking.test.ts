import { describe, expect, it } from 'vitest';
import { seen, testCell, testContext } from '../../testing/scene.ts';
import { StraightArm } from '../../testing/straight-arm.ts';
import type { SkillReading } from '../skill.ts';
import { take } from './taking.ts';

const cell = testCell();
const cube = seen('red cube', 0.5, 0.1);

/** Takes the cube with a learned policy that closes the fingers at an x and lifts. @returns how it was taken, in words */
async function takenAt(x: number): Promise<readonly string[]> {
  const arm = new StraightArm([0.4, 0, 0.2], testContext([cube]), { grip: () => 0.04 });
  arm.instruct = async (_text: string, isDone: (reading: SkillReading) => boolean) => {
    arm.width = 0.04;
    return [0.02, 0.13].some((z) => {
      arm.tool = [x, 0.1, z];
      return isDone(arm.reading());
    });
  };
  await take('red cube', arm, cell);
  return arm.notes;
}

describe('a thing that the learned policy took', () => {
  it('stays in the fingers when they hold its middle', async () => {
    expect(await takenAt(0.495)).toEqual(['taken by the learned policy']);
  });

  it.each([0.475, 0.525])('is set back and taken again when they hold its edge, at %f', async (x) => {
    expect(await takenAt(x)).toEqual(['taken by motions to its seen place: the learned policy took it by its edge']);
  });
});
