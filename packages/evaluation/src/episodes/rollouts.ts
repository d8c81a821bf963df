import { Episode, type EpisodeOptions, type EpisodeResult, type ModalityDefinition, type Task } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { wordingsOf } from '@praxis/sim/seeds';
import type { Driver } from './driver.ts';
import { type PacingMode, WallClockPacer } from './wall-clock-pacer.ts';

/** Options of {@link rollouts}. */
export interface RolloutOptions {
  readonly driver: Driver;
  /** Tasks alternate from seed to seed. */
  readonly tasks: readonly Task[];
  /** Sensors beside those of the arm. Default: none. */
  readonly modalities?: readonly ModalityDefinition[];
  /** Seeds of the episodes, one each. */
  readonly seeds: readonly number[];
  /** Masked modalities or inputs: the policy does not receive them. Default: none. */
  readonly mask?: readonly string[];
  /** Instruction for the policy. Default: the instruction of the task. */
  readonly instruction?: string;
  readonly pacing: PacingMode;
  /** Ends the current episode, whose result is still yielded, and starts no other. */
  readonly signal: AbortSignal;
}

/**
 * Runs episodes one after the other in this process and yields the result of each when it ends.
 * @throws {BindError} when the policy does not fit the robot
 */
export async function* rollouts(options: RolloutOptions): AsyncGenerator<EpisodeResult> {
  const { driver, tasks, seeds, modalities, mask, instruction, pacing, signal } = options;
  const { policy, scheduler } = driver;
  for (const [i, seed] of seeds.entries()) {
    if (signal.aborted) return;
    const task = tasks[i % tasks.length];
    const wordings = wordingsOf(seed);
    yield await rollout(
      { urdf: armUrdf(), task, seed, policy, scheduler, modalities, mask, wordings, instruction },
      pacing,
      signal,
    );
  }
}

async function rollout(options: EpisodeOptions, pacing: PacingMode, signal: AbortSignal): Promise<EpisodeResult> {
  const episode = await Episode.create(options);
  const pacer = pacing === 'realtime' ? new WallClockPacer() : undefined;
  try {
    while (!signal.aborted && (await episode.step())) await pacer?.waitUntil(episode.time);
    return episode.result();
  } finally {
    await episode.close();
  }
}
