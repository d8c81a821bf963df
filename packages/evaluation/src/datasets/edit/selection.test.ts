import { describe, expect, it } from 'vitest';
import { checkSelection, isSelected, parseSelection } from './selection.ts';

describe('a selection of episodes', () => {
  it('is numbers and ranges, or all', () => {
    expect([...(parseSelection('--drop', '0,3-5') as ReadonlySet<number>)]).toEqual([0, 3, 4, 5]);
    expect(isSelected(parseSelection('--drop', 'all'), 99)).toBe(true);
    expect(isSelected(undefined, 0)).toBe(false);
  });

  it.each(['', '5-3', 'a', '1,,2', '-1', '0-99999999999'])('%j is refused in one line', (text) => {
    expect(() => parseSelection('--drop', text)).toThrow(`--drop ${text}: expected all, or numbers and ranges`);
  });

  it('names no episode that does not exist', () => {
    expect(() => checkSelection('--drop', parseSelection('--drop', '2,7'), 5)).toThrow(
      '--drop: episode 7, expected 0 to 4',
    );
  });
});
