import { InputError } from '@praxis/core';
import { CONTACT_FAULTS } from './contact-faults.ts';
import type { Fault } from './fault.ts';
import { LOOP_FAULTS } from './loop-faults.ts';
import { POLICY_FAULTS } from './policy-faults.ts';
import { SENSOR_FAULTS } from './sensor-faults.ts';

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
