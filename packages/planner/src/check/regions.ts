import type { PlannerContext } from '../context/context.ts';
import type { Skill } from '../skills/skill.ts';
import type { ForbiddenRegion, WorkCell } from '../skills/work-cell.ts';
import { namedPositions } from './named.ts';

type Position = readonly [number, number, number];

/** Height of the tool above a target from which it comes down (m). */
const APPROACH_HEIGHT_M = 0.16;

/**
 * Reasons why the tool may not go where a step leads: to the thing, place or target that it names, from above, and to where it ends.
 * @param args arguments with names instead of comparisons
 */
export function regionReasons(
  args: Readonly<Record<string, unknown>>,
  before: PlannerContext,
  after: PlannerContext,
  { robot: { workspace }, forbidden }: WorkCell,
): readonly string[] {
  const named = namedPositions(args, before).flatMap(({ name, position: [x, y, z] }) => [
    ...outside(`the ${name}`, [x, y, Math.max(z, workspace.minimum[2])], workspace),
    ...crossed(`the ${name}`, [x, y, z], [x, y, z + APPROACH_HEIGHT_M], forbidden),
  ]);
  if (!before.tool || !after.tool || after.tool === before.tool) return named;
  return [
    ...named,
    ...outside('the end of the motion', after.tool, workspace),
    ...crossed('the way there', before.tool, after.tool, forbidden),
  ];
}

function outside(what: string, position: Position, { minimum, maximum }: WorkCell['robot']['workspace']): string[] {
  const isInside = position.every((value, i) => value >= minimum[i] && value <= maximum[i]);
  return isInside ? [] : [`${what} (${inWords(position)}) is outside the workspace`];
}

const crossed = (what: string, from: Position, to: Position, regions: readonly ForbiddenRegion[]): string[] =>
  regions
    .filter((region) => meets(from, to, region))
    .map(({ name }) => `${what} (${inWords(to)}) is in the forbidden region ${name}`);

/** True when the segment between two positions meets an upright box (the slab method). */
function meets(from: Position, to: Position, { minimum, maximum }: ForbiddenRegion): boolean {
  let [enter, leave] = [0, 1];
  for (let axis = 0; axis < 3; axis++) {
    const [start, along] = [from[axis], to[axis] - from[axis]];
    if (along === 0) {
      if (start < minimum[axis] || start > maximum[axis]) return false;
      continue;
    }
    const ends = [(minimum[axis] - start) / along, (maximum[axis] - start) / along];
    enter = Math.max(enter, Math.min(...ends));
    leave = Math.min(leave, Math.max(...ends));
  }
  return enter <= leave;
}

const inWords = (position: Position): string => `${position.map((value) => value.toFixed(2)).join(', ')} m`;

/**
 * The position of the tool after a step (m), when the skill does not say it: above what the step named.
 * @returns undefined when it cannot be known
 */
export function toolAfter(
  { uses }: Skill,
  args: Readonly<Record<string, unknown>>,
  before: PlannerContext,
  after: PlannerContext,
): Position | undefined {
  if (after.tool !== before.tool || !uses.includes('arm')) return after.tool;
  const last = namedPositions(args, before).at(-1);
  if (last === undefined) return after.tool;
  const [x, y, z] = last.position;
  return [x, y, z + APPROACH_HEIGHT_M];
}
