import { describe, expect, it } from 'vitest';
import { Catalogue } from '../skills/catalogue.ts';
import { SHIPPED_SKILLS } from '../skills/shipped/index.ts';
import { seen, testCell, testContext } from '../testing/scene.ts';
import { withPauses } from './pauses.ts';
import { RulesPlanner } from './rules-planner.ts';

describe('the pauses of a sentence without marks', () => {
  it.each([
    ['not the red cube the blue cube', 'not the red cube, the blue cube'],
    ["don't pick up the red cube pick up the blue one", "don't pick up the red cube, pick up the blue one"],
    ['No not the red cube I want the blue one', 'No, not the red cube, I want the blue one'],
    ['the blue cube not the red cube', 'the blue cube, not the red cube'],
    ['the red cube stays where it is pick up the blue one', 'the red cube stays where it is, pick up the blue one'],
    ['anything but the red cube the drum and the box', 'anything but the red cube, the drum and the box'],
  ])('of "%s"', (text, expected) => expect(withPauses(text)).toBe(expected));

  it.each([
    'pick up the cube that is not blue',
    'put the red cube on the left tray',
    'take the thing to the left of the red cube',
    'the cube which is not on the left tray',
    'no, not the red cube the blue one',
  ])('are none in "%s"', (text) => expect(withPauses(text)).toBe(text));
});

it('lets the rules read a sentence as a recogniser writes it, and refuses what they refuse with marks', async () => {
  const catalogue = new Catalogue(SHIPPED_SKILLS, testCell());
  const context = testContext([seen('red cube', 0.42, 0.15), seen('blue cube', 0.5, -0.1)]);
  const planned = async (request: string) => (await new RulesPlanner().plan({ request, context, catalogue })).plan;
  for (const request of ['leave the red cube take the blue cube', 'not the red cube the blue one'])
    expect(await planned(request)).toMatchObject({ kind: 'steps', steps: [{ arguments: { thing: 'blue cube' } }] });
  for (const request of ['leave the red cube take the banana', 'leave the red cube throw the blue cube at the wall'])
    expect(await planned(request)).toMatchObject({ kind: 'refusal' });
});
