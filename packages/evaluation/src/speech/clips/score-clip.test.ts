import { Language } from '@praxis/teleop';
import { describe, expect, it } from 'vitest';
import { scoreClip } from './score-clip.ts';

const language = new Language();
const audio = { samples: new Float32Array(8000), rate: 16_000 };
const utterance = (text: string, accepted: 'yes' | 'no') => ({
  ...{ text, accepted, confidence: 0.5, start: 0, end: 1, compute: 0 },
});
const stop = { word: 'stop', end: 1, detected: 1, by: 'stop words', confidence: 'high' } as const;

describe('scoreClip', () => {
  it.each([
    ['stop', [], [stop], 'stopped'],
    ['stop', [['stop', 'yes']], [], 'missed'],
    ['move left five centimetres', [['move left five centimetres', 'yes']], [], 'right'],
    ['move left five centimetres', [['left five centimetres', 'yes']], [], 'right'],
    ['move left five centimetres', [['move left nine centimetres', 'yes']], [], 'wrong'],
    ['move left five centimetres', [['move left nine centimetres', 'no']], [], 'rejected'],
    ['move left five centimetres', [['move left five centimetres', 'yes']], [stop], 'false stop'],
    ['ten of clubs', [['ten of clubs', 'yes']], [], 'quiet'],
    ['ten of clubs', [['open', 'yes']], [], 'wrong'],
    ['ten of clubs', [], [stop], 'false stop'],
  ] as const)('of "%s", recognised as %j with stops %j: %s', (text, recognised, stops, outcome) => {
    const utterances = recognised.map(([words, accepted]) => utterance(words, accepted));
    expect(scoreClip({ name: 'clip', text, audio }, { utterances, stops }, language)).toMatchObject({
      outcome,
      seconds: 0.5,
    });
  });
});
