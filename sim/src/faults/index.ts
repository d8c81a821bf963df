import { InputError } from '@praxis/core';
import type { Fault } from './fault.ts';
import { FOREARM, type Impact, PADDED_CART } from './impact/impact.ts';
import { LOOP_FAULTS } from './loop-faults.ts';
import { POLICY_FAULTS } from './policy-faults.ts';
import { SENSOR_FAULTS } from './sensor-faults.ts';

const impactFault = (name: string, summary: string, impact: Impact): Fault => ({
  name,
  summary,
  when: 'moving',
  impact,
  inject: ({ impactor }, random, { velocity }) => impactor?.launch(velocity, random),
});

/** Faults in which an object strikes the arm. */
const CONTACT_FAULTS: readonly Fault[] = [
  impactFault('arm_struck', 'a padded cart strikes the hand in mid-motion', PADDED_CART),
  impactFault('arm_struck_hard', 'a forearm strikes the hand in mid-motion', FOREARM),
];

/** Every fault that an episode can inject. */
export const FAULTS: readonly Fault[] = [...POLICY_FAULTS, ...LOOP_FAULTS, ...SENSOR_FAULTS, ...CONTACT_FAULTS];
/** Names of {@link FAULTS}, with underscores. */
export const FAULT_NAMES: readonly string[] = FAULTS.map(({ name }) => name);

/** Alternative names that the task suite uses. */
const ALIASES: Readonly<Record<string, string>> = { contact: 'arm_struck' };

/** Finds a fault by name; hyphens count as underscores. @throws {InputError} with the list of names for an unknown one */
export function findFault(name: string): Fault {
  const normalised = name.replaceAll('-', '_');
  const wanted = Object.hasOwn(ALIASES, normalised) ? ALIASES[normalised] : normalised;
  const found = FAULTS.find((each) => each.name === wanted);
  if (!found) throw new InputError(`unknown fault "${name}": expected one of ${FAULT_NAMES.join(', ')}`);
  return found;
}
