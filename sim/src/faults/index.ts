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
  { ...impactFault('arm_struck', 'a padded cart strikes the hand in mid-motion', PADDED_CART), aliases: ['contact'] },
  impactFault('arm_struck_hard', 'a forearm strikes the hand in mid-motion', FOREARM),
];

/** The faults that come with the simulator: of the policy, of the loop, of sensors, and impacts. */
export const SHIPPED_FAULTS: readonly Fault[] = [...POLICY_FAULTS, ...LOOP_FAULTS, ...SENSOR_FAULTS, ...CONTACT_FAULTS];
