import { InputError } from '@praxis/core';
import type { EpisodeOutcome } from '../episodes/outcome.ts';
import { requireEveryShard, type Shard, shardText } from '../sharding/shard.ts';
import { type Evaluation, type EvaluationRun, optionsOf } from './evaluation.ts';

/** A shard of an evaluation, and the name under which messages speak of it, such as its file. */
export interface NamedEvaluation extends Evaluation {
  readonly name: string;
}

/** @throws {InputError} when two shards are not of one evaluation, with the first option that differs */
function requireSameRun(first: NamedEvaluation, other: NamedEvaluation): void {
  for (const key of optionsOf(first.run, other.run)) {
    const [expected, found] = [first, other].map(({ run }) => JSON.stringify(run[key]) ?? 'none');
    if (expected === found) continue;
    throw new InputError(
      `${other.name}: shard of another evaluation than ${first.name}: ${key} ${found}, not ${expected}`,
    );
  }
}

/** Number of a task's episodes in a shard, of `episodes` in all. */
const episodesOf = ({ index, count }: Shard, episodes: number): number => Math.floor((episodes - index) / count) + 1;

/** @throws {InputError} when a shard is none, was interrupted or does not have its number of episodes */
function requireComplete({ name, run, outcomes }: NamedEvaluation): Shard {
  const { shard, tasks, episodes, partial } = run;
  if (!shard) throw new InputError(`${name}: is a whole evaluation, expected a shard of one, of praxis eval --shard`);
  const expected = episodesOf(shard, episodes);
  for (const task of tasks) {
    const found = outcomes.filter((outcome) => outcome.task === task);
    const seeds = new Set(found.map(({ seed }) => seed));
    if (seeds.size < found.length) throw new InputError(`${name}: a seed of ${task} is there twice`);
    if (!partial && found.length === expected) continue;
    const interrupted = partial ? ' was interrupted and' : '';
    throw new InputError(
      `${name}: shard ${shardText(shard)}${interrupted} has ${found.length} of its ${expected} episodes of ${task}; run it again`,
    );
  }
  return shard;
}

/**
 * Joins the shards of one evaluation, in any order. Its report equals that of one run of all seeds in everything that is not measured
 * against the wall clock, `trace_sha256` included.
 * @param shards one or more; all shards of the evaluation
 * @throws {InputError} in one line that names the shard: one is missing, there twice, incomplete, or of another evaluation
 */
export function mergeEvaluations(shards: readonly NamedEvaluation[]): Evaluation {
  const complete = shards.map((each) => ({ name: each.name, shard: requireComplete(each) }));
  for (const each of shards.slice(1)) requireSameRun(shards[0], each);
  requireEveryShard(complete);
  const { shard: _, ...run } = shards[0].run;
  const outcomes = shards.flatMap((each) => each.outcomes);
  requireOneOfEachSeed(run, outcomes);
  const order = (outcome: EpisodeOutcome): number => run.tasks.indexOf(outcome.task);
  return {
    run: { ...run, wallS: shards.reduce((sum, each) => sum + each.run.wallS, 0) },
    outcomes: outcomes.sort((a, b) => order(a) - order(b) || a.seed - b.seed),
  };
}

/** @throws {InputError} when two shards hold the same episode, or the tasks have other seeds */
function requireOneOfEachSeed({ tasks, seed, episodes }: EvaluationRun, outcomes: readonly EpisodeOutcome[]): void {
  for (const task of tasks) {
    const seeds = new Set(outcomes.filter((outcome) => outcome.task === task).map((outcome) => outcome.seed));
    if (seeds.size === episodes && seeds.has(seed)) continue;
    throw new InputError(`the shards have ${seeds.size} seeds of ${task}, expected ${episodes} from ${seed} on`);
  }
}
