import {
  combineTaps,
  Episode,
  type EpisodeOptions,
  type EpisodeResult,
  type ModalityDefinition,
  type Perturbations,
  type Task,
} from '@praxis/sim';
import { wordingsOf } from '@praxis/sim/seeds';
import type { EpisodeBridge } from '../bridge/episode-bridge.ts';
import { robotChoice } from '../project/robot.ts';
import type { EpisodeRecorder } from '../recording/episode-recorder.ts';
import { episodeResultFacts } from '../recording/result-facts.ts';
import type { EpisodeFacts } from '../recording/start-facts.ts';
import { type Driver, withoutModalities } from './driver.ts';
import { type PacingMode, WallClockPacer } from './wall-clock-pacer.ts';

/** Options of {@link rollouts}. */
export interface RolloutOptions {
  readonly driver: Driver;
  /** Folder of the robot. Default: the Praxis arm. */
  readonly robot?: string;
  /** Name of the arm that does the tasks, of a robot with several. Default: the first. */
  readonly arm?: string;
  /** Tasks alternate from seed to seed. */
  readonly tasks: readonly Task[];
  /** Sensors beside those of the arm. Default: none. */
  readonly modalities?: readonly ModalityDefinition[];
  /** Seeds of the episodes, one each. */
  readonly seeds: readonly number[];
  /** Masked modalities or inputs: the policy does not receive them. Default: none. */
  readonly mask?: readonly string[];
  /** Name of a robot that the policy may drive although it was not trained for it. Default: none. */
  readonly acceptRobot?: string;
  /** What differs from the cell that policies are trained in. Default: nothing. */
  readonly perturbations?: Perturbations;
  /** Instruction for the policy. Default: the instruction of the task. */
  readonly instruction?: string;
  readonly pacing: PacingMode;
  /** Makes the recorder of an episode. Default: nothing is recorded. */
  readonly record?: (episode: EpisodeFacts) => EpisodeRecorder;
  /** Makes the bridge of an episode; a stop then waits for its restart. Default: none. */
  readonly bridge?: (episode: EpisodeFacts) => EpisodeBridge;
  /** What ends an episode. Default: its verdict. */
  readonly ends?: EpisodeOptions['ends'];
  /** Cuts the current episode off, which then has no result, and starts no other. */
  readonly signal: AbortSignal;
}

/**
 * Runs episodes one after the other in this process and yields the result of each that ends.
 * @throws {BindError} when the policy does not fit the robot
 */
export async function* rollouts(options: RolloutOptions): AsyncGenerator<EpisodeResult> {
  const {
    driver,
    tasks,
    seeds,
    modalities,
    mask = [],
    acceptRobot,
    perturbations,
    instruction,
    pacing,
    signal,
  } = options;
  const { policy, scheduler } = driver;
  for (const [i, seed] of seeds.entries()) {
    if (signal.aborted) return;
    const task = tasks[i % tasks.length];
    const wordings = wordingsOf(seed);
    const facts: EpisodeFacts = { task: task.name, seed, safety: 'on', driver: 'policy' };
    const result = await rollout(
      {
        ...(await robotChoice(options.robot, options.arm)),
        task,
        seed,
        policy,
        scheduler,
        modalities,
        ...withoutModalities(policy, mask),
        acceptRobot,
        perturbations,
        wordings,
        instruction,
      },
      pacing,
      signal,
      options.record?.(facts),
      options.bridge?.(facts),
      options.ends,
    );
    if (result) yield result;
  }
}

/** Returns undefined when the signal cut the episode off. */
async function rollout(
  options: EpisodeOptions,
  pacing: PacingMode,
  signal: AbortSignal,
  recorder: EpisodeRecorder | undefined,
  bridge: EpisodeBridge | undefined,
  ends: EpisodeOptions['ends'],
): Promise<EpisodeResult | undefined> {
  const tap = combineTaps([recorder, bridge]);
  const episode = await Episode.create({ ...options, tap, afterStop: bridge ? 'wait' : 'end', ends });
  const pacer = pacing === 'realtime' ? new WallClockPacer() : undefined;
  try {
    while (await episode.step()) {
      await pacer?.waitUntil(episode.time);
      if (signal.aborted || bridge?.isOver) return undefined;
    }
    return episode.result();
  } finally {
    const result = episode.result();
    await episode.close();
    await bridge?.finish();
    await recorder?.finish(episodeResultFacts(result));
  }
}
