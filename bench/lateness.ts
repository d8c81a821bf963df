import { Worker } from 'node:worker_threads';
import { InputError } from '@praxis/core';
import { LocalPlanner } from '@praxis/planner/node';
import { quantile } from '../packages/evaluation/src/report/statistics.ts';
import { planRequest } from '../packages/planner/src/models/testing/request.ts';

/** Period of the layer that holds and protects (ms): 500 Hz. */
const PERIOD_MS = 2;
/** Time of each part of the measurement (s). The parts alternate, so that other work on the machine counts for both. */
const PART_S = 5;
const PARTS = 4;

/** A thread that waits for each period as the supervisor's does, and says how late it was (ms). */
const TICKER = `
  const { parentPort, workerData: { period, seconds } } = require('node:worker_threads');
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  parentPort.on('message', () => {
    const late = [];
    const start = performance.now();
    for (let n = 1; n * period < seconds * 1000; n++) {
      const due = start + n * period;
      const rest = due - performance.now();
      if (rest > 0) Atomics.wait(sleeper, 0, 0, rest);
      late.push(performance.now() - due);
    }
    parentPort.postMessage(late);
  });`;

/**
 * Measures how late a thread of 500 Hz wakes while a model of a GGUF file computes plans, against the same thread without one. The variable
 * PRAXIS_GGUF names the file, PRAXIS_LLAMA_FOLDER a folder with node-llama-cpp.
 */
export default async function lateness() {
  const { PRAXIS_GGUF: model, PRAXIS_LLAMA_FOLDER: library } = process.env;
  if (!model || !library) {
    throw new InputError(
      'bench lateness: expected PRAXIS_GGUF, a model, and PRAXIS_LLAMA_FOLDER, a folder with node-llama-cpp',
    );
  }
  const ticker = new Worker(TICKER, { eval: true, workerData: { period: PERIOD_MS, seconds: PART_S } });
  const measure = (): Promise<readonly number[]> =>
    new Promise((resolve) => {
      ticker.once('message', resolve);
      ticker.postMessage('begin');
    });
  const planner = new LocalPlanner({ model, library, timeout: 600, loadTimeout: 600 });
  const without: number[] = [];
  const computing: number[] = [];
  let plans = 0;
  let answers = 0;
  try {
    // The model is loaded before anything counts.
    const loaded = new AbortController();
    const first = planner.plan(planRequest({ signal: loaded.signal })).catch(() => undefined);
    await planner.pid;
    loaded.abort();
    await first;
    for (let part = 0; part < PARTS; part++) {
      without.push(...(await measure()));
      const end = new AbortController();
      const planning = (async () => {
        while (!end.signal.aborted) {
          plans++;
          const request = `lift the red cube, then put it on the left tray, number ${plans}`;
          await planner.plan(planRequest({ request, signal: end.signal })).then(
            () => answers++,
            () => undefined,
          );
        }
      })();
      computing.push(...(await measure()));
      end.abort();
      await planning;
    }
  } finally {
    await ticker.terminate();
    await planner.close();
  }
  const row = (late: readonly number[]) => ({
    p50: quantile(late, 0.5),
    p99: quantile(late, 0.99),
    max: Math.max(...late),
  });
  const [ours, baseline] = [quantile(computing, 0.99)!, quantile(without, 0.99)!];
  return {
    unit: 'ms, 99th percentile of the lateness of a 500 Hz thread, with and without a model that computes',
    ours,
    baseline,
    ratio: ours / baseline,
    target: 'at most 1.5',
    with_model: row(computing),
    without_model: row(without),
    plans: answers,
  };
}
