import { Random } from '@praxis/core';
import { conditionRequests } from './conditions.ts';
import { contrastRequests, negationRequests } from './contrasts.ts';
import { injectionRequests } from './injections.ts';
import { oneStepRequests, sequenceRequests } from './plain.ts';
import { referenceRequests } from './references.ts';
import { ambiguousRequests, impossibleRequests, unsafeRequests } from './refused.ts';
import { relationRequests } from './relations.ts';
import type { PlanningRequest } from './request.ts';

/** All requests of `praxis bench plan`. */
export const PLANNING_REQUESTS: readonly PlanningRequest[] = [
  ...oneStepRequests,
  ...sequenceRequests,
  ...conditionRequests,
  ...negationRequests,
  ...contrastRequests,
  ...relationRequests,
  ...referenceRequests,
  ...impossibleRequests,
  ...unsafeRequests,
  ...ambiguousRequests,
  ...injectionRequests,
];

/** The half that a request belongs to: the rules were written with the development half in view and never saw the held-out one. */
export const halfOf = ({ id }: PlanningRequest): 'development' | 'held-out' =>
  new Random(0, id).chance(0.5) ? 'development' : 'held-out';
