import { InputError } from '@praxis/core';
import type { Knowledge, SuccessCeiling } from '@praxis/sim';
import { type EvaluationOptions, evaluate } from '../evaluate/evaluate.ts';
import type { TaskReport } from '../evaluate/report.ts';
import { loadProject } from '../project/project.ts';

/** Options of {@link measureCeilings}: tasks that say what can be reached without each modality, and the seeds of each cell. */
export type CeilingsOptions = Pick<
  EvaluationOptions,
  'tasks' | 'seeds' | 'robot' | 'config' | 'workers' | 'signal' | 'startProgress'
>;

/** Result of one task without one modality. */
export interface CeilingRow extends Pick<TaskReport, 'task' | 'episodes' | 'successes' | 'success_rate' | 'wilson95'> {
  /** What the expert did without; `nothing` in the row of the whole expert. */
  readonly without: Knowledge | 'nothing';
  readonly ceiling: SuccessCeiling;
  /** True when the interval does not contradict the ceiling. */
  readonly agrees: boolean;
}

/** Results of {@link measureCeilings}. */
export interface CeilingsReport {
  readonly robot: string;
  /** First seed. */
  readonly seed: number;
  readonly rows: readonly CeilingRow[];
  /** Digest of the actions of each run of all tasks: equal digests mean bit-identical runs. */
  readonly trace_sha256: Readonly<Record<CeilingRow['without'], string>>;
}

const WHOLE: SuccessCeiling = { rate: 0.98, relation: 'at least', reason: 'the whole expert' };
const CELLS: readonly CeilingRow['without'][] = ['nothing', 'vision', 'wrench', 'language'];

/** True when an interval of a rate does not contradict a ceiling. */
export function agrees([lower, upper]: readonly [number, number], { rate, relation }: SuccessCeiling): boolean {
  const below = lower <= rate;
  const above = upper >= rate;
  if (relation === 'equal') return below && above;
  return relation === 'at most' ? below : above;
}

function rowOf(report: TaskReport, without: CeilingRow['without'], ceiling: SuccessCeiling): CeilingRow {
  const { task, episodes, successes, success_rate, wilson95 } = report;
  return { task, without, episodes, successes, success_rate, wilson95, ceiling, agrees: agrees(wilson95, ceiling) };
}

/**
 * Runs the scripted expert of each task whole, and with the knowledge of each modality taken away, and compares its success rates with
 * what the task's construction says. It checks the tasks: what a modality is worth there is known, not assumed.
 * @returns undefined when `signal` ended it early
 * @throws {InputError} for an unknown task, or one that says no ceilings
 */
export async function measureCeilings(options: CeilingsOptions): Promise<CeilingsReport | undefined> {
  const { tasks, config, signal } = options;
  const { registry } = await loadProject(config);
  const ceilings = new Map(
    tasks.map((name) => {
      const { ceilings } = registry.tasks.find(name);
      if (!ceilings) throw new InputError(`task ${name}: it does not say what can be reached without each modality`);
      return [name, ceilings] as const;
    }),
  );
  const rows: CeilingRow[] = [];
  const traces: Partial<Record<CeilingRow['without'], string>> = {};
  let robot = '';
  for (const without of CELLS) {
    const report = await evaluate({ ...options, policy: 'expert', mask: without === 'nothing' ? [] : [without] });
    if (report.partial || signal?.aborted) return undefined;
    robot = report.robot;
    traces[without] = report.trace_sha256;
    for (const each of report.tasks) {
      rows.push(rowOf(each, without, without === 'nothing' ? WHOLE : ceilings.get(each.task)![without]));
    }
  }
  rows.sort((a, b) => tasks.indexOf(a.task) - tasks.indexOf(b.task));
  return { robot, seed: options.seeds[0], rows, trace_sha256: traces as CeilingsReport['trace_sha256'] };
}
