import type { PlannerContext, SeenThing } from '../../context/context.ts';
import { horizontalDistance } from '../../context/distance.ts';
import { namesOf, placeOf, thingOf } from '../../context/lookup.ts';
import { namesIn, referenceInWords, resolveReference } from '../../context/references.ts';
import type { ThingReference } from '../../plan/plan.ts';
import type { SkillReading, SkillRobot } from '../skill.ts';
import { SkillError } from '../skill-error.ts';
import type { WorkCell } from '../work-cell.ts';
import { besideFingers, likelyPlace } from './finger-axis.ts';
import { openFingers } from './fingers.ts';
import { CLOSED_MARGIN_M, type Grasp, GraspWatch } from './grasp-watch.ts';
import { takeByMotions, takeCentred } from './grasping.ts';
import { lower, RELEASE_GAP_M } from './lowering.ts';
import { expectDone } from './results.ts';

/**
 * Below this height above the named thing the learned policy must be in a funnel over it, or its fingers land on something (m). Below the second one they
 * are beside the thing.
 */
const FUNNEL_HEIGHTS_M = [0.07, 0.022] as const;
/**
 * Half of the funnel's width along the axis on which the fingers open, and across it, up to a height (m), and its growth above it. The open fingers leave
 * 2 cm; seen places are 6 mm off in the middle.
 */
const FUNNEL_M = { along: 0.012, across: 0.03 };
const FUNNEL_NECK_M = 0.045;
const FUNNEL_SLOPE = 0.35;
/** At this height above the middle of the thing the fingers are beside it, still open, and motions centre it between them (m). */
const BESIDE_HEIGHT_M = 0.03;
/** Height of the tool above the grasp that a centred thing is lifted to (m). */
const CENTRED_LIFT_M = 0.11;
/** A grasp this far beside the middle of a thing, across the fingers, holds its edge, and a heavy thing turns in it (m). */
const EDGE_GRASP_M = 0.02;
/** A policy that was held this near to the seen place went to the thing (m). */
const SAME_PLACE_M = 0.03;
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
  const tried = canInstruct(thing, context, cell) ? await takeByPolicy(thing, robot, cell) : 'no instruction names it';
  const { lowest } =
    typeof tried === 'string'
      ? await takeByMotions(thing, placeOfThing(thing, robot.reading()), tried, robot, cell)
      : tried;
  robot.learn({ thing: name, held: true, height: lowest - surface });
  return lowest;
}

/** Where a thing is, horizontally (m): as seen, and where the policy was held near it, as that says too. */
function placeOfThing({ position }: SeenThing, reading: SkillReading): readonly [number, number] {
  const [x, y, z] = position;
  const isNear = reading.tool[2] < z + FUNNEL_HEIGHTS_M[0] && horizontalDistance(reading.tool, position) < SAME_PLACE_M;
  return isNear ? likelyPlace(reading, position, 'as seen') : [x, y];
}

/** True when the learned policy knows the thing's words and they name no other thing. */
function canInstruct({ name, words }: SeenThing, { things }: PlannerContext, { policy }: WorkCell): boolean {
  if (!policy?.tasks.includes('pick') || !words.every((word) => policy.words.includes(word))) return false;
  return !things.some((other) => other.name !== name && words.every((word) => other.words.includes(word)));
}

const absolute = ({ along, across }: ReturnType<typeof besideFingers>) => ({
  along: Math.abs(along),
  across: Math.abs(across),
});

/** @returns where the tool was at the grasp, or why it failed, in words */
async function takeByPolicy(thing: SeenThing, robot: SkillRobot, cell: WorkCell): Promise<Grasp | string> {
  const watch = new GraspWatch(cell.robot.gripper![1]);
  let strayed: number | undefined;
  let isBeside = false;
  const isOver = (now: SkillReading): boolean => {
    const { tool, width } = now;
    const { along, across } = absolute(besideFingers(now, thing.position));
    const isEmpty = width > cell.robot.gripper![1] - CLOSED_MARGIN_M;
    const above = tool[2] - thing.position[2];
    const [from, to] = FUNNEL_HEIGHTS_M;
    const more = FUNNEL_SLOPE * Math.max(0, above - FUNNEL_NECK_M);
    const isOutside = along > FUNNEL_M.along + more || across > FUNNEL_M.across + more;
    if (isEmpty && isOutside && above < from && above > to) strayed = Math.max(along, across);
    else if (isEmpty && above < BESIDE_HEIGHT_M && !isOutside) isBeside = true;
    return watch.observe(now) || strayed !== undefined || isBeside;
  };
  const hasEnded = await robot.instruct(`pick up the ${thing.words.join(' ')}`, isOver, POLICY_TIME_S);
  // It goes down beside the thing, where its fingers may land on another one.
  if (strayed !== undefined) return `the learned policy went down ${Math.round(100 * strayed)} cm beside it`;
  if (isBeside) {
    const grasp = await takeCentred(thing, thing.position[2] + CENTRED_LIFT_M, robot, cell);
    robot.note('taken by the learned policy, centred between the fingers');
    return grasp;
  }
  if (!hasEnded) return `the learned policy lifted nothing within ${POLICY_TIME_S} s`;
  const { lowest, place: at = [0, 0] as const } = watch;
  const { across } = absolute(
    besideFingers({ tool: Float64Array.of(...at, lowest, ...robot.reading().tool.subarray(3)) }, thing.position),
  );
  if (watch.isAt(thing) && across <= EDGE_GRASP_M) {
    robot.note('taken by the learned policy');
    return { lowest, at };
  }
  // Another thing was taken, or an edge of this one: it goes back to where it was.
  await setBack(robot, cell, lowest);
  if (watch.isAt(thing)) return 'the learned policy took it by its edge';
  return `the learned policy took what stands ${Math.round(100 * horizontalDistance(at, thing.position))} cm away`;
}

/** Puts what was just lifted back to where it was taken. @param height height of the tool at the grasp (m) */
export async function setBack(robot: SkillRobot, cell: WorkCell, height: number): Promise<void> {
  const [x, y, z] = robot.reading().tool;
  await lower(robot, [x, y, height + RELEASE_GAP_M], true);
  await openFingers(robot, cell);
  expectDone(await robot.moveTo([x, y, z]), 'moving up');
}
