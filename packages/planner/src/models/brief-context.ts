import type { PlannerContext } from '../context/context.ts';
import { namesOf } from '../context/lookup.ts';

/** A context in few words: names without positions. */
export function briefContext({ things, places, held, history }: PlannerContext): string {
  return [
    `Things: ${things.map(({ name, on }) => (on ? `${name} on ${on}` : name)).join(', ') || 'none'}`,
    `Places: ${namesOf(places)}`,
    `Held: ${held ? (held.thing ?? 'something') : 'nothing'}`,
    ...(history.length === 0
      ? []
      : [`Done: ${history.map(({ step, outcome }) => `${step.skill} ${outcome}`).join(', ')}`]),
  ].join('\n');
}
