import { Language } from '@praxis/teleop';
import { describe, expect, it } from 'vitest';
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
  ])('%s is a %s', (text, kind) => {
    expect(sentenceKind(language, text)).toBe(kind);
  });
});
