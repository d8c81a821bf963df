import { describe, expect, it } from 'vitest';
import { verdictOf } from './verdict.ts';

const same = (a: string, b: string) => a === b;
const found = (text: string, fit: number) => ({ text, fit });

describe('verdictOf', () => {
  it('takes what is clear and refuses what is not', () => {
    expect(verdictOf(found('up', -40), undefined, same)).toEqual({ text: 'up', margin: 17.5 });
    expect(verdictOf(found('up', -60), undefined, same).margin).toBeLessThan(0);
    expect(verdictOf(found('', Number.NEGATIVE_INFINITY), undefined, same).margin).toBe(Number.NEGATIVE_INFINITY);
  });

  it('takes the clearer of two, of what was not cleaned only when it is clearer by far', () => {
    expect(verdictOf(found('up', -50), found('down', -40), same).text).toBe('down');
    expect(verdictOf(found('up', -42), found('down', -41), same).text).toBe('up');
    expect(verdictOf(found('', Number.NEGATIVE_INFINITY), found('down', -40), same).text).toBe('down');
  });

  it('asks again rather than act on one of two meanings, unless one is clear and clearer by far', () => {
    expect(verdictOf(found('five', -49), found('five', -52), same).margin).toBeGreaterThan(0);
    expect(verdictOf(found('five', -52), found('nine', -63), same).margin).toBeLessThan(0);
    expect(verdictOf(found('five', -40), found('nine', -39), same).margin).toBeLessThan(0);
    expect(verdictOf(found('five', -40), found('nine', -52), same).margin).toBeGreaterThan(0);
  });

  it('of a sound in which only one of the two holds anything goes by that', () => {
    expect(verdictOf(found('five', -40), found('', Number.NEGATIVE_INFINITY), same).margin).toBe(11.5);
    expect(verdictOf(found('', Number.NEGATIVE_INFINITY), found('', Number.NEGATIVE_INFINITY), same).margin).toBe(
      Number.NEGATIVE_INFINITY,
    );
  });
});
