import { expect, it } from 'vitest';
import type { GateCourse } from '../episodes/gate-recorder.ts';
import type { EpisodeOutcome } from '../episodes/outcome.ts';
import { gatesOverTime, meanGates } from './gate-means.ts';

const episode = (gates?: GateCourse) => ({ gates }) as EpisodeOutcome;

it('gates over time are means over the episodes that still ran', () => {
  const outcomes = [
    episode({ vision: [1, 0.5, 0.25], wrench: [0, 0.5, 1] }),
    episode({ vision: [0.5, null], wrench: [0.5, null] }),
    episode(),
  ];
  expect(gatesOverTime(outcomes)).toEqual([
    { time_s: 0.25, episodes: 2, gates: { vision: 0.75, wrench: 0.25 } },
    { time_s: 0.75, episodes: 1, gates: { vision: 0.5, wrench: 0.5 } },
    { time_s: 1.25, episodes: 1, gates: { vision: 0.25, wrench: 1 } },
  ]);
  expect(meanGates(outcomes)).toEqual({ vision: (1 + 0.5 + 0.25 + 0.5) / 4, wrench: (0 + 0.5 + 1 + 0.5) / 4 });
  expect([gatesOverTime([episode()]), meanGates([episode()])]).toEqual([[], undefined]);
});
