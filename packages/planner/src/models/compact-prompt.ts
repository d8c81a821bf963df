import type { PlannerContext, SeenThing } from '../context/context.ts';
import { distanceBetween, nearestThing } from '../context/distance.ts';
import type { PlanRequest } from '../planners/planner.ts';

/** Largest distance at which one thing is called the neighbour of another (m). */
const NEIGHBOUR_DISTANCE_M = 0.15;
/** Number of earlier sentences and steps that the prompt holds. */
const MEMORY_LENGTH = 3;

/** System message that goes with {@link compactPromptOf}; `training/planner/chat.py` has the same. */
export const COMPACT_SYSTEM = 'You plan for a robot arm. Answer with one plan in JSON.';

/**
 * The request and its context in a few lines, for small models that were adapted to this form (`training/planner`). The things stand from left
 * to right. It has no catalogue: an adapted model knows the skills. Sentences of bystanders and labels are left out, because they are no requests.
 */
export function compactPromptOf({ request, context }: Pick<PlanRequest, 'request' | 'context'>): string {
  const things = [...context.things].sort((a, b) => b.position[1] - a.position[1]);
  const lines = [
    `things: ${things.map((thing) => thingInWords(thing, context)).join('; ') || 'none'}`,
    `places: ${context.places.map(({ name }) => name).join(', ') || 'none'}`,
    `holding: ${context.held ? (context.held.thing ?? 'something') : 'nothing'}`,
    ...memoryOf(context),
    `request: ${request}`,
  ];
  return lines.join('\n');
}

function thingInWords(thing: SeenThing, { things, places }: PlannerContext): string {
  const details = [
    thing.position[0] > middleOf(things) ? 'back' : 'front',
    ...(thing.on !== undefined && places.some(({ name }) => name === thing.on) ? [`on ${thing.on}`] : []),
    ...(thing.mass === undefined ? [] : [`${thing.mass.toFixed(1)} kg`]),
  ];
  const near = nearestThing(thing, things);
  if (near && distanceBetween(thing, near) < NEIGHBOUR_DISTANCE_M) details.push(`by ${near.name}`);
  return `${thing.name} (${details.join(', ')})`;
}

/** Middle of the things along x (m): those beyond it are at the back. */
const middleOf = (things: readonly SeenThing[]): number => {
  const along = things.map(({ position }) => position[0]);
  return (Math.min(...along) + Math.max(...along)) / 2;
};

function memoryOf({ utterances, history }: PlannerContext): string[] {
  const said = utterances.filter(({ from }) => from === 'operator').slice(-MEMORY_LENGTH);
  const done = history.slice(-MEMORY_LENGTH);
  return [
    ...said.map(({ text }) => `said before: ${text}`),
    ...done.map(
      ({ step, outcome }) => `${outcome}: ${step.skill} ${Object.values(step.arguments).map(String).join(' ')}`,
    ),
  ];
}
