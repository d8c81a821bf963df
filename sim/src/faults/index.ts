import { InputError } from '@praxis/core';
import { CONTACT_FAULTS } from './contact-faults.ts';
import type { Fault } from './fault.ts';
import { LOOP_FAULTS } from './loop-faults.ts';
import { POLICY_FAULTS } from './policy-faults.ts';
import { SENSOR_FAULTS } from './sensor-faults.ts';

/** Everything that can be made to go wrong in an episode. */
export const FAULTS: readonly Fault[] = [...POLICY_FAULTS, ...LOOP_FAULTS, ...SENSOR_FAULTS, ...CONTACT_FAULTS];
/** Their names, with underscores, as `findFault` takes them. */
export const FAULT_NAMES: readonly string[] = FAULTS.map(({ name }) => name);

/** What the task suite calls some of them. */
const ALIASES: Readonly<Record<string, string>> = { contact: 'arm_struck' };

/** Hyphens count as underscores. @throws {InputError} naming the faults there are. */
export function findFault(name: string): Fault {
  const written = name.replaceAll('-', '_');
  const wanted = Object.hasOwn(ALIASES, written) ? ALIASES[written] : written;
  const found = FAULTS.find((each) => each.name === wanted);
  if (!found) throw new InputError(`unknown fault "${name}": expected one of ${FAULT_NAMES.join(', ')}`);
  return found;
}
