import { describe, expect, it } from 'vitest';
import type { EpisodeOutcome } from '../episodes/outcome.ts';
import { pageHtml, pageMarkdown } from '../report/document.ts';
import { ablationPage } from './page.ts';
import type { AblationPlan } from './plan.ts';
import { ablationReport } from './report.ts';
import type { AblationResults, TrainingResult } from './results.ts';
import { ablationTable } from './table.ts';

const SEEDS = [0, 1, 2, 3];

const plan: AblationPlan = {
  data: [{ path: 'data/pick', weight: 1, sha256: 'a', tasks: ['pick'], episodes: 5, records: 50, wrench: true }],
  ...{ steps: 100, training: ['--batch', '32'], arms: ['all', 'concat', 'vision'], trainingSeeds: 2, tasks: ['pick'] },
  ...{ seed: 0, episodes: SEEDS.length },
};

const outcome = (seed: number, success: boolean): EpisodeOutcome => ({
  ...{ task: 'pick', seed, success, outcome: success ? 'success' : 'failure', instruction: 'pick it up' },
  ...{
    timeS: success ? 10 + seed : 60,
    peakForceN: 5,
    policyMs: [1],
    missedDeadlines: 0,
    emptyQueueTicks: 0,
    steps: 10,
  },
  ...{
    instructionFollowed: success,
    actionsSha256: `${seed} ${success}`,
    ...(success ? {} : { failure: 'time limit' }),
  },
  gates: { vision: [1, 0.5], wrench: [0, 0.5] },
});

/** @param succeeded seeds of the episodes that succeeded */
const training = (arm: string, seed: number, succeeded: readonly number[]): TrainingResult => ({
  ...{ arm, seed, parameters: 1000 + (arm === 'concat' ? 10 : 0), trainingS: 50, evaluationS: 20 },
  machine: { cpu: 'A <fast> one', cpus: 2, memoryGiB: 16, device: 'cpu', python: '3.12.1', torch: '2.6.0' },
  evaluation: {
    run: {
      ...{ policy: `${arm}-${seed}`, policySha256: 'a', robot: 'praxis_arm', robotSha256: 'b', tasks: ['pick'] },
      ...{ seed: 0, episodes: SEEDS.length, mask: [], swap: false, fault: undefined, safety: 'on', version: '1' },
      ...{ runtime: 'node', wallS: 20, partial: false },
    },
    outcomes: SEEDS.map((each) => outcome(each, succeeded.includes(each))),
  },
});

const results: AblationResults = {
  plan,
  trainings: [
    ...[training('all', 0, [0, 1, 2, 3]), training('all', 1, [0, 1, 2])],
    ...[training('concat', 0, [0, 1]), training('vision', 0, [3])],
  ],
  bestSingle: 'vision',
  missing: [
    { arm: 'concat', seed: 1 },
    { arm: 'vision', seed: 1 },
  ],
};

describe('the report of an ablation', () => {
  const report = ablationReport(results);

  it('pools the trainings of an arm, and tells them apart beside', () => {
    const [all, concat, vision] = report.arms;
    expect(all.tasks[0]).toMatchObject({ task: 'pick', successes: 7, episodes: 8 });
    expect(all.by_training.map(({ training_seed, rates }) => [training_seed, rates.pick])).toEqual([
      [0, 1],
      [1, 0.75],
    ]);
    expect([concat.fusion, concat.without, vision.without]).toEqual(['concat', [], ['wrench', 'language']]);
    expect(all.gates).toEqual({ vision: 0.75, wrench: 0.25 });
    expect(report.gates.pick).toMatchObject([
      { time_s: 0.25, episodes: 8, gates: { vision: 1, wrench: 0 } },
      { time_s: 0.75, episodes: 8, gates: { vision: 0.5, wrench: 0.5 } },
    ]);
  });

  it('pairs episodes of the training seeds that both arms have', () => {
    expect(report.comparisons).toMatchObject([
      { first: 'all', second: 'concat', training_seeds: [0] },
      { first: 'all', second: 'vision', training_seeds: [0] },
    ]);
    const [concat] = report.comparisons[0].tasks;
    expect(concat).toMatchObject({ pairs: 4, counts: { both: 2, onlyFirst: 2, onlySecond: 0, neither: 0 } });
    expect(concat.difference).toBe(-0.5);
    const both = { ...results, trainings: [...results.trainings, training('concat', 1, [3])] };
    const [more] = ablationReport(both).comparisons;
    expect(more.training_seeds).toEqual([0, 1]);
    expect(more.tasks[0]).toMatchObject({ pairs: 8, counts: { both: 2, onlyFirst: 5, onlySecond: 1, neither: 0 } });
  });

  it('is a page that says what was trained, how, and what is missing', () => {
    const page = ablationPage(results, report, 'runs/my ablation');
    const markdown = pageMarkdown(page);
    for (const line of [
      "Made by `npx praxis ablate --data data/pick --steps 100 --arms all,concat,vision --training-seeds 2 --tasks pick --episodes 4 --seed 0 --out 'runs/my ablation' -- --batch 32`; do not edit.",
      '| vision | gated | wrench, language | 0 | 1000 |',
      'the best arm with one modality, here `vision`, by the successes of its training seed 0; one of each other arm.',
      'PARTIAL: not finished are concat-1, vision-1.',
      '| pick | all | 7/8 | 87.5 % |',
      '| pick | all | 100.0 % / 75.0 % | 75.0 % to 100.0 % |',
      '| concat | 0 | pick | 4 | 2 / 2 / 0 / 0 | -50.0 pp |',
      '| pick | vision-0 | time limit | 3 | 0 1 2 |',
      '| pick | 0.75 | 8 | 0.50 | 0.50 |',
      '| `vision-0` | 50.0 s | 2.00 | 20.0 s |',
      '`--data data/pick:1 --steps 100 --seed 0 --fusion gated --without wrench --without language --batch 32`',
    ])
      expect(markdown).toContain(line);
    const html = pageHtml(page);
    expect(html.match(/<svg /g)).toHaveLength(4);
    expect(html).toContain('A &lt;fast&gt; one');
    expect(html).not.toMatch(/<script|src=|<fast>/);
    expect(ablationTable(report)).toContain('PARTIAL: not finished are concat-1, vision-1');
  });

  it('of a folder in which nothing is finished says so', () => {
    const nothing: AblationResults = { plan, trainings: [], missing: [{ arm: 'all', seed: 0 }] };
    const empty = ablationReport(nothing);
    expect(empty).toMatchObject({ arms: [], comparisons: [], missing: ['all-0'], partial: true });
    expect(pageMarkdown(ablationPage(nothing, empty, 'out'))).toContain('No training is finished and evaluated yet.');
  });
});
