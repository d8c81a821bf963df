import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { execArgvOf, InputError } from '@praxis/core';
import { maximum, quantile } from '@praxis/evaluation';
import { LocalPlanner } from '@praxis/planner/node';
import { planRequest } from '../packages/planner/src/models/testing/request.ts';
import { REAL_TIME_PRIORITY, requestRealTime } from '../packages/ros/src/rcl/real-time.ts';

/** Time of each part of the measurement (s). The parts alternate, so that other work on the machine counts for both. */
const PART_S = 5;
const PARTS = 6;
/** Clock ticks in a second, the unit of processor times in /proc. */
const TICKS_PER_S = 100;

const THREAD = new URL('./lateness-thread/thread.ts', import.meta.url);

/**
 * Measures how late a thread that runs the supervisor at 500 Hz begins its periods while a model of a GGUF file computes plans, against the same
 * thread without one. The thread has the real-time priority of the supervisor's node where the system permits it. The variable PRAXIS_GGUF
 * names the file, PRAXIS_LLAMA_FOLDER a folder with node-llama-cpp.
 */
export default async function lateness() {
  const { PRAXIS_GGUF: model, PRAXIS_LLAMA_FOLDER: library } = process.env;
  if (!model || !library) {
    throw new InputError(
      'bench lateness: expected PRAXIS_GGUF, a model, and PRAXIS_LLAMA_FOLDER, a folder with node-llama-cpp',
    );
  }
  const thread = new Worker(THREAD, { execArgv: execArgvOf(THREAD) });
  const [threadId] = (await once(thread, 'message')) as [number];
  const refusal = requestRealTime(threadId, REAL_TIME_PRIORITY.supervisorThread, 'thread');
  const measure = async (seconds = PART_S): Promise<readonly number[]> => {
    thread.postMessage(seconds);
    const [late] = (await once(thread, 'message')) as [readonly number[]];
    return late;
  };
  const planner = new LocalPlanner({ model, library, timeout: 600, loadTimeout: 600 });
  const without: number[] = [];
  const computing: number[] = [];
  let answers = 0;
  let computed = 0;
  try {
    // The model is loaded and the thread is compiled before anything counts.
    const loaded = new AbortController();
    const first = planner.plan(planRequest({ signal: loaded.signal })).catch(() => undefined);
    const pid = (await planner.pid)!;
    loaded.abort();
    await first;
    await measure(1);
    for (let part = 0; part < PARTS; part++) {
      without.push(...(await measure()));
      const end = new AbortController();
      const planning = (async () => {
        for (let plans = 1; !end.signal.aborted; plans++) {
          const request = `lift the red cube, then put it on the left tray, number ${plans}`;
          await planner.plan(planRequest({ request, signal: end.signal })).then(
            () => answers++,
            () => undefined,
          );
        }
      })();
      const before = cpuSeconds(pid);
      computing.push(...(await measure()));
      computed += cpuSeconds(pid) - before;
      end.abort();
      await planning;
    }
  } finally {
    await thread.terminate();
    await planner.close();
  }
  const [ours, baseline] = [quantile(computing, 0.99)!, quantile(without, 0.99)!];
  return {
    unit: 'ms, 99th percentile of the lateness of a supervisor at 500 Hz, with and without a model that computes',
    ours,
    baseline,
    ratio: ours / baseline,
    target: 'at most 1.5',
    real_time: refusal ?? 'granted',
    with_model: row(computing),
    without_model: row(without),
    plans: answers,
    // Without processor time of the model there is nothing to compare.
    model_cpu_s: computed,
    measured_s: PARTS * PART_S,
  };
}

const row = (late: readonly number[]) => ({
  p50: quantile(late, 0.5),
  p99: quantile(late, 0.99),
  p999: quantile(late, 0.999),
  max: maximum(late),
});

/** Processor time that a process has used (s). Only Linux says it. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
}
