import { InputError } from '@praxis/core';
import { checkWritable, type StartProgress, studyTidy, tidyPage, tidyTable, writeAtomically } from '@praxis/evaluation';
import { FIRST_REPORT_SEED, MAX_SEED } from '@praxis/sim/seeds';
import { machineText } from './machine.ts';

/** Options of the benchmark of requests in the closed loop. */
export interface TidyBenchOptions {
  /** Name of the planner. Default: the rules. */
  readonly planner?: readonly string[];
  /** Number of episodes of each arm. Default: 100. */
  readonly episodes?: number;
  /** First seed, among those of reports: seeds that nobody has looked at, for a figure of held-out scenes. Default: 2000000. */
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

/**
 * Lets a planner do the requests of the task `tidy`, with and without a context.
 * @returns undefined when it was interrupted
 * @throws {InputError} when the planner does not exist, the page cannot be written, or the seeds are not those of reports
 */
export default async function measure(options: TidyBenchOptions) {
  const { planner: [planner] = ['rules'], episodes = 100, seed = FIRST_REPORT_SEED, workers = 2, resume } = options;
  const { out, signal, startProgress } = options;
  if (out !== undefined) checkWritable(out, `--out ${out}`);
  if (seed < FIRST_REPORT_SEED || seed + episodes - 1 > MAX_SEED) {
    throw new InputError(`--seed ${seed}: bench tidy takes seeds of reports, ${FIRST_REPORT_SEED} to ${MAX_SEED}`);
  }
  const seeds = Array.from({ length: episodes }, (_, i) => seed + i);
  const study = await studyTidy({ planner, seeds, workers, resume, signal, startProgress });
  if (!study) return undefined;
  const named = planner === 'rules' ? '' : ` --planner ${planner}`;
  const first = seed === FIRST_REPORT_SEED ? '' : ` --seed ${seed}`;
  const count = episodes === 100 ? '' : ` --episodes ${episodes}`;
  const command = `npx praxis bench tidy${named}${first}${count} --out ${out ?? 'FILE'}`;
  const machine = machineText();
  if (out !== undefined) writeAtomically(out, tidyPage(study, command, machine));
  const [ours, baseline] = [study.camera, study.blind].map(({ tasks: [task] }) => task.success_rate ?? Number.NaN);
  return {
    unit: 'share of requests done; the baseline is the same planner with the context withheld',
    ours,
    baseline,
    ratio: ours / baseline,
    target: 'at least 0.85, and 0 false stops of the supervisor',
    machine,
    ...study,
    text: tidyTable(study),
  };
}
