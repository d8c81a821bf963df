import { setTimeout as sleep } from 'node:timers/promises';
import { MASKABLE, openDriver } from '@praxis/evaluation';
import { Episode, type EpisodeOptions, type EpisodeResult, TASK_NAMES } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { wordingsOf } from '@praxis/sim/seeds';
import type { SimOptions } from '../commands/sim.ts';
import { namesFrom, seedRange } from '../options/options.ts';
import { policyDirectory } from '../options/paths.ts';
import { interruption } from '../terminal/interrupt.ts';
import { EXIT, note, print, printJson } from '../terminal/output.ts';

/** @returns exit status. @throws {InputError} on wrong options, {PolicyError} on a policy that does not load. */
export async function run(options: SimOptions): Promise<number> {
  const tasks = namesFrom('--task', options.task, TASK_NAMES);
  const seeds = seedRange(options.seed, options.episodes);
  const mask = options.mask === undefined ? [] : namesFrom('--mask', options.mask, MASKABLE);
  const policy = options.policy === 'expert' ? 'expert' : policyDirectory(options.policy);
  const driver = await openDriver(policy, mask);

  const interrupted = interruption();
  const say = options.json ? note : print;
  const episodes = [];
  say(`policy ${driver.name}${mask.length > 0 ? `, without ${mask.join(', ')}` : ''}`);
  for (const [i, seed] of seeds.entries()) {
    if (interrupted.signal.aborted) break;
    const task = tasks[i % tasks.length];
    const episode = await play(
      {
        urdf: armUrdf(),
        task,
        seed,
        policy: driver.policy,
        scheduler: driver.scheduler,
        mask,
        wordings: wordingsOf(seed),
        instruction: options.instruction,
      },
      options.fast ? 'fast' : 'realtime',
      interrupted.signal,
    );
    episodes.push(episode);
    say(
      `${task} ${seed}  "${episode.instruction}"  ${episode.success ? 'success' : `failed: ${episode.failure ?? 'out of time'}`}` +
        `  ${episode.timeS.toFixed(1)} s, peak ${episode.peakForceN.toFixed(1)} N, ` +
        `${(episode.timeS / episode.wallS).toFixed(1)} times real time`,
    );
  }
  interrupted.release();
  if (options.json) printJson({ policy: driver.name, episodes });
  return interrupted.signal.aborted ? EXIT.interrupted : EXIT.ok;
}

/** Falling behind the wall clock by less than this (s) is made up for by sleeping later. */
const SLACK = 0.02;

/** One episode, as fast as it goes or no faster than the wall clock; ends early when asked to. */
async function play(options: EpisodeOptions, pace: 'fast' | 'realtime', signal: AbortSignal): Promise<EpisodeResult> {
  const episode = await Episode.create(options);
  const start = performance.now() / 1000;
  try {
    while (!signal.aborted && (await episode.step())) {
      const ahead = episode.time - (performance.now() / 1000 - start);
      if (pace === 'realtime' && ahead > SLACK) await sleep(1000 * ahead);
    }
    return episode.result();
  } finally {
    await episode.close();
  }
}
