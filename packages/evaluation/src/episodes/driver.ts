import { type ChunkScheduler, InputError, type Policy } from '@praxis/core';
import { createScheduler, type SchedulerName } from '@praxis/policy';
import type { Knowledge } from '@praxis/sim';
import { openPolicy, type PolicyPlace, type PolicySource } from '../project/policy-source.ts';

/** A policy and the scheduler that executes its action chunks. */
export interface Driver {
  readonly name: string;
  readonly policy: Policy | 'expert';
  readonly scheduler: ChunkScheduler;
}

const KNOWLEDGE: readonly Knowledge[] = ['vision', 'wrench', 'language'];

/**
 * What the scripted expert does without. It reads no sensor; a masked modality takes away what it would tell.
 * @throws {InputError} for a name that is no such modality
 */
function knowledgeOf(mask: readonly string[]): readonly Knowledge[] {
  return mask.map((name) => {
    const found = KNOWLEDGE.find((each) => each === name);
    if (found) return found;
    throw new InputError(`--mask ${name}: the expert can do without ${KNOWLEDGE.join(', ')}`);
  });
}

/** The options of an episode by which its policy does without modalities: a mask, or for the expert the knowledge that it lacks. */
export const withoutModalities = (policy: Driver['policy'], mask: readonly string[]) =>
  policy === 'expert' ? { expertLacks: knowledgeOf(mask) } : { mask };

/**
 * Opens a policy; `expert` selects the scripted expert of each task.
 * @param mask modalities or names of inputs that the policy will not receive
 * @param place where it infers
 * @param schedulerName scheduler of its chunks
 * @throws {PolicyError} when the policy does not load
 * @throws {InputError} when the policy does not use a masked modality or input
 */
export async function openDriver(
  source: PolicySource,
  mask: readonly string[],
  place: PolicyPlace = 'thread',
  schedulerName: SchedulerName = 'receding_horizon',
): Promise<Driver> {
  const scheduler = createScheduler(schedulerName);
  const policy = await openPolicy(source, place);
  if (policy === 'expert') {
    knowledgeOf(mask);
    return { name: 'expert', policy, scheduler };
  }
  const { inputs, name } = policy.spec;
  const known = [...new Set([...inputs.map(({ modality }) => modality), ...inputs.map((input) => input.name)])];
  const unknown = mask.find((each) => !known.includes(each));
  if (unknown !== undefined) {
    await policy.close();
    throw new InputError(`--mask ${unknown}: policy ${name} has no such modality or input, only ${known.join(', ')}`);
  }
  return { name, policy, scheduler };
}
