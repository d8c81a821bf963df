import { describe, expect, it } from 'vitest';
import type { EpisodeOutcome } from '../episodes/outcome.ts';
import type { NamedEvaluation } from '../evaluate/merge.ts';
import { pageHtml, pageMarkdown } from '../report/document.ts';
import { compareEvaluations } from './comparison.ts';
import { comparisonPage } from './page.ts';

const outcome = (
  seed: number,
  success: boolean,
  timeS: number,
  more: Partial<EpisodeOutcome> = {},
): EpisodeOutcome => ({
  ...{ task: 'pick', seed, success, outcome: success ? 'success' : 'failure', instruction: 'pick it up', timeS },
  ...{ instructionFollowed: success, peakForceN: 2 * timeS, policyMs: [1], missedDeadlines: 0, emptyQueueTicks: 0 },
  ...{ steps: 10, actionsSha256: `${seed}`, ...(success ? {} : { failure: 'time limit' }), ...more },
});

const evaluation = (name: string, outcomes: readonly EpisodeOutcome[], mask: readonly string[]): NamedEvaluation => ({
  name,
  run: {
    ...{ policy: 'p<1>', policySha256: 'a', robot: 'praxis_arm', robotSha256: 'b', tasks: ['pick'], seed: 0 },
    ...{ episodes: outcomes.length, mask, swap: false, fault: undefined, safety: 'on', version: '1', runtime: 'node' },
    ...{ wallS: 1, partial: false },
  },
  outcomes,
});

const contact = { state: 'protective_stop', falseStops: 1, limitViolations: { commands: 0, joints: 0 }, events: [] };
const stopped = {
  failure: 'stopped: 41.3 N at the hand',
  safety: { ...contact, stopCause: { cause: 'contact' } } as unknown as EpisodeOutcome['safety'],
};

const full = evaluation(
  'full.json',
  [0, 1, 2, 3, 4].map((seed) => outcome(seed, seed !== 4, 10 + seed)),
  [],
);
const masked = evaluation(
  'masked.json',
  [
    outcome(1, true, 12),
    outcome(2, true, 14),
    outcome(3, false, 60),
    outcome(4, false, 30, stopped),
    outcome(5, false, 60),
  ],
  ['wrench'],
);

describe('a comparison', () => {
  const comparison = compareEvaluations([full, masked]);

  it('pairs the seeds that both have, and gives differences as the second less the first', () => {
    const [{ first, second, differing, tasks }] = comparison.pairs;
    expect([first, second, differing]).toEqual(['A', 'B', ['mask']]);
    expect(tasks).toHaveLength(1);
    expect(tasks[0]).toMatchObject({
      ...{ task: 'pick', pairs: 4, counts: { both: 2, onlyFirst: 1, onlySecond: 0, neither: 1 }, difference: -0.25 },
      ...{ mcnemar_p: 1, time_s: { pairs: 2, difference: 1.5 }, peak_force_n: { pairs: 4 } },
    });
    expect(tasks[0].newcombe95[0]).toBeLessThan(-0.25);
    expect(tasks[0].time_s.relative).toBeCloseTo(1.5 / 11.5, 12);
  });

  it('groups failures by their cause, the most frequent first, with their seeds', () => {
    expect(comparison.evaluations.map(({ failures }) => failures)).toEqual([
      [{ task: 'pick', cause: 'time limit', seeds: [4] }],
      [
        { task: 'pick', cause: 'time limit', seeds: [3, 5] },
        { task: 'pick', cause: 'stopped by the supervisor: contact', seeds: [4] },
      ],
    ]);
  });

  it('is a page with its figures, in which every text is text', () => {
    const page = comparisonPage(comparison, [full, masked]);
    const markdown = pageMarkdown(page);
    expect(markdown).toContain('| pick | 4 | 2 / 1 / 0 / 1 | -25.0 pp |');
    expect(markdown).toContain('| pick | B | stopped by the supervisor: contact | 1 | 4 |');
    const html = pageHtml(page);
    expect(html.match(/<svg /g)).toHaveLength(3);
    expect(html).toContain('A: p&lt;1&gt;</text>');
    expect(html).not.toContain('p<1>');
  });

  it('of one evaluation has no pairs', () => {
    const alone = compareEvaluations([full]);
    expect(alone.pairs).toEqual([]);
    expect(pageMarkdown(comparisonPage(alone, [full]))).not.toContain('Newcombe');
  });

  it('is refused without a common seed', () => {
    const other = evaluation('other.json', [outcome(9, true, 10)], []);
    expect(() => compareEvaluations([full, other])).toThrow(
      'full.json and other.json: have no task and seed in common',
    );
  });
});
