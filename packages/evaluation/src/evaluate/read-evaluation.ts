import { firstLine, InputError } from '@praxis/core';
import { readInputFile } from '@praxis/policy/node';
import type { EpisodeOutcome } from '../episodes/outcome.ts';
import { EVALUATION_FORMAT, type Evaluation, type EvaluationRun } from './evaluation.ts';
import { traceOf } from './report.ts';

const EXPECTED = 'an evaluation that `praxis eval --out` wrote';

type Kind = 'string' | 'number' | 'boolean' | 'array' | 'object';

/** What the code reads of a run and of an episode. A field with `?` may be absent. */
const RUN_FIELDS: Readonly<Record<string, Kind>> = {
  ...{ policy: 'string', policySha256: 'string', robot: 'string', robotSha256: 'string', safety: 'string' },
  ...{ seed: 'number', episodes: 'number', tasks: 'array', mask: 'array', swap: 'boolean', partial: 'boolean' },
  ...{ wallS: 'number', version: 'string', runtime: 'string', 'fault?': 'string', 'absent?': 'boolean' },
  'readInstructions?': 'boolean',
};
const EPISODE_FIELDS: Readonly<Record<string, Kind>> = {
  ...{ task: 'string', seed: 'number', success: 'boolean', instructionFollowed: 'boolean', timeS: 'number' },
  ...{ peakForceN: 'number', policyMs: 'array', missedDeadlines: 'number', emptyQueueTicks: 'number' },
  ...{ steps: 'number', actionsSha256: 'string', 'failure?': 'string', 'policyError?': 'string', 'score?': 'number' },
  ...{ 'gates?': 'object', 'absent?': 'string' },
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const hasKind = (value: unknown, kind: Kind): boolean =>
  kind === 'array' ? Array.isArray(value) : kind === 'number' ? Number.isFinite(value) : typeof value === kind;

/** Describes the first field that is not as `fields` says; undefined when all are. */
function wrongField(value: unknown, fields: Readonly<Record<string, Kind>>): string | undefined {
  if (!isRecord(value)) return 'is no object';
  for (const [field, kind] of Object.entries(fields)) {
    const name = field.replace('?', '');
    if (value[name] === undefined && field !== name) continue;
    if (!hasKind(value[name], kind)) return `${name} is ${JSON.stringify(value[name]) ?? 'missing'}, expected ${kind}`;
  }
  return undefined;
}

const isPart = (value: unknown): boolean =>
  isRecord(value) &&
  [value.index, value.count].every(Number.isInteger) &&
  (value.index as number) >= 1 &&
  (value.index as number) <= (value.count as number);

/**
 * Reads the file of an evaluation and checks it, its digest of the actions included.
 * @throws {InputError} in one line that names the file and what is wrong
 */
export function readEvaluation(path: string): Evaluation {
  const fail = (what: string, cause?: unknown): never => {
    throw new InputError(`${path}: ${what}`, { cause });
  };
  let content: unknown;
  try {
    content = JSON.parse(readInputFile(path, EXPECTED).toString());
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    return fail(`is not JSON (${firstLine(cause)}), expected ${EXPECTED}`, cause);
  }
  if (!isRecord(content) || content.format !== EVALUATION_FORMAT) {
    const report = isRecord(content) && typeof content.trace_sha256 === 'string';
    return fail(report ? `is a report without its episodes, expected ${EXPECTED}` : `expected ${EXPECTED}`);
  }
  const { run, episodes, trace_sha256 } = content;
  const wrongRun = wrongField(run, RUN_FIELDS);
  if (wrongRun !== undefined) fail(`run: ${wrongRun}`);
  const { shard, tasks } = run as unknown as EvaluationRun;
  if (shard !== undefined && !isPart(shard)) fail(`run: shard is ${JSON.stringify(shard)}, expected index of count`);
  if (!Array.isArray(episodes)) return fail('episodes is missing, expected an array');
  for (const [i, episode] of episodes.entries()) {
    const wrong = wrongField(episode, EPISODE_FIELDS);
    if (wrong !== undefined) fail(`episode ${i}: ${wrong}`);
    if (!tasks.includes(episode.task)) fail(`episode ${i}: task ${episode.task} is none of ${tasks.join(', ')}`);
  }
  const outcomes: readonly EpisodeOutcome[] = episodes;
  if (traceOf(outcomes) !== trace_sha256) fail('its trace_sha256 is not that of its episodes: the file was changed');
  return { run: run as unknown as EvaluationRun, outcomes };
}
