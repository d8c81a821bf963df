import { expect, it } from 'vitest';
import { REPEAT_INTERVAL_S, RepeatedLine } from './repeated-line.ts';

it('RepeatedLine logs each kind at once, and repeats at most every 10 s with their number', () => {
  const lines: string[] = [];
  let now = 0;
  const log = new RepeatedLine(
    (line) => lines.push(line),
    () => now,
  );
  for (let k = 0; k <= 10 * REPEAT_INTERVAL_S; k++) {
    now = k / 10;
    log.add('policy_error', `no answer after ${k}`);
    if (k === 50) log.add('bad_sample', 'joints: NaN');
  }
  expect(lines).toEqual(['no answer after 0', 'joints: NaN', 'no answer after 100 (and 99 more since the last line)']);
});
