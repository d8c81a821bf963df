import { expect, it } from 'vitest';
import { placeOf } from '../../context/lookup.ts';
import { seen, testCell, testContext } from '../../testing/scene.ts';
import { StraightArm } from '../../testing/straight-arm.ts';
import { putDown } from './putting-down.ts';

const cell = testCell();
/** Length and width of the largest thing, and how far beside its middle it is held or seen at most (m). */
const [LENGTH_M, WIDTH_M, ERROR_M] = [0.07, 0.045, 0.012];

it('three long things on a place lie clear of each other and on it, although they are held and seen beside their middle', async () => {
  const context = testContext([seen('red cube', 0.5, 0.1)]);
  const place = placeOf(context, 'left tray')!;
  const lying: number[][] = [];
  for (let i = 0; i < 3; i++) {
    const there = lying.map(([x, y], k) => ({
      ...seen(`brick ${k}`, x, y),
      position: [x, y, place.position[2] + 0.02] as const,
      on: place.name,
    }));
    const arm = new StraightArm([0.5, 0.1, 0.2], { ...testContext(there), held: { thing: 'brick', height: 0.02 } });
    arm.width = 0.04;
    await putDown(arm, cell, place);
    const [x, y] = arm.tool;
    for (const [axis, at] of [x, y].entries())
      expect(Math.abs(at - place.position[axis]) + ERROR_M).toBeLessThan(place.halfSize[axis]);
    for (const [otherX, otherY] of lying)
      expect(
        Math.abs(x - otherX) > LENGTH_M + 1.5 * ERROR_M || Math.abs(y - otherY) > WIDTH_M + 1.5 * ERROR_M,
        `${x}, ${y} beside ${otherX}, ${otherY}`,
      ).toBe(true);
    lying.push([x, y]);
  }
});
