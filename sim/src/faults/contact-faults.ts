import type { Fault } from './fault.ts';
import { FOREARM, PADDED_CART, type Strike } from './strike/strike.ts';

const struck = (name: string, summary: string, strike: Strike): Fault => ({
  name,
  summary,
  when: 'moving',
  strike,
  inject: ({ striker }, random, { velocity }) => striker?.meet(velocity, random),
});

/** What can strike the arm; see {@link Strike} for what they are. */
export const CONTACT_FAULTS: readonly Fault[] = [
  struck('arm_struck', 'a padded cart is pushed against the hand in mid-motion', PADDED_CART),
  struck('arm_struck_hard', 'a forearm meets the hand in mid-motion', FOREARM),
];
