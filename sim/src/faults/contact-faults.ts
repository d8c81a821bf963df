import type { Fault } from './fault.ts';
import { FOREARM, type Impact, PADDED_CART } from './impact/impact.ts';

const impactFault = (name: string, summary: string, impact: Impact): Fault => ({
  name,
  summary,
  when: 'moving',
  impact,
  inject: ({ impactor: striker }, random, { velocity }) => striker?.launch(velocity, random),
});

/** What can strike the arm; see {@link Impact} for what they are. */
export const CONTACT_FAULTS: readonly Fault[] = [
  impactFault('arm_struck', 'a padded cart is pushed against the hand in mid-motion', PADDED_CART),
  impactFault('arm_struck_hard', 'a forearm meets the hand in mid-motion', FOREARM),
];
