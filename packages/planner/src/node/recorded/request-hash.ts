import { createHash } from 'node:crypto';
import type { PlanRequest } from '../../planners/planner.ts';

/**
 * Names a request for recorded answers, in 16 hexadecimal digits: a digest (SHA-256) of the operator's words, the names of the things and
 * places, what is held, what was said and done, and the answers that were rejected. Positions and times are not part of it, since they differ
 * from run to run.
 */
export function requestHash({ request, context, rejected = [] }: PlanRequest): string {
  const known = {
    request: request.trim().toLowerCase(),
    things: context.things.map(({ name }) => name).sort(),
    places: context.places.map(({ name }) => name).sort(),
    held: context.held?.thing ?? null,
    said: context.utterances.map(({ from, text }) => [from, text]),
    done: context.history.map(({ step, outcome }) => [step.skill, outcome]),
    rejected: rejected.map(({ plan }) => plan),
  };
  return createHash('sha256').update(JSON.stringify(known)).digest('hex').slice(0, 16);
}
