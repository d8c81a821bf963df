import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EpisodeOutcome } from '../episodes/outcome.ts';
import { itemsOfShard } from '../sharding/shard.ts';
import { type Evaluation, type EvaluationRun, evaluationRecord } from './evaluation.ts';
import { mergeEvaluations } from './merge.ts';
import { readEvaluation } from './read-evaluation.ts';
import { evaluationReport } from './report.ts';

const SEED = 2_000_000;

const outcome = (task: string, seed: number): EpisodeOutcome => ({
  ...{ task, seed, success: seed % 3 > 0, outcome: seed % 3 > 0 ? 'success' : 'failure', instruction: 'pick it up' },
  ...{ instructionFollowed: seed % 2 > 0, timeS: 5 + Math.sin(seed), peakForceN: 10 + Math.cos(seed) },
  ...{ policyMs: [1 + Math.sin(seed)], missedDeadlines: seed % 4, emptyQueueTicks: 1, steps: 100 },
  ...{ actionsSha256: `${task}-${seed}`, failure: seed % 3 > 0 ? undefined : 'time limit' },
});

const run = (episodes: number, more: Partial<EvaluationRun> = {}): EvaluationRun => ({
  ...{ policy: 'expert', policySha256: 'a', robot: 'praxis_arm', robotSha256: 'b', tasks: ['sort', 'pick'] },
  ...{ seed: SEED, episodes, mask: [], swap: false, fault: undefined, safety: 'off', version: '1', runtime: 'node' },
  ...{ wallS: 2, partial: false, ...more },
});

const seedsOf = (episodes: number) => Array.from({ length: episodes }, (_, i) => SEED + i);

const evaluation = (episodes: number, more: Partial<EvaluationRun> = {}): Evaluation => ({
  run: run(episodes, more),
  outcomes: ['sort', 'pick'].flatMap((task) =>
    itemsOfShard(seedsOf(episodes), more.shard, 'episodes').map((seed) => outcome(task, seed)),
  ),
});

const shards = (episodes: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    name: `${i + 1}.json`,
    ...evaluation(episodes, { shard: { index: i + 1, count } }),
  }));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'praxis-merge-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('shards of an evaluation', () => {
  it('in any number and order make the report of one run', () => {
    const split = fc
      .integer({ min: 1, max: 20 })
      .chain((episodes) => fc.tuple(fc.constant(episodes), fc.integer({ min: 1, max: episodes })))
      .chain(([episodes, count]) =>
        fc.tuple(fc.constant(episodes), fc.shuffledSubarray(shards(episodes, count), { minLength: count })),
      );
    fc.assert(
      fc.property(split, ([episodes, parts]) => {
        const merged = mergeEvaluations(parts);
        const whole = evaluation(episodes, { wallS: 2 * parts.length });
        expect(evaluationReport(merged.run, merged.outcomes)).toEqual(evaluationReport(whole.run, whole.outcomes));
      }),
    );
  });

  it.each<[string, (parts: ReturnType<typeof shards>) => ReturnType<typeof shards>, string]>([
    ['a missing shard', (parts) => parts.slice(1), 'missing is shard 1/3'],
    ['a doubled shard', ([a, b]) => [a, b, { ...b, name: 'copy' }], 'shard 2/3 is there twice: 2.json and copy'],
    [
      'another policy',
      ([a, b, c]) => [a, { ...b, run: { ...b.run, policySha256: 'z' } }, c],
      '2.json: shard of another evaluation than 1.json: policySha256 "z", not "a"',
    ],
    [
      'another number of episodes',
      ([a, b]) => [a, b, shards(9, 3)[2]],
      '3.json: shard of another evaluation than 1.json: episodes 9, not 7',
    ],
    [
      'a mask',
      ([a, b, c]) => [a, b, { ...c, run: { ...c.run, mask: ['vision'] } }],
      '3.json: shard of another evaluation than 1.json: mask ["vision"], not []',
    ],
    [
      'an interrupted shard',
      ([a, b, c]) => [{ ...a, run: { ...a.run, partial: true }, outcomes: a.outcomes.slice(0, 2) }, b, c],
      '1.json: shard 1/3 was interrupted and has 2 of its 3 episodes of sort; run it again',
    ],
    [
      'a seed of another shard',
      ([a, b, c]) => [{ ...a, outcomes: [...a.outcomes.slice(1), b.outcomes[0]] }, b, c],
      'the shards have 6 seeds of sort, expected 7 from 2000000 on',
    ],
    [
      'a whole evaluation',
      ([a]) => [{ ...a, run: { ...a.run, shard: undefined } }],
      '1.json: is a whole evaluation, expected a shard of one, of praxis eval --shard',
    ],
  ])('are refused with %s', (_, change, message) => {
    expect(() => mergeEvaluations(change(shards(7, 3)))).toThrow(new InputError(message));
  });

  it('are the same after they were written and read', () => {
    const path = join(folder, 'shard.json');
    const written = evaluation(5, { shard: { index: 2, count: 3 }, fault: 'arm_struck' });
    writeFileSync(path, JSON.stringify(evaluationRecord(written)));
    const read = readEvaluation(path);
    expect(evaluationReport(read.run, read.outcomes)).toEqual(evaluationReport(written.run, written.outcomes));
    expect(read.run).toEqual(written.run);
  });

  it('are refused in one line that names the file when the file was changed', () => {
    const path = join(folder, 'changed.json');
    const text = JSON.stringify(evaluationRecord(evaluation(2)));
    const refused = (content: string, message: string | RegExp) => {
      writeFileSync(path, content);
      expect(() => readEvaluation(path)).toThrow(message);
    };
    refused('{', /changed\.json: is not JSON/);
    refused('[]', /changed\.json: expected an evaluation that `praxis eval --out` wrote$/);
    refused(JSON.stringify(evaluationReport(run(0), [])), /is a report without its episodes/);
    refused(text.replace('"timeS"', '"time"'), /episode 0: timeS is missing, expected number$/);
    refused(text.replace('sort-2000000', 'sort-1'), /its trace_sha256 is not that of its episodes/);
    refused(
      text.replace('"seed":2000000,"tasks"', '"seed":"x","tasks"').replace('"tasks":["sort"', '"tasks":["x"'),
      /./,
    );
    expect(() => readEvaluation(join(folder, 'none.json'))).toThrow(/none\.json: cannot be read \(ENOENT\)/);
  });

  it('are read or refused as bad input, whatever part of the file is gone', () => {
    const text = JSON.stringify(evaluationRecord(evaluation(2)));
    const path = join(folder, 'cut.json');
    const cuts = fc.tuple(fc.nat(text.length), fc.integer({ min: 1, max: 40 }));
    fc.assert(
      fc.property(cuts, ([at, length]) => {
        writeFileSync(path, text.slice(0, at) + text.slice(at + length));
        try {
          readEvaluation(path);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect(readFileSync(path, 'utf8')).not.toBe(text);
        }
      }),
    );
  });
});
