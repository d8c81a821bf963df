import { runEpisode, TASK_NAMES } from '@praxis/sim';
import type { SimOptions } from '../commands/sim.ts';
import { MASKABLE, openDriver } from '../episodes/driver.ts';
import { namesFrom, seedRange, wordingsOf } from '../options.ts';
import { EXIT, note, print, printJson } from '../output.ts';
import { policyDirectory } from '../paths.ts';
import { interruption } from '../workers/interrupt.ts';

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
    const episode = await runEpisode({
      task,
      seed,
      policy: driver.policy,
      scheduler: driver.scheduler,
      mask,
      wordings: wordingsOf(seed),
      instruction: options.instruction,
      pace: options.fast ? 'fast' : 'realtime',
      signal: interrupted.signal,
    });
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
