import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { execArgvOf } from '@praxis/core';
import { maximum, quantile } from '@praxis/evaluation';

/** New processes of each kind; the kinds alternate, so that other work on the machine counts for both. */
const PROCESSES = 20;
const CHILD = new URL('./plan-start/child.ts', import.meta.url);

interface Times {
  readonly wall: number;
  readonly cpu: number;
}

/**
 * Measures the first plan of the rules planner in new processes after their imports: of a planner that was prepared, as robots do at their
 * start, against one that was not. Wall time counts other work on the machine, processor time does not.
 */
export default async function measure() {
  const prepared: Times[] = [];
  const unprepared: Times[] = [];
  const preparation: Times[] = [];
  for (let i = 0; i < PROCESSES; i++) {
    const first = await runChild('prepared');
    prepared.push(first.plan);
    preparation.push(first.prepare);
    unprepared.push((await runChild('unprepared')).plan);
  }
  const [ours, baseline] = [quantile(cpuOf(prepared), 0.95)!, quantile(cpuOf(unprepared), 0.95)!];
  return {
    unit: 'ms of processor time for the first plan of a process, 95th percentile, prepared and not',
    ours,
    baseline,
    ratio: ours / baseline,
    target: 'ours at most 50 ms',
    prepared: summary(prepared),
    unprepared: summary(unprepared),
    preparation: summary(preparation),
    processes: PROCESSES,
  };
}

async function runChild(kind: 'prepared' | 'unprepared'): Promise<{ readonly prepare: Times; readonly plan: Times }> {
  const { stdout } = await promisify(execFile)(process.execPath, [...execArgvOf(CHILD), fileURLToPath(CHILD), kind]);
  return JSON.parse(stdout);
}

const cpuOf = (all: readonly Times[]): readonly number[] => all.map(({ cpu }) => cpu);

function summary(all: readonly Times[]) {
  const of = (values: readonly number[]) => ({
    p50: quantile(values, 0.5),
    p95: quantile(values, 0.95),
    max: maximum(values),
  });
  return { wall_ms: of(all.map(({ wall }) => wall)), cpu_ms: of(cpuOf(all)) };
}
