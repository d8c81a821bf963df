import { describe, expect, it } from 'vitest';
import { needsSecondDecoding, verdictOf } from './verdict.ts';

const same = (a: string, b: string) => a === b;
const match = (text: string, fit: number, wordFit = -5) => ({ text, fit, wordFit });
const noMatch = match('', Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY);

describe('verdictOf', () => {
  it('accepts a high score and rejects a low one, acoustic or of the words', () => {
    expect(verdictOf(match('up', -40), undefined, same).text).toBe('up');
    expect(verdictOf(match('up', -40), undefined, same).margin).toBeGreaterThan(0);
    expect(verdictOf(match('up', -90), undefined, same).margin).toBeLessThan(0);
    expect(verdictOf(match('up', -40, -60), undefined, same).margin).toBeLessThan(0);
    expect(verdictOf(noMatch, undefined, same).margin).toBe(Number.NEGATIVE_INFINITY);
  });

  it('requires a higher score of fewer words', () => {
    const margin = (text: string) => verdictOf(match(text, -55), undefined, same).margin;
    expect(margin('move up')).toBeGreaterThan(margin('up'));
    expect(margin('move the arm up')).toBeGreaterThan(margin('move up'));
    expect(margin('move the gripper up a bit')).toBe(margin('move the arm up'));
  });

  it('takes the higher score of two decodings, after the penalty of the raw audio', () => {
    expect(verdictOf(match('up', -50), match('down', -40), same).text).toBe('down');
    expect(verdictOf(match('up', -42), match('down', -41), same).text).toBe('up');
    expect(verdictOf(match('up', -45, -4), match('down', -40, -30), same).text).toBe('up');
    expect(verdictOf(noMatch, match('down', -40), same).text).toBe('down');
  });

  it('rejects two decodings with different meanings unless one has a high score and leads by the margin', () => {
    expect(verdictOf(match('five', -40), match('nine', -39), same).margin).toBeLessThan(0);
    expect(verdictOf(match('five', -49), match('five', -52), same).margin).toBeGreaterThan(0);
    expect(verdictOf(match('five', -90), match('nine', -120), same).margin).toBeLessThan(0);
    expect(verdictOf(match('five', -40), match('nine', -62), same).margin).toBeGreaterThan(0);
  });

  it('takes the only decoding that matches', () => {
    expect(verdictOf(match('five', -40), noMatch, same).margin).toBeGreaterThan(0);
    expect(verdictOf(noMatch, noMatch, same).margin).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('needsSecondDecoding', () => {
  it('is true for scores that are neither clear nor too low', () => {
    expect(needsSecondDecoding(match('up', -70))).toBe(true);
    expect(needsSecondDecoding(match('up', -40, -1))).toBe(false);
    expect(needsSecondDecoding(match('up', -90, -40))).toBe(false);
    expect(needsSecondDecoding(noMatch)).toBe(false);
  });
});
