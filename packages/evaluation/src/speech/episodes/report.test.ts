import { describe, expect, it } from 'vitest';
import { instructionsOf, type TrialOutcome } from './instruction-trial.ts';
import { pairOf, spokenPage, spokenReport } from './report.ts';
import type { SpokenInstruction } from './spoken-instruction.ts';

const trial = { seed: 7, written: 'please lift the red cube', text: 'lift the red cube' };
const outcome = (
  understood: SpokenInstruction['understood'],
  succeeded: TrialOutcome['succeeded'],
  recognisedTexts = ['a'],
): TrialOutcome => ({
  spoken: { voice: 'flite rms', noise: 'pink', recognisedTexts, understood },
  succeeded,
});
const understood = (text: string) => ({ kind: 'instruction', text }) as const;

const same = outcome(understood(trial.text), { [trial.text]: true });
const otherWords = outcome(understood('take the red cube'), { [trial.text]: false, 'take the red cube': true }, [
  'b',
  'c',
]);
const wrong = outcome(understood('lift the blue cube'), { [trial.text]: true, 'lift the blue cube': false });
const rejected = outcome({ kind: 'rejected' }, { [trial.text]: true }, ['', '']);

describe('the comparison of text and speech', () => {
  it('runs an episode once for each different instruction', () => {
    expect(instructionsOf(trial, same.spoken)).toEqual([trial.text]);
    expect(instructionsOf(trial, wrong.spoken)).toEqual([trial.text, 'lift the blue cube']);
    expect(instructionsOf(trial, rejected.spoken)).toEqual([trial.text]);
  });

  it('reports the difference of successes and the kinds of recognised instructions', () => {
    const report = spokenReport([same, otherWords, wrong, rejected].map((each) => pairOf(trial, each)));
    expect(report).toMatchObject({
      episodes: 4,
      text: { successes: 3, success_rate: 0.75 },
      speech: { successes: 2, success_rate: 0.5 },
      difference_points: 25,
      understood: { as_written: 1, another_instruction: 2, another_command: 0, stop: 0, rejected: 1 },
      second_attempts: 2,
      by_noise: { pink: { episodes: 4, speech: 2 }, motor: { episodes: 0, speech: 0 } },
    });
    expect(report.differing.map(({ spoken }) => spoken)).toEqual(
      [otherWords, wrong, rejected].map((each) => each.spoken),
    );
  });

  it('lists on its page every episode in which text and speech differ', () => {
    const report = spokenReport([same, rejected].map((each) => pairOf(trial, each)));
    const facts = { task: 'pick', policy: 'p', seed: 7, decibels: 20, voices: ['flite rms'], command: 'npx praxis' };
    const page = spokenPage(report, facts);
    expect(page).toContain('| text | 2 | 2 | 100.0 % |');
    expect(page).toContain('The success rate by speech is 50.0 percentage points below that by text.');
    expect(page).toContain(
      '| 7 | flite rms | pink | please lift the red cube | (nothing); (nothing) | success | failure (rejected) |',
    );
  });
});
