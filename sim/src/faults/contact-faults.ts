import type { Fault } from './fault.ts';
import { FOREARM, type Impact, PADDED_CART } from './impact/impact.ts';

const impactFault = (name: string, summary: string, impact: Impact): Fault => ({
  name,
  summary,
  when: 'moving',
  impact,
  inject: ({ impactor }, random, { velocity }) => impactor?.launch(velocity, random),
});

/** Faults in which an object strikes the arm. */
export const CONTACT_FAULTS: readonly Fault[] = [
  impactFault('arm_struck', 'a padded cart strikes the hand in mid-motion', PADDED_CART),
  impactFault('arm_struck_hard', 'a forearm strikes the hand in mid-motion', FOREARM),
];
