import { rmSync } from 'node:fs';
import {
  collect,
  collectWall,
  faultReport,
  type MatrixFacts,
  matrixPage,
  NONE,
  OutcomeStore,
  policyIdentity,
  safetyReport,
  WALL_FAULTS,
  wallName,
  writeBeside,
} from '@praxis/evaluation';
import { FAULT_NAMES, TASK_NAMES } from '@praxis/sim';
import type { FaultsOptions } from '../commands/faults.ts';
import { namesFrom, seedRange, wholeNumber } from '../options/options.ts';
import { policyDirectory } from '../options/paths.ts';
import { interruption } from '../terminal/interrupt.ts';
import { EXIT, note, print, printJson } from '../terminal/output.ts';
import { progress } from '../terminal/progress.ts';

/** @returns exit status. @throws {InputError} on wrong options, {PolicyError} on a policy that does not load. */
export async function run(options: FaultsOptions): Promise<number> {
  const faults = namesFrom('--faults', options.faults, FAULT_NAMES);
  const tasks = namesFrom('--task', options.task, TASK_NAMES);
  const seeds = seedRange(options.seed, options.episodes);
  const workers = wholeNumber('--workers', options.workers, 1, 64);
  const policy = policyDirectory(options.policy);
  if (options.fresh) rmSync(options.state, { force: true });
  const store = new OutcomeStore(options.state, policyIdentity(policy));
  // Tasks take turns, so that every row has as many of each.
  const cells = seeds.map((seed, i) => ({ task: tasks[i % tasks.length], seed }));
  const wall = options.wall ? WALL_FAULTS.filter((name) => faults.includes(name)) : [];

  const interrupted = interruption();
  const { signal } = interrupted;
  try {
    await collect({ faults: [NONE, ...faults], cells, store, policy, workers, signal, startProgress: progress });
    await collectWall({ faults: wall, cells, store, policy, signal, startProgress: progress });
  } finally {
    interrupted.release();
  }
  if (signal.aborted) {
    note('praxis faults: interrupted; run it again to go on');
    return EXIT.interrupted;
  }

  const outcomes = (fault: string) => cells.map(({ task, seed }) => store.get(fault, task, seed)!);
  const normal = outcomes(NONE);
  const facts: MatrixFacts = {
    policy: store.header.policy,
    tasks,
    seed: seeds[0],
    episodes: seeds.length,
    normal: { successes: normal.filter(({ success }) => success).length, ...safetyReport(normal) },
    command: `npx praxis faults --episodes ${seeds.length}${options.wall ? ' --wall' : ''} --out ${options.out ?? 'FILE'}`,
  };
  const rows = faults.map((name) => faultReport(name, outcomes(name)));
  const wallRows = wall.map((name) => faultReport(name, outcomes(wallName(name))));
  const page = matrixPage(facts, rows, wallRows);
  if (options.out !== undefined) writeBeside(options.out, page);
  if (options.json) printJson({ ...facts, rows, wall: wallRows });
  else print(page);
  return EXIT.ok;
}
