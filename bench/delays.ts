import { InputError } from '@praxis/core';
import {
  checkWritable,
  delaysPage,
  delaysTable,
  type MeasuredCell,
  type StartProgress,
  studyDelays,
  writeAtomically,
} from '@praxis/evaluation';
import { FIRST_REPORT_SEED, MAX_SEED } from '@praxis/sim/seeds';
import { machineText } from './machine.ts';

/** Options of the benchmark of delays. */
export interface DelaysBenchOptions {
  /** Policy: its folder, or a registered name. Default: the shipped one. */
  readonly policy?: string;
  /** Tasks of the episodes. Default: `pick` and `sort`. */
  readonly task?: readonly string[];
  /** Number of episodes of each cell and task. Default: 50. */
  readonly episodes?: number;
  /** First seed, among those of reports. Default: 2000000. */
  readonly seed?: number;
  /** Number of processes. Default: 2. */
  readonly workers?: number;
  /** File of intermediate results; a later run continues from it. */
  readonly resume?: string;
  /** Markdown page to write. Default: none. */
  readonly out?: string;
  readonly signal: AbortSignal;
  readonly startProgress?: StartProgress;
}

const DEFAULT_EPISODES = 50;

/** Rate over the tasks of one cell. */
const rateOf = ({ rows }: MeasuredCell): number =>
  rows.reduce((sum, { successes }) => sum + successes, 0) / rows.reduce((sum, { episodes }) => sum + episodes, 0);

/**
 * Measures a policy with delays of inference and of touch, on the same seeds as without.
 * @returns undefined when it was interrupted
 * @throws {InputError} when the page cannot be written, or the seeds are not those of reports
 */
export default async function measure(options: DelaysBenchOptions) {
  const { policy, task, episodes = DEFAULT_EPISODES, seed = FIRST_REPORT_SEED, workers = 2, resume } = options;
  const { out, signal, startProgress } = options;
  if (out !== undefined) checkWritable(out, `--out ${out}`);
  if (seed < FIRST_REPORT_SEED || seed + episodes - 1 > MAX_SEED) {
    throw new InputError(`--seed ${seed}: bench delays takes seeds of reports, ${FIRST_REPORT_SEED} to ${MAX_SEED}`);
  }
  const seeds = Array.from({ length: episodes }, (_, i) => seed + i);
  const study = await studyDelays({ policy, tasks: task, seeds, workers, resume, signal, startProgress });
  if (!study) return undefined;
  const first = seed === FIRST_REPORT_SEED ? '' : ` --seed ${seed}`;
  const count = episodes === DEFAULT_EPISODES ? '' : ` --episodes ${episodes}`;
  const subject = `${policy === undefined ? '' : ` --policy ${policy}`}${task === undefined ? '' : ` --task ${task.join(',')}`}`;
  const command = `npx praxis bench delays${subject}${first}${count} --out ${out ?? 'FILE'}`;
  const machine = machineText();
  if (out !== undefined) writeAtomically(out, delaysPage(study, command, machine));
  const late = study.inference.find(({ cell }) => cell.addedInferenceDelay === 0.1)!;
  const [ours, baseline] = [rateOf(late), rateOf(study.inference[0])];
  return {
    unit: 'success rate of all tasks with inferences 0.1 s longer, receding horizon; the baseline is that without',
    ours,
    baseline,
    ratio: ours / baseline,
    machine,
    ...study,
    text: delaysTable(study),
  };
}
