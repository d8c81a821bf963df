import type { PlannerContext, SeenThing } from '../../context/context.ts';
import { horizontalDistance } from '../../context/distance.ts';
import { namesOf, placeOf, thingOf } from '../../context/lookup.ts';
import { namesIn, referenceInWords, resolveReference } from '../../context/references.ts';
import type { ThingReference } from '../../plan/plan.ts';
import type { SkillReading, SkillRobot } from '../skill.ts';
import { SkillError } from '../skill-error.ts';
import type { WorkCell } from '../work-cell.ts';
import { CLOSED_MARGIN_M, GraspWatch } from './grasp-watch.ts';
import { takeByMotions } from './grasping.ts';
import { lower } from './lowering.ts';
import { expectDone } from './results.ts';

/**
 * Below this height above the named thing the learned policy must be in a funnel over it, or its fingers land on something (m). Below the second one they
 * are beside the thing.
 */
const FUNNEL_HEIGHTS_M = [0.07, 0.022] as const;
/** Radius of the funnel up to a height (m), and its growth above it: the open fingers leave 2 cm, seen places are 6 mm off in the middle. */
const FUNNEL_RADIUS_M = 0.014;
const FUNNEL_NECK_M = 0.045;
const FUNNEL_SLOPE = 0.35;
/** A policy that was held this near to the seen place has found the thing too: both places count (m). */
const SAME_PLACE_M = 0.03;
/** Height above the one at which a thing lay that it is released at (m): the arm is as precise. */
export const RELEASE_GAP_M = 0.001;
/** Time that the learned policy gets for one try (s). */
const POLICY_TIME_S = 12;

/** Reasons why a thing cannot be taken in a context. */
export function reasonsToTake(reference: ThingReference, context: PlannerContext): string[] {
  const reasons = namesIn(reference)
    .filter((name) => !thingOf(context, name))
    .map((name) => `there is no ${name}: the cameras see ${namesOf(context.things)}`);
  if (context.held) reasons.push(`the gripper holds ${context.held.thing ?? 'something'} already`);
  if (reasons.length === 0 && resolveReference(reference, context) === undefined)
    reasons.push(`${referenceInWords(reference)} is not known before all were weighed`);
  return reasons;
}

/**
 * Takes a thing and holds it up: with the learned policy where its words name one thing alone, else, and after a failed try, by
 * motions to its seen place.
 * @returns the height of the tool at the grasp (m, base frame)
 * @throws {SkillError} when nothing was lifted
 */
export async function take(name: string, robot: SkillRobot, cell: WorkCell): Promise<number> {
  const context = robot.known();
  const thing = thingOf(context, name);
  if (!thing) throw new SkillError(`there is no ${name}`);
  const surface = (thing.on === undefined ? undefined : placeOf(context, thing.on)?.position[2]) ?? cell.surface ?? 0;
  const failure = canInstruct(thing, context, cell)
    ? await takeByPolicy(thing, robot, cell)
    : 'no instruction names it';
  const lowest =
    typeof failure === 'number'
      ? failure
      : await takeByMotions(thing, likelyPlace(thing, robot.reading()), failure, robot, cell);
  robot.learn({ thing: name, held: true, height: lowest - surface });
  return lowest;
}

/** True when the learned policy knows the thing's words and they name no other thing. */
function canInstruct({ name, words }: SeenThing, { things }: PlannerContext, { policy }: WorkCell): boolean {
  if (!policy?.tasks.includes('pick') || !words.every((word) => policy.words.includes(word))) return false;
  return !things.some((other) => other.name !== name && words.every((word) => other.words.includes(word)));
}

/** Where a thing is, horizontally (m): between the seen place and the one that the policy went to, when both are near. */
function likelyPlace({ position: [x, y, z] }: SeenThing, { tool }: SkillReading): readonly [number, number] {
  const isBeside = tool[2] < z + FUNNEL_HEIGHTS_M[0] && horizontalDistance(tool, [x, y]) < SAME_PLACE_M;
  return isBeside ? [(x + tool[0]) / 2, (y + tool[1]) / 2] : [x, y];
}

/** @returns the height of the tool at the grasp (m), or why it failed, in words */
async function takeByPolicy(thing: SeenThing, robot: SkillRobot, cell: WorkCell): Promise<number | string> {
  const watch = new GraspWatch(cell.robot.gripper![1]);
  let strayed: number | undefined;
  const isOver = (now: SkillReading): boolean => {
    const { tool, width } = now;
    const gap = horizontalDistance(tool, thing.position);
    const isEmpty = width > cell.robot.gripper![1] - CLOSED_MARGIN_M;
    const above = tool[2] - thing.position[2];
    const [from, to] = FUNNEL_HEIGHTS_M;
    const radius = FUNNEL_RADIUS_M + FUNNEL_SLOPE * Math.max(0, above - FUNNEL_NECK_M);
    const isOutside = above < from && above > to && gap > radius;
    if (isEmpty && isOutside) strayed = gap;
    return watch.observe(now) || strayed !== undefined;
  };
  const hasEnded = await robot.instruct(`pick up the ${thing.words.join(' ')}`, isOver, POLICY_TIME_S);
  // It goes down beside the thing, where its fingers may land on another one.
  if (strayed !== undefined) return `the learned policy went down ${Math.round(100 * strayed)} cm beside it`;
  if (!hasEnded) return `the learned policy lifted nothing within ${POLICY_TIME_S} s`;
  if (watch.isAt(thing)) {
    robot.note('taken by the learned policy');
    return watch.lowest;
  }
  // Another thing was taken: it goes back to where it was.
  await setBack(robot, cell, watch.lowest);
  return `the learned policy took what stands ${Math.round(100 * horizontalDistance(watch.place!, thing.position))} cm away`;
}

/** Puts what was just lifted back to where it was taken. @param height height of the tool at the grasp (m) */
export async function setBack(robot: SkillRobot, { robot: { gripper } }: WorkCell, height: number): Promise<void> {
  const [x, y, z] = robot.reading().tool;
  await lower(robot, [x, y, height + RELEASE_GAP_M], true);
  expectDone(await robot.move({ kind: 'gripper', width: gripper![1], effort: 1 }), 'opening the gripper');
  expectDone(await robot.moveTo([x, y, z]), 'moving up');
}
