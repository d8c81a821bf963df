import { InputError } from '@praxis/core';
import { TASK_NAMES } from '@praxis/sim';
import type { EvalOptions } from '../commands/eval.ts';
import { MASKABLE } from '../episodes/driver.ts';
import { policyName } from '../episodes/name.ts';
import { namesFrom, seedRange, wholeNumber } from '../options.ts';
import { EXIT, note, print, printJson } from '../output.ts';
import { policyDirectory } from '../paths.ts';
import { progress } from '../progress.ts';
import { interruption } from '../workers/interrupt.ts';
import { evaluate } from './evaluate.ts';
import { report } from './report.ts';
import { reportTable } from './table.ts';

/** @returns exit status. @throws {InputError} on wrong options, {PolicyError} on a policy that does not load. */
export async function run(options: EvalOptions): Promise<number> {
  if (options.fault !== undefined) {
    throw new InputError(`--fault ${options.fault}: faults are not available yet in this version`);
  }
  const tasks = namesFrom('--task', options.task, TASK_NAMES);
  const seeds = seedRange(options.seed, options.episodes);
  const mask = options.mask === undefined ? [] : namesFrom('--mask', options.mask, MASKABLE);
  const workers = wholeNumber('--workers', options.workers, 1, 64);
  const policy = options.policy === 'expert' ? 'expert' : policyDirectory(options.policy);
  const swap = options.swap === true;

  const interrupted = interruption();
  const bar = progress('eval', tasks.length * seeds.length);
  let successes = 0;
  let done = 0;
  const { outcomes, wallS, partial } = await evaluate({
    tasks,
    seeds,
    workers,
    policy,
    mask,
    swap,
    signal: interrupted.signal,
    onEpisode({ success }) {
      done++;
      if (success) successes++;
      bar.step(`${successes}/${done} succeeded`);
    },
  }).finally(() => {
    bar.stop();
    interrupted.release();
  });

  const facts = { policy: policyName(policy), seed: seeds[0], tasks, mask, swap, wallS, partial };
  const result = report(facts, outcomes);
  if (options.json) printJson(result);
  else print(reportTable(result));
  note('praxis eval: no safety supervisor in this version, so "safety" is empty');
  return partial ? EXIT.interrupted : EXIT.ok;
}
