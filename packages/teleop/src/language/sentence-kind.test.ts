import { describe, expect, it } from 'vitest';
import { Language } from './language.ts';
import { sentenceKind } from './sentence-kind.ts';

describe('sentenceKind', () => {
  const language = new Language();

  it.each([
    ['stop', 'stop'],
    ['stop the red cube', 'stop'],
    ['never mind', 'hold'],
    ['do not move', 'hold'],
    ['what do you see', 'question'],
    ['left 5 cm', 'command'],
    ['yes', 'command'],
    ['pick up the red cube', 'request'],
    ['go home, then open the gripper', 'request'],
    ['no, the blue one first', 'request'],
    ['lift the red cube, not the blue one', 'request'],
    ['pick up the cube that is not blue', 'request'],
    ["don't pick up the orange cylinder, pick up the red cylinder", 'request'],
    ['no, not the red cube, I want the green one', 'request'],
    ['do not touch the red cube. Lift the blue brick.', 'request'],
    ['grab the red cube and nothing else', 'request'],
    ['take the thing to the left of the red cylinder', 'request'],
    ['put the heavier box on the left tray, then lift the red cube', 'request'],
    ['do not touch it', 'hold'],
    ['hold on', 'hold'],
    ['no higher', 'hold'],
    ['go home', 'command'],
  ])('%s is a %s', (text, kind) => {
    expect(sentenceKind(language, text)).toBe(kind);
  });
});
