import { describe, expect, it } from 'vitest';
import { Language } from './language.ts';
import { isPlannerRequest } from './planner-request.ts';

const language = new Language();

describe('a request for a planner', () => {
  it.each([
    'pick up the cube that is not blue',
    "don't pick up the orange cylinder, pick up the red cylinder",
    'no, not the red cube, I want the green one',
    'do not touch the red cube. Lift the blue brick.',
    'grab the red cube and nothing else',
    'take the thing to the left of the red cylinder',
    'put the heavier box on the left tray, then lift the red cube',
  ])('is "%s"', (text) => expect(isPlannerRequest(language, text)).toBe(true));

  it.each(["don't move", 'do not touch it', 'hold on', 'no', 'wait', 'no higher', 'stop', 'left 5 cm', 'go home'])(
    'is not "%s"',
    (text) => expect(isPlannerRequest(language, text)).toBe(false),
  );
});
