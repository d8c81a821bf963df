import type { PlannerContext, SeenThing } from '../../context/context.ts';
import { horizontalDistance } from '../../context/distance.ts';
import { namesOf, placeOf, thingOf } from '../../context/lookup.ts';
import { namesIn, referenceInWords, resolveReference } from '../../context/references.ts';
import type { ThingReference } from '../../plan/plan.ts';
import type { SkillReading, SkillRobot } from '../skill.ts';
import { SkillError } from '../skill-error.ts';
import type { WorkCell } from '../work-cell.ts';
import { expectDone } from './results.ts';

/** Height that a taken thing is lifted to at least, above the lowest point of the grasp (m). */
const LIFT_HEIGHT_M = 0.08;
/** Height of the tool above a thing from which it goes down to take it (m). */
const APPROACH_HEIGHT_M = 0.1;
/** A grip narrower than this holds nothing (m). */
export const EMPTY_WIDTH_M = 0.006;
/** Fingers this much narrower than open may hold something (m). */
const CLOSED_MARGIN_M = 0.01;
/** Distance from the seen place within which a grasp took the named thing, and not another one (m). */
const GRASP_TOLERANCE_M = 0.045;
/** Below this height above the named thing the learned policy must be in a funnel over it, or its fingers land on something (m). */
const FUNNEL_HEIGHT_M = 0.07;
/** Radius of the funnel at the height of the thing (m), and its growth with height: the open fingers leave 2 cm, places are 1 cm off. */
const FUNNEL_RADIUS_M = 0.015;
const FUNNEL_SLOPE = 0.25;
/** Time that the learned policy gets for one try (s). */
const POLICY_TIME_S = 12;
/** Speed of the tool close to things (m/s). */
const CAREFUL_SPEED_M_S = 0.05;
/** Contact force that ends a descent to a thing (N). */
const OBSTACLE_FORCE_N = 8;

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
  const lowest = typeof failure === 'number' ? failure : await takeByMotions(thing, failure, robot, cell);
  robot.learn({ thing: name, held: true, height: lowest - surface });
  return lowest;
}

/** True when the learned policy knows the thing's words and they name no other thing. */
function canInstruct({ name, words }: SeenThing, { things }: PlannerContext, { policy }: WorkCell): boolean {
  if (!policy?.tasks.includes('pick') || !words.every((word) => policy.words.includes(word))) return false;
  return !things.some((other) => other.name !== name && words.every((word) => other.words.includes(word)));
}

/** Watches a grasp by the sensors of the arm: where the fingers closed, and whether they lifted something. */
class GraspWatch {
  readonly #openWidth: number;
  #lowest = Infinity;
  /** Position of the tool where the fingers closed, horizontally (m). */
  place: readonly [number, number] | undefined;

  constructor(openWidth: number) {
    this.#openWidth = openWidth;
  }

  /** Height of the tool at the grasp (m). */
  get lowest(): number {
    return this.#lowest;
  }

  /** @returns true once something is lifted */
  observe({ tool, width }: SkillReading): boolean {
    const isClosed = width > EMPTY_WIDTH_M && width < this.#openWidth - CLOSED_MARGIN_M;
    if (!isClosed) {
      this.#lowest = Infinity;
      this.place = undefined;
      return false;
    }
    if (tool[2] < this.#lowest) {
      this.#lowest = tool[2];
      this.place = [tool[0], tool[1]];
    }
    return tool[2] > this.#lowest + LIFT_HEIGHT_M;
  }

  /** True when the fingers closed where the thing was seen. */
  isAt({ position }: SeenThing): boolean {
    return this.place !== undefined && horizontalDistance(this.place, position) < GRASP_TOLERANCE_M;
  }
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
    const isOutside = above < FUNNEL_HEIGHT_M && gap > FUNNEL_RADIUS_M + FUNNEL_SLOPE * Math.max(0, above);
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
  const down = await robot.moveTo([x, y, height + 0.003], { speed: CAREFUL_SPEED_M_S, until: touchesDown(robot) });
  expectDone(down, 'putting the thing back', ['done', 'held', 'blocked']);
  expectDone(await robot.move({ kind: 'gripper', width: gripper![1], effort: 1 }), 'opening the gripper');
  expectDone(await robot.moveTo([x, y, z]), 'moving up');
}

/** @returns the height of the tool at the grasp (m) */
async function takeByMotions(thing: SeenThing, why: string, robot: SkillRobot, cell: WorkCell): Promise<number> {
  const {
    robot: { gripper, workspace },
  } = cell;
  const [x, y, z] = thing.position;
  const above = z + APPROACH_HEIGHT_M;
  const height = Math.max(robot.reading().tool[2], above);
  const [fromX, fromY] = robot.reading().tool;
  expectDone(await robot.moveTo([fromX, fromY, height]), 'moving up');
  expectDone(await robot.move({ kind: 'gripper', width: gripper![1], effort: 1 }), 'opening the gripper');
  expectDone(await robot.moveTo([x, y, height]), `moving above the ${thing.name}`);
  const watch = new GraspWatch(gripper![1]);
  const lowest = Math.max(z, workspace.minimum[2]);
  const [, , baseline] = robot.reading().force ?? [0, 0, 0];
  const down = await robot.moveTo([x, y, lowest], {
    speed: CAREFUL_SPEED_M_S,
    until: ({ force }) => force !== undefined && force[2] - baseline > OBSTACLE_FORCE_N,
  });
  expectDone(down, `moving down to the ${thing.name}`, ['done', 'held']);
  expectDone(await robot.move({ kind: 'gripper', width: 0, effort: 1 }), 'closing the gripper');
  watch.observe(robot.reading());
  if (robot.reading().width < EMPTY_WIDTH_M) throw new SkillError(`the fingers closed beside the ${thing.name}`);
  let isLifted = false;
  const observe = (now: SkillReading): false => {
    isLifted = watch.observe(now);
    return false;
  };
  expectDone(await robot.moveTo([x, y, height], { until: observe }), `lifting the ${thing.name}`);
  if (!isLifted) throw new SkillError(`the ${thing.name} slipped out of the fingers`);
  robot.note(`taken by motions to its seen place: ${why}`);
  return watch.lowest;
}

/** Contact force above that of the held thing that says that it has touched down (N). */
const TOUCH_FORCE_N = 2;

/** A condition that holds once what is held touches something below it; never without a wrist sensor. */
export function touchesDown(robot: SkillRobot): (reading: SkillReading) => boolean {
  const carried = robot.reading().force?.[2];
  return ({ force }) => carried !== undefined && force !== undefined && force[2] - carried > TOUCH_FORCE_N;
}
