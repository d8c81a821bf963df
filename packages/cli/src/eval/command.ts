import { InputError } from '@praxis/core';
import { evaluate, MASKABLE, policyName, report, reportTable } from '@praxis/evaluation';
import { FAULT_NAMES, findFault, TASK_NAMES } from '@praxis/sim';
import type { EvalOptions } from '../commands/eval.ts';
import { namesFrom, seedRange, wholeNumber } from '../options/options.ts';
import { policyDirectory } from '../options/paths.ts';
import { interruption } from '../terminal/interrupt.ts';
import { EXIT, print, printJson } from '../terminal/output.ts';
import { progress } from '../terminal/progress.ts';

/** @returns exit status. @throws {InputError} on wrong options, {PolicyError} on a policy that does not load. */
export async function run(options: EvalOptions): Promise<number> {
  const fault = options.fault === undefined ? undefined : faultNamed(options.fault);
  const safety = safetyFrom(options.safety);
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
    fault,
    safety,
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

  const facts = { policy: policyName(policy), seed: seeds[0], tasks, mask, swap, fault, safety, wallS, partial };
  const result = report(facts, outcomes);
  if (options.json) printJson(result);
  else print(reportTable(result));
  return partial ? EXIT.interrupted : EXIT.ok;
}

function faultNamed(name: string): string {
  try {
    return findFault(name).name;
  } catch (cause) {
    throw new InputError(`--fault ${name}: unknown; known are ${FAULT_NAMES.join(', ')}`, { cause });
  }
}

function safetyFrom(text: string): 'on' | 'off' {
  if (text === 'on' || text === 'off') return text;
  throw new InputError(`--safety ${text}: expected on or off`);
}
