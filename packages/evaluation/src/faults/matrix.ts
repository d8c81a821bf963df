import { rmSync } from 'node:fs';
import { policyIdentity } from '../episodes/driver.ts';
import {
  type FaultReport,
  faultReport,
  type SafetyReport,
  type SupervisedOutcome,
  safetyReport,
} from '../evaluate/safety-report.ts';
import { ResultStore } from '../files/result-store.ts';
import { NO_PROGRESS, type StartProgress } from '../workers/progress.ts';
import { collect, collectWall, keyOf, NO_FAULT, wallClockName } from './collect.ts';
import { WALL_FAULTS } from './wall-clock.ts';

export interface FaultMatrixOptions {
  /** Of `FAULT_NAMES`, one row each. */
  readonly faults: readonly string[];
  /** Directory of the policy. */
  readonly policy: string;
  /** Tasks take turns, so that every row has as many episodes of each. */
  readonly tasks: readonly string[];
  /** One episode of each fault for each seed. */
  readonly seeds: readonly number[];
  /** Whether faults that can happen for real do so as well, against the wall clock, on a machine that does nothing else. */
  readonly wallClock: 'left out' | 'measured';
  /** File that keeps the outcomes; a run goes on with those that are there. Without one they are in memory alone. */
  readonly state?: string;
  /** What becomes of outcomes that are there. Default: keep. */
  readonly earlier?: 'keep' | 'forget';
  /** Processes that play episodes. Default: 2. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly startProgress?: StartProgress;
}

/** What came of every fault. */
export interface FaultMatrix {
  readonly policy: string;
  readonly tasks: readonly string[];
  /** The first one. */
  readonly seed: number;
  /** Of each row. */
  readonly episodes: number;
  /** Of episodes in which nothing went wrong. */
  readonly normal: SafetyReport & { readonly successes: number };
  /** In lock step, in the order of the faults. */
  readonly rows: readonly FaultReport[];
  /** Against the wall clock. */
  readonly wall: readonly FaultReport[];
}

/**
 * Injects every fault into episodes of its own, and episodes without a fault for comparison.
 * @returns undefined when it was ended early; what is done by then is kept
 * @throws {InputError} when the state is of another policy; {PolicyError} when the policy does not load
 */
export async function measureFaults(options: FaultMatrixOptions): Promise<FaultMatrix | undefined> {
  const { faults, policy, tasks, seeds, state, earlier = 'keep', workers = 2 } = options;
  const { signal = new AbortController().signal, startProgress = NO_PROGRESS } = options;
  if (earlier === 'forget' && state !== undefined) rmSync(state, { force: true });
  const identity = policyIdentity(policy);
  const measurement = { command: 'praxis faults', identity, afresh: '--fresh begins anew' };
  const store = new ResultStore<SupervisedOutcome>(state, measurement);
  const cells = seeds.map((seed, i) => ({ task: tasks[i % tasks.length], seed }));
  const wall = options.wallClock === 'measured' ? WALL_FAULTS.filter((name) => faults.includes(name)) : [];
  const shared = { cells, store, policy, signal, startProgress };
  await collect({ ...shared, faults: [NO_FAULT, ...faults], workers });
  await collectWall({ ...shared, faults: wall });
  if (signal.aborted) return undefined;
  const outcomes = (row: string) => cells.map((cell) => store.get(keyOf(row, cell))!);
  const normal = outcomes(NO_FAULT);
  return {
    policy: identity.policy,
    tasks,
    seed: seeds[0],
    episodes: seeds.length,
    normal: { successes: normal.filter(({ success }) => success).length, ...safetyReport(normal) },
    rows: faults.map((name) => faultReport(name, outcomes(name))),
    wall: wall.map((name) => faultReport(name, outcomes(wallClockName(name)))),
  };
}
