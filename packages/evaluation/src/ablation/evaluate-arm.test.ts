import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EpisodeOutcome } from '../episodes/outcome.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { evaluationReport } from '../evaluate/report.ts';
import { joinEvaluations, missingSeeds } from './evaluate-arm.ts';

const outcome = (task: string, seed: number): EpisodeOutcome => ({
  ...{ task, seed, success: seed % 3 > 0, outcome: seed % 3 > 0 ? 'success' : 'failure', instruction: '', timeS: seed },
  ...{ instructionFollowed: true, peakForceN: 1, policyMs: [1], missedDeadlines: 0, emptyQueueTicks: 0, steps: 10 },
  actionsSha256: `${task} ${seed}`,
});

const part = (task: string, outcomes: readonly EpisodeOutcome[]): Evaluation => ({
  run: {
    ...{ policy: 'p', policySha256: 'a', robot: 'praxis_arm', robotSha256: 'b', tasks: [task], seed: 7, episodes: 1 },
    ...{
      mask: [],
      swap: false,
      fault: undefined,
      safety: 'on',
      version: '1',
      runtime: 'node',
      wallS: 1,
      partial: true,
    },
  },
  outcomes,
});

it('an evaluation that was interrupted anywhere and continued equals one run', () => {
  const plan = { tasks: ['sort', 'pick'], seed: 100, episodes: 9 };
  const run = (stops: readonly number[]): Evaluation => {
    let found: Evaluation | undefined;
    const ends = [...stops];
    // As `evaluateArm`: each pass runs what is missing, task by task, until it is interrupted.
    for (let pass = 0; pass <= stops.length; pass++) {
      for (const task of plan.tasks) {
        const seeds = missingSeeds(plan, task, found);
        const end = ends[pass] ?? Number.POSITIVE_INFINITY;
        const done = seeds.slice(0, end);
        if (done.length > 0)
          found = joinEvaluations(
            plan,
            found,
            part(
              task,
              done.map((seed) => outcome(task, seed)),
            ),
          );
        if (done.length < seeds.length) break;
      }
    }
    return found!;
  };
  const whole = run([]);
  expect(whole.run).toMatchObject({ tasks: ['sort', 'pick'], seed: 100, episodes: 9, partial: false, wallS: 2 });
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 5 }), (stops) => {
      const joined = run(stops);
      expect(joined.outcomes).toEqual(whole.outcomes);
      expect(evaluationReport(joined.run, joined.outcomes).trace_sha256).toBe(
        evaluationReport(whole.run, whole.outcomes).trace_sha256,
      );
    }),
  );
});
