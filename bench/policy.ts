import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { loadPolicy, type OnnxBackend, type OnnxFeeds, type OnnxSession } from '@praxis/policy';
import { nodeBackend } from '@praxis/policy/node';
import { observationOf } from '@praxis/policy/testing';
import { quantile } from '../packages/evaluation/src/report/statistics.ts';

const root = join(import.meta.dirname, '..');

/** Number of observations that alternate, so that each step has a new stamp, image and instruction. */
const OBSERVATION_COUNT = 4;
const WARM_UP_STEPS = 400;
/** Number of measured steps, each paired with bare runs. */
const MEASURED_STEPS = 2000;

/** The arguments of one `session.run` of the policy. */
interface Call {
  readonly session: OnnxSession;
  readonly feeds: OnnxFeeds;
}

/** Finds the policy: `PRAXIS_MODEL`, otherwise the shipped policy, otherwise the policy of a training run. */
function modelFolder(): string {
  const runs = join(root, 'runs');
  const trained = existsSync(runs) ? readdirSync(runs).map((name) => join(runs, name, 'model')) : [];
  const given = process.env.PRAXIS_MODEL;
  const candidates = given ? [given] : [join(root, 'models/default'), ...trained];
  const found = candidates.find((folder) => existsSync(join(folder, 'manifest.json')));
  if (!found) throw new InputError(`bench policy: no manifest.json in ${given ?? 'models/default'}, expected a policy`);
  return found;
}

/** Wraps a backend. While `calls` is an array, it records every run of a session with a copy of its inputs. */
function recorder(backend: OnnxBackend): OnnxBackend & { calls: Call[] | undefined } {
  const copies = ([name, { data, dims }]: [string, OnnxFeeds[string]]) =>
    [name, backend.tensor((data as Float32Array | BigInt64Array).slice(), dims)] as const;
  return {
    calls: undefined,
    name: backend.name,
    tensor: (data, dims) => backend.tensor(data, dims),
    async create(bytes) {
      const session = await backend.create(bytes);
      return {
        ...session,
        run: (feeds, into) => {
          this.calls?.push({ session, feeds: Object.fromEntries(Object.entries(feeds).map(copies)) });
          return session.run(feeds, into);
        },
      };
    },
  };
}

/** Measures the wall time of a step (ms). */
const timed = async (step: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await step();
  return performance.now() - start;
};

/**
 * Measures a step of a policy whose inputs are all new: conversion of images and vectors, five encoders, fusion, checked and absolute
 * actions. The baseline runs the same ONNX sessions on the same numbers without the framework. ONNX Runtime has one thread. Step and
 * baseline alternate, and so does their order.
 */
export default async function policy() {
  const folder = modelFolder();
  const backend = recorder(nodeBackend());
  const policyUnderTest = await loadPolicy({ where: folder, backend, read: (file) => readFile(join(folder, file)) });
  const observations = Array.from({ length: OBSERVATION_COUNT }, (_, k) =>
    observationOf(policyUnderTest.spec, 1 + k / 1000),
  );
  const recorded: Call[][] = [];
  for (const observation of observations) {
    const calls: Call[] = [];
    backend.calls = calls;
    await policyUnderTest.infer(observation);
    recorded.push(calls);
  }
  backend.calls = undefined;

  const step = (k: number) => policyUnderTest.infer(observations[k % OBSERVATION_COUNT]);
  const bare = async (k: number) => {
    for (const { session, feeds } of recorded[k % OBSERVATION_COUNT]) await session.run(feeds);
  };
  const [steps, runs]: [number[], number[]] = [[], []];
  for (let k = 0; k < WARM_UP_STEPS + MEASURED_STEPS; k++) {
    const first = k % 2 === 0 ? await timed(() => step(k)) : undefined;
    const bareMs = await timed(() => bare(k));
    const stepMs = first ?? (await timed(() => step(k)));
    if (k < WARM_UP_STEPS) continue;
    steps.push(stepMs);
    runs.push(bareMs);
  }
  const reused = Object.values(policyUnderTest.counters).reduce((sum, each) => sum + each.reused + each.absent, 0);
  await policyUnderTest.close();
  // A step that reuses an input computes less than the bare runs, and the comparison is not valid.
  if (reused > 0) throw new Error(`${reused} inputs were not new`);

  const [ours, baseline] = [quantile(steps, 0.5)!, quantile(runs, 0.5)!];
  return {
    unit: 'ms for a step, and for the bare session.run of its graphs; medians, one thread',
    ours,
    baseline,
    ratio: ours / baseline,
    target: 'at most 1.1',
    p99_ms: quantile(steps, 0.99),
    p99_bare_ms: quantile(runs, 0.99),
    steps: MEASURED_STEPS,
    model: policyUnderTest.manifest.name,
  };
}
