import { InputError } from '@praxis/core';
import { InstructionReader } from '@praxis/planner';
import type { RobotChoice } from '@praxis/sim';
import { setupOf } from '@praxis/sim';
import type { Registry } from '../config/registry.ts';
import type { Driver } from '../episodes/driver.ts';
import { policyDetector, policyFacts } from '../planning/policy-facts.ts';
import { type PolicySource, policySource } from '../project/policy-source.ts';
import { ReadingPolicy } from './reading-policy.ts';

/** A driver whose policy reads its instructions first. */
export interface ReadingDriver extends Driver {
  readonly policy: ReadingPolicy;
}

/**
 * Puts the reading of instructions before the policy of a driver. Things are found by the detection of the policy, or by that of the shipped one
 * where it has none.
 * @throws {InputError} for a policy without a manifest, which says neither its tasks nor its words
 */
export async function readingDriver(
  driver: Driver,
  source: PolicySource,
  robot: RobotChoice,
  registry: Registry,
): Promise<ReadingDriver> {
  const facts = policyFacts(source);
  if (!facts || driver.policy === 'expert')
    throw new InputError('--read-instructions: expected a policy in a folder, whose manifest has its tasks and words');
  const setup = setupOf(robot);
  const detector = (await policyDetector(source)) ?? (await policyDetector(policySource(undefined, { registry })));
  const seen = setup.cameras.map(({ name }) => name);
  const fits = detector?.cameras.every((camera) => seen.includes(camera)) ?? false;
  return {
    ...driver,
    policy: new ReadingPolicy({
      policy: driver.policy,
      reader: new InstructionReader(facts),
      setup,
      ...(detector && fits ? { detector } : {}),
    }),
  };
}
