import { Episode, type EpisodeOptions, type EpisodeResult } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { wordingsOf } from '@praxis/sim/seeds';
import type { Driver } from './driver.ts';
import { type Pace, RealtimePacer } from './realtime.ts';

export interface RolloutOptions {
  readonly driver: Driver;
  /** Tasks take turns. */
  readonly tasks: readonly string[];
  /** One episode each. */
  readonly seeds: readonly number[];
  /** Modalities that are withheld from the policy. */
  readonly mask?: readonly string[];
  /** Said in place of what the task says. */
  readonly instruction?: string;
  readonly pace: Pace;
  /** Ends the episode that runs, whose result is given all the same, and begins no other. */
  readonly signal: AbortSignal;
}

/**
 * Plays one episode after the other in this process and gives the result of each as soon as it is over.
 * @throws {InputError} for an unknown task; {BindError} when the policy does not fit the robot
 */
export async function* rollouts(options: RolloutOptions): AsyncGenerator<EpisodeResult> {
  const { driver, tasks, seeds, mask, instruction, pace, signal } = options;
  const { policy, scheduler } = driver;
  for (const [i, seed] of seeds.entries()) {
    if (signal.aborted) return;
    const task = tasks[i % tasks.length];
    const wordings = wordingsOf(seed);
    yield await rollout({ urdf: armUrdf(), task, seed, policy, scheduler, mask, wordings, instruction }, pace, signal);
  }
}

async function rollout(options: EpisodeOptions, pace: Pace, signal: AbortSignal): Promise<EpisodeResult> {
  const episode = await Episode.create(options);
  const pacer = pace === 'realtime' ? new RealtimePacer() : undefined;
  try {
    while (!signal.aborted && (await episode.step())) await pacer?.keep(episode.time);
    return episode.result();
  } finally {
    await episode.close();
  }
}
