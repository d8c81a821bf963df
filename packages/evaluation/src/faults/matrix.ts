import { rmSync } from 'node:fs';
import { safetyOf, setupOf } from '@praxis/sim';
import type { EvaluationOptions } from '../evaluate/evaluate.ts';
import {
  type FaultReport,
  faultReport,
  type SafetyReport,
  type SupervisedOutcome,
  safetyReport,
} from '../evaluate/safety-report.ts';
import { ResultStore } from '../files/result-store.ts';
import { policyIdentity, policySource } from '../project/policy-source.ts';
import { loadProject } from '../project/project.ts';
import { robotChoice } from '../project/robot.ts';
import { itemsOfShard, type Shard, shardText } from '../sharding/shard.ts';
import { NO_PROGRESS, type StartProgress } from '../workers/progress.ts';
import { collectSimulated, collectWallClock, keyOf, NO_FAULT, wallClockName } from './collect.ts';
import { WALL_CLOCK_FAULTS } from './wall-clock.ts';

/** Options of {@link measureFaults}. */
export interface FaultMatrixOptions {
  /** Names of the faults; each is a row. */
  readonly faults: readonly string[];
  /** The policy, as {@link EvaluationOptions.policy}. Default: the shipped policy. */
  readonly policy?: string;
  /** Folder of the robot. Default: the Praxis arm. */
  readonly robot?: string;
  /** Name of a robot that the policy may drive although it was not trained for it. Default: none. */
  readonly acceptRobot?: string;
  /** Configuration file. Default: none. */
  readonly config?: string;
  /** Tasks alternate from seed to seed. */
  readonly tasks: readonly string[];
  /** Each fault gets one episode per seed. */
  readonly seeds: readonly number[];
  /** Runs one part of the episodes of each fault, into a state file of its own that `mergeResults` joins with others. Default: all. */
  readonly shard?: Shard;
  /** `measured` also measures the faults of `WALL_CLOCK_FAULTS` in real time, which needs an otherwise idle machine. */
  readonly wallClock: 'left out' | 'measured';
  /** File that stores the outcomes; a later run resumes from it. Without a file they stay in memory. */
  readonly state?: string;
  /** `keep` uses the outcomes in the file; `discard` deletes them. Default: keep. */
  readonly existingResults?: 'keep' | 'discard';
  /** Number of processes that run episodes. Default: 2. */
  readonly workers?: number;
  /** Ends the measurement early. */
  readonly signal?: AbortSignal;
  /** Default: no progress is reported. */
  readonly startProgress?: StartProgress;
}

/** Results of every fault, one row each. */
export interface FaultMatrix {
  /** Name of the policy. */
  readonly policy: string;
  /** Name of the robot. */
  readonly robot: string;
  readonly tasks: readonly string[];
  /** First seed. */
  readonly seed: number;
  /** Present for one part of the episodes. */
  readonly shard?: Shard;
  /** Number of episodes in each row. */
  readonly episodes: number;
  /** Results of the episodes without a fault. */
  readonly normal: SafetyReport & { readonly successes: number };
  /** Results in simulated time, in the order of the faults. */
  readonly rows: readonly FaultReport[];
  /** Description of each fault in one line. */
  readonly summaries: Readonly<Record<string, string>>;
  /** Results against the wall clock. */
  readonly wall: readonly FaultReport[];
}

/**
 * Injects every fault into its own episodes, and runs the same episodes without a fault for comparison.
 * @returns undefined when it was ended early; finished episodes stay in the state file
 * @throws {InputError} when the state file belongs to another policy, and for a robot that the wall-clock runs do not take; {PolicyError} when the policy does not load
 */
export async function measureFaults(options: FaultMatrixOptions): Promise<FaultMatrix | undefined> {
  const { faults, policy, robot, acceptRobot, tasks, seeds, state, existingResults = 'keep', workers = 2 } = options;
  const { shard } = options;
  const { signal = new AbortController().signal, startProgress = NO_PROGRESS } = options;
  if (existingResults === 'discard' && state !== undefined) rmSync(state, { force: true });
  const project = await loadProject(options.config);
  const identity = await policyIdentity(policySource(policy, project), project.config);
  const setup = setupOf(await robotChoice(robot));
  const { name } = setup;
  // Files of earlier versions have no robot: theirs is the Praxis arm.
  const ofRobot = robot === undefined ? identity : { ...identity, robot: name };
  const measured = shard ? { ...ofRobot, shard: shardText(shard) } : ofRobot;
  const measurement = { command: 'praxis faults', identity: measured, restartHint: '--fresh starts over' };
  const store = new ResultStore<SupervisedOutcome>(state, measurement);
  const allCells = seeds.map((seed, i) => ({ task: tasks[i % tasks.length], seed }));
  const cells = itemsOfShard(allCells, shard, 'episodes');
  const wall = options.wallClock === 'measured' ? WALL_CLOCK_FAULTS.filter((name) => faults.includes(name)) : [];
  // The runs against the wall clock come last; a robot that they do not take is refused first.
  if (wall.length > 0) safetyOf(setup);
  const shared = { cells, store, policy, robot, acceptRobot, project, signal, startProgress };
  await collectSimulated({ ...shared, faults: [NO_FAULT, ...faults], workers });
  await collectWallClock({ ...shared, faults: wall });
  if (signal.aborted) return undefined;
  const outcomes = (row: string) => cells.map((cell) => store.get(keyOf(row, cell))!);
  const normal = outcomes(NO_FAULT);
  return {
    policy: identity.policy,
    robot: name,
    tasks,
    seed: seeds[0],
    ...(shard ? { shard } : {}),
    episodes: cells.length,
    normal: { successes: normal.filter(({ success }) => success).length, ...safetyReport(normal) },
    rows: faults.map((name) => faultReport(name, outcomes(name))),
    summaries: Object.fromEntries(faults.map((name) => [name, project.registry.faults.find(name).summary])),
    wall: wall.map((name) => faultReport(name, outcomes(wallClockName(name)))),
  };
}
