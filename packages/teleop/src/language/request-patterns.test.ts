import { EMPTY_VOCABULARY } from '@praxis/policy';
import { expect, it } from 'vitest';
import { createGrammar } from '../grammar.ts';
import { Language } from './language.ts';
import { withRequests } from './request-patterns.ts';
import { sentenceKind } from './sentence-kind.ts';

const REQUESTS = [
  'pick up the cube that is not blue',
  "don't pick up the orange cylinder pick up the red cylinder",
  'no not the red cube i want the green cube',
  'take the red cube instead of the green brick',
  'never mind the red cube lift the green cylinder',
  'get the one in front of the green cube',
  'lift what is right of the red brick',
];

it('are commands for a recogniser, and for the command language without a planner what they were', () => {
  const { isCommand } = createGrammar(withRequests(EMPTY_VOCABULARY));
  const language = new Language();
  for (const text of REQUESTS) {
    expect(isCommand(text.split(' ')), text).toBe(true);
    expect(sentenceKind(language, text), text).toBe('request');
  }
  expect(language.interpret(REQUESTS[0])).toEqual({ kind: 'hold' });
});

it('leave stops, holds and motions of the recogniser as they are', () => {
  const { meaningOf } = createGrammar(withRequests(EMPTY_VOCABULARY));
  const language = new Language();
  for (const text of ['stop', 'hold on', "don't move", 'move left five centimetres', 'pick up the red cube'])
    expect(JSON.parse(meaningOf(text))).toEqual(language.interpret(text));
});
