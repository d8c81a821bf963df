import { describe, expect, it } from 'vitest';
import { isUnclear, verdictOf } from './verdict.ts';

const same = (a: string, b: string) => a === b;
const found = (text: string, fit: number, wording = -5) => ({ text, fit, wording });
const nothing = found('', Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY);

describe('verdictOf', () => {
  it('takes what is clear and refuses what is not, or what sounds like other words', () => {
    expect(verdictOf(found('up', -40), undefined, same).text).toBe('up');
    expect(verdictOf(found('up', -40), undefined, same).margin).toBeGreaterThan(0);
    expect(verdictOf(found('up', -90), undefined, same).margin).toBeLessThan(0);
    expect(verdictOf(found('up', -40, -60), undefined, same).margin).toBeLessThan(0);
    expect(verdictOf(nothing, undefined, same).margin).toBe(Number.NEGATIVE_INFINITY);
  });

  it('of few words has to be clearer', () => {
    const margin = (text: string) => verdictOf(found(text, -55), undefined, same).margin;
    expect(margin('move up')).toBeGreaterThan(margin('up'));
    expect(margin('move the arm up')).toBeGreaterThan(margin('move up'));
    expect(margin('move the gripper up a bit')).toBe(margin('move the arm up'));
  });

  it('takes the clearer of two, of what was not cleaned only when it is clearer by far', () => {
    expect(verdictOf(found('up', -50), found('down', -40), same).text).toBe('down');
    expect(verdictOf(found('up', -42), found('down', -41), same).text).toBe('up');
    expect(verdictOf(found('up', -45, -4), found('down', -40, -30), same).text).toBe('up');
    expect(verdictOf(nothing, found('down', -40), same).text).toBe('down');
  });

  it('asks again rather than act on one of two meanings, unless one is clear and clearer by far', () => {
    expect(verdictOf(found('five', -40), found('nine', -39), same).margin).toBeLessThan(0);
    expect(verdictOf(found('five', -49), found('five', -52), same).margin).toBeGreaterThan(0);
    expect(verdictOf(found('five', -90), found('nine', -120), same).margin).toBeLessThan(0);
    expect(verdictOf(found('five', -40), found('nine', -62), same).margin).toBeGreaterThan(0);
  });

  it('of a sound in which only one of the two holds anything goes by that', () => {
    expect(verdictOf(found('five', -40), nothing, same).margin).toBeGreaterThan(0);
    expect(verdictOf(nothing, nothing, same).margin).toBe(Number.NEGATIVE_INFINITY);
  });
});

describe('isUnclear', () => {
  it('looks again at what is neither clear nor hopeless', () => {
    expect(isUnclear(found('up', -70))).toBe(true);
    expect(isUnclear(found('up', -40, -1))).toBe(false);
    expect(isUnclear(found('up', -90, -40))).toBe(false);
    expect(isUnclear(nothing)).toBe(false);
  });
});
