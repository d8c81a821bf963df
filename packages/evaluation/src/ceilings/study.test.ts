import { describe, expect, it } from 'vitest';
import { wilson95 } from '../report/statistics.ts';
import { ceilingsPage } from './page.ts';
import { agrees, measureCeilings } from './study.ts';

describe('a measured rate', () => {
  const ceiling = (rate: number, relation: 'equal' | 'at most' | 'at least') => ({ rate, relation, reason: '' });

  it('agrees with a ceiling within its interval', () => {
    expect(agrees(wilson95(100, 200), ceiling(0.5, 'equal'))).toBe(true);
    expect(agrees(wilson95(120, 200), ceiling(0.5, 'equal'))).toBe(false);
    expect(agrees(wilson95(80, 200), ceiling(0.5, 'equal'))).toBe(false);
  });

  it('agrees with a bound on the right side of it', () => {
    expect(agrees(wilson95(0, 200), ceiling(0.05, 'at most'))).toBe(true);
    expect(agrees(wilson95(40, 200), ceiling(0.05, 'at most'))).toBe(false);
    expect(agrees(wilson95(199, 200), ceiling(0.98, 'at least'))).toBe(true);
    expect(agrees(wilson95(180, 200), ceiling(0.98, 'at least'))).toBe(false);
  });
});

it('the study refuses a task that says no ceilings', async () => {
  await expect(measureCeilings({ tasks: ['tidy'], seeds: [0] })).rejects.toThrow(
    'task tidy: it does not say what can be reached without each modality',
  );
});

it('the page has a row for each cell and says which disagree', () => {
  const row = {
    task: 'insert',
    episodes: 200,
    ceiling: { rate: 0.5, relation: 'equal', reason: 'one of two' },
  } as const;
  const of = (successes: number, without: 'language' | 'nothing') => {
    const interval = wilson95(successes, 200);
    return {
      ...row,
      without,
      successes,
      success_rate: successes / 200,
      wilson95: interval,
      agrees: agrees(interval, row.ceiling),
    };
  };
  const trace_sha256 = { nothing: 'a', vision: 'b', wrench: 'c', language: 'd' };
  const page = ceilingsPage(
    { robot: 'r', seed: 7, rows: [of(99, 'language'), of(150, 'nothing')], trace_sha256 },
    'COMMAND',
  );
  expect(page).toContain('Made by `COMMAND`');
  expect(page).toMatch(
    /\| `insert` \| `language` \| 99\/200 \| 49\.5 % \| 42\.6 to 56\.4 % \| 50\.0 % \| one of two \| yes \|/,
  );
  expect(page).toMatch(/\| nothing \| 150\/200 .* \*\*no\*\* \|/);
});
