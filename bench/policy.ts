import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { loadPolicy, type OnnxBackend, type OnnxFeeds, type OnnxSession } from '@praxis/policy';
import { nodeBackend } from '@praxis/policy/node';
import { observationOf } from '@praxis/policy/testing';

const root = join(import.meta.dirname, '..');

/** Observations that the steps take in turn: no stamp, image or instruction is the one before it. */
const OBSERVATION_COUNT = 4;
const WARM_UP_STEPS = 20;
const PAIRS = 400;

/** One `session.run`, as the policy asked for it. */
interface Call {
  readonly session: OnnxSession;
  readonly feeds: OnnxFeeds;
}

/** `PRAXIS_MODEL`, the default model, or else what a training run has left. */
function modelFolder(): string {
  const runs = join(root, 'runs');
  const trained = existsSync(runs) ? readdirSync(runs).map((name) => join(runs, name, 'model')) : [];
  const given = process.env.PRAXIS_MODEL;
  const candidates = given ? [given] : [join(root, 'models/default'), ...trained];
  const found = candidates.find((folder) => existsSync(join(folder, 'manifest.json')));
  if (!found) throw new InputError(`bench policy: no manifest.json in ${given ?? 'models/default'}, expected a policy`);
  return found;
}

/** A backend that writes down what its sessions are asked, with a copy of what they are fed, while `calls` is there. */
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

const timed = async (step: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await step();
  return performance.now() - start;
};

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(Math.floor(values.length * share), values.length - 1)];

/**
 * A step of a policy with every input new (images and vectors converted, five encoders, fusion, actions checked and made
 * absolute) beside the bare runs of the same ONNX sessions on the same numbers. One thread of ONNX Runtime; the two take
 * turns, and who begins.
 */
export default async function policy() {
  const folder = modelFolder();
  const backend = recorder(nodeBackend());
  const subject = await loadPolicy({ where: folder, backend, read: (file) => readFile(join(folder, file)) });
  const observations = Array.from({ length: OBSERVATION_COUNT }, (_, k) => observationOf(subject.spec, 1 + k / 1000));
  const recorded: Call[][] = [];
  for (const observation of observations) {
    const calls: Call[] = [];
    backend.calls = calls;
    await subject.infer(observation);
    recorded.push(calls);
  }
  backend.calls = undefined;

  const step = (k: number) => subject.infer(observations[k % OBSERVATION_COUNT]);
  const bare = async (k: number) => {
    for (const { session, feeds } of recorded[k % OBSERVATION_COUNT]) await session.run(feeds);
  };
  const [steps, runs]: [number[], number[]] = [[], []];
  for (let k = 0; k < WARM_UP_STEPS + PAIRS; k++) {
    const first = k % 2 === 0 ? await timed(() => step(k)) : undefined;
    const plain = await timed(() => bare(k));
    const took = first ?? (await timed(() => step(k)));
    if (k < WARM_UP_STEPS) continue;
    steps.push(took);
    runs.push(plain);
  }
  const reused = Object.values(subject.counters).reduce((sum, each) => sum + each.reused + each.absent, 0);
  await subject.close();
  // Otherwise the step did less than the bare runs.
  if (reused > 0) throw new Error(`${reused} inputs were not new`);

  const [ours, baseline] = [quantile(steps, 0.5), quantile(runs, 0.5)];
  return {
    unit: 'ms for a step, and for the bare session.run of its graphs; medians, one thread',
    ours,
    baseline,
    ratio: ours / baseline,
    target: 'at most 1.1',
    p99_ms: quantile(steps, 0.99),
    p99_bare_ms: quantile(runs, 0.99),
    steps: PAIRS,
    model: subject.manifest.name,
  };
}
