import { describe, expect, it } from 'vitest';
import type { EpisodeOutcome } from '../episodes/outcome.ts';
import { inferenceCells, touchCells } from './cells.ts';
import { delaysPage, delaysTable } from './page.ts';
import { type DelayStudy, rowsOf } from './study.ts';

const TASKS = ['pick', 'sort'];

const CELLS = [
  ...inferenceCells('receding_horizon'),
  ...inferenceCells('temporal_ensembling'),
  ...touchCells('on'),
  ...touchCells('off'),
];

/** Episodes of seeds 0..3 of both tasks. @param successes seeds of `pick` that succeed; all of `sort` do */
const outcomes = (successes: readonly number[], more: Partial<EpisodeOutcome> = {}): readonly EpisodeOutcome[] =>
  TASKS.flatMap((task) =>
    [0, 1, 2, 3].map((seed) => {
      const success = task === 'sort' || successes.includes(seed);
      return {
        ...{
          task,
          seed,
          success,
          outcome: success ? 'success' : 'failure',
          instruction: '',
          instructionFollowed: success,
        },
        ...{ timeS: 5 + seed, peakForceN: seed, policyMs: [], missedDeadlines: 0, emptyQueueTicks: 0, steps: 1 },
        ...{ actionsSha256: `${task} ${seed}`, ...(success ? {} : { failure: 'time limit' }), ...more },
      } satisfies EpisodeOutcome;
    }),
  );

describe('the study of delays', () => {
  it('compares each cell with the one that differs in its delay alone', () => {
    const byName = new Map(CELLS.map((cell) => [cell.name, cell]));
    for (const cell of CELLS.filter(({ baseline }) => baseline !== undefined)) {
      const baseline = byName.get(cell.baseline!)!;
      expect(baseline).toMatchObject({ scheduler: cell.scheduler, safety: cell.safety, addedInferenceDelay: 0 });
      expect([baseline.touch, baseline.baseline]).toEqual([undefined, undefined]);
      expect(cell.addedInferenceDelay > 0).toBe(cell.touch === undefined);
    }
    // The usual timing of touch under the supervisor is the receding horizon without a delay.
    expect(byName.size).toBe(CELLS.length - 1);
  });

  it('counts successes of each task and pairs them with those of the baseline by seed', () => {
    const [pick, sort] = rowsOf(TASKS, outcomes([0]), outcomes([0, 1, 2]));
    expect(pick).toMatchObject({ task: 'pick', episodes: 4, successes: 1, causes: { 'time limit': 3 }, falseStops: 0 });
    expect(pick.paired).toMatchObject({ difference: -0.5, mcnemar_p: 0.5, time_s: { pairs: 1, difference: 0 } });
    expect(sort).toMatchObject({ task: 'sort', successes: 4, paired: { difference: 0, mcnemar_p: 1 }, causes: {} });
    expect(rowsOf(TASKS, outcomes([0]), undefined)[0].paired).toBeUndefined();
  });

  it('writes a row for each cell and task, and the causes of failures', () => {
    const measured = (cells: typeof CELLS) =>
      cells.map((cell) => ({
        cell,
        rows: rowsOf(TASKS, outcomes([0, 1]), cell.baseline ? outcomes([0, 1, 2]) : undefined),
      }));
    const study: DelayStudy = {
      ...{ policy: 'p', tasks: TASKS, seed: 2_000_000, episodes: 4 },
      inference: measured(CELLS.slice(0, 10)),
      touch: measured(CELLS.slice(10)),
    };
    const page = delaysPage(study, 'COMMAND', 'MACHINE');
    expect(page).toContain('Made by `COMMAND`; do not edit. Machine: MACHINE. Policy `p`, 4 seeds from 2000000');
    expect(page).toMatch(
      /\| temporal_ensembling \| 0\.3 \| pick \| 2 \/ 4 \| 50\.0 % \| 15\.0 % to 85\.0 % \| -25\.0 \| .* \| 1\.000 \| /,
    );
    expect(page).toMatch(/\| off \| shuffled \| sort \| 4 \/ 4 \| 100\.0 % \|/);
    expect(page).toContain('| receding_horizon | 0.05 | pick | time limit | 2 |');
    expect(page.match(/^\| \w+ \| [\w.: ]+ \| (pick|sort) \| \d \/ 4 /gm)).toHaveLength(40);
    expect(
      delaysTable(study)
        .split('\n')
        .filter((line) => / [24] \/ 4 /.test(line)),
    ).toHaveLength(40);
  });
});
