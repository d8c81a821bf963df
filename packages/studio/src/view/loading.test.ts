import { expect, it } from 'vitest';
import { type Loading, loadingFraction, loadingText } from './loading.ts';

const steps: readonly (readonly [Loading, number, string])[] = [
  [{ simulator: 'loading', policy: 'loading' }, 0, 'Loading the simulator and the policy'],
  [
    { simulator: 'loading', policy: { loadedBytes: 4e6, totalBytes: 8e6 } },
    0.27,
    'Loading the simulator and the policy, 4.0 of 8.0 MB',
  ],
  [{ simulator: 'loaded', policy: { loadedBytes: 8e6, totalBytes: 8e6 } }, 0.84, 'Loading the policy, 8.0 of 8.0 MB'],
  [{ simulator: 'loaded', policy: 'loaded' }, 0.9, 'Loading the first scene'],
];

it.each(steps)('says what is loading and how much of it is there: %j', (loading, fraction, text) => {
  expect(loadingFraction(loading)).toBeCloseTo(fraction, 9);
  expect(loadingText(loading)).toBe(text);
});
