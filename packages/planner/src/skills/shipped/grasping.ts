import type { SeenThing } from '../../context/context.ts';
import type { MoveOptions, SkillRobot } from '../skill.ts';
import { SkillError } from '../skill-error.ts';
import type { WorkCell } from '../work-cell.ts';
import {
  CAREFUL_SPEED_M_S,
  type FeltWrench,
  meanContact,
  OBSTACLE_FORCE_N,
  pushedUp,
  SETTLE_TIME_S,
  TOUCHING_SPEED_M_S,
} from './contact.ts';
import { axisOfFingers, likelyPlace } from './finger-axis.ts';
import { openFingers } from './fingers.ts';
import { gripFirmly } from './firm-grip.ts';
import { EMPTY_WIDTH_M, type Grasp } from './grasp-watch.ts';
import { expectDone, MAY_STOP_EARLY } from './results.ts';

/** Height of the tool above a thing from which it goes down to take it (m). */
const APPROACH_HEIGHT_M = 0.1;
/** Heights of the tool above the middle of a thing between which open fingers land on it, when they are beside their place (m). */
const LANDING_HEIGHTS_M = [0.04, 0.02] as const;
/** Time over which the contact of empty fingers is felt (s). */
const EMPTY_TIME_S = 0.2;
/** Ways beside the seen place, along the axis of the fingers, on which they go down after they have landed on the thing (m). */
const SIDESTEPS_M = [0, 0.014, -0.014];

/**
 * Takes a thing by motions: down to its place with open fingers, slowly where they may land on it, and beside it after that; the fingers close and lift it.
 * @param place where it is, horizontally (m)
 * @param why why no learned policy takes it, in words
 * @returns where the tool was at the grasp
 * @throws {SkillError} when nothing was lifted
 */
export async function takeByMotions(
  { name, position: [, , z] }: SeenThing,
  [placeX, placeY]: readonly [number, number],
  why: string,
  robot: SkillRobot,
  cell: WorkCell,
): Promise<Grasp> {
  const height = Math.max(robot.reading().tool[2], z + APPROACH_HEIGHT_M);
  const [fromX, fromY] = robot.reading().tool;
  expectDone(await robot.moveTo([fromX, fromY, height]), 'moving up');
  await openFingers(robot, cell);
  const [alongX, alongY] = axisOfFingers(robot.reading());
  const empty = await meanContact(robot, SETTLE_TIME_S, EMPTY_TIME_S);
  let isDown = false;
  for (const step of SIDESTEPS_M) {
    const [x, y] = [placeX + step * alongX, placeY + step * alongY];
    expectDone(await robot.moveTo([x, y, height]), `moving above the ${name}`);
    isDown = await goDown([x, y, z], Math.max(z, cell.robot.workspace.minimum[2]), robot, name);
    if (isDown) break;
    expectDone(await robot.moveTo([x, y, height]), 'moving up');
  }
  if (!isDown) throw new SkillError(`the fingers land on the ${name}, wherever they go down`);
  const grasp = await closeAndLift(name, height, empty, robot, cell);
  robot.note(`taken by motions to its seen place: ${why}`);
  return grasp;
}

/**
 * Takes a thing that the open fingers are beside already: moves until its likely place is in their middle, goes down, closes and lifts it.
 * @param height height that the tool is lifted to (m)
 * @returns where the tool was at the grasp
 * @throws {SkillError} when nothing was lifted
 */
export async function takeCentred(
  { name, position: [seenX, seenY, z] }: SeenThing,
  height: number,
  robot: SkillRobot,
  cell: WorkCell,
): Promise<Grasp> {
  const empty = await meanContact(robot, SETTLE_TIME_S, EMPTY_TIME_S);
  const [x, y] = likelyPlace(robot.reading(), [seenX, seenY], 'as the tool');
  const [, , toolZ] = robot.reading().tool;
  const motion = `moving down to the ${name}`;
  const lowest = Math.max(z, cell.robot.workspace.minimum[2]);
  const careful = (): MoveOptions => ({ speed: CAREFUL_SPEED_M_S, until: pushedUp(robot, OBSTACLE_FORCE_N) });
  expectDone(await robot.moveTo([x, y, toolZ], careful()), motion, MAY_STOP_EARLY);
  const [nowX, nowY] = robot.reading().tool;
  expectDone(await robot.moveTo([nowX, nowY, lowest], careful()), motion, MAY_STOP_EARLY);
  return closeAndLift(name, height, empty, robot, cell);
}

/**
 * Closes the fingers and lifts what they hold.
 * @param height height that the tool is lifted to (m)
 * @param empty mean contact before, with nothing at the fingers
 */
async function closeAndLift(
  name: string,
  height: number,
  empty: FeltWrench | undefined,
  robot: SkillRobot,
  cell: WorkCell,
): Promise<Grasp> {
  const grasp = await gripFirmly(robot, cell, empty);
  if (robot.reading().width < EMPTY_WIDTH_M) throw new SkillError(`the fingers closed beside the ${name}`);
  const [x, y] = robot.reading().tool;
  expectDone(await robot.moveTo([x, y, height]), `lifting the ${name}`);
  if (robot.reading().width < EMPTY_WIDTH_M) throw new SkillError(`the ${name} slipped out of the fingers`);
  return grasp;
}

/** Goes down to a thing. @param lowest height of the tool at the grasp (m) @returns false when the fingers have landed on something */
async function goDown(
  [x, y, z]: readonly [number, number, number],
  lowest: number,
  robot: SkillRobot,
  name: string,
): Promise<boolean> {
  const until = pushedUp(robot, OBSTACLE_FORCE_N);
  const [from, to] = LANDING_HEIGHTS_M.map((above) => Math.max(z + above, lowest));
  for (const [height, speed] of [
    [from, 2 * CAREFUL_SPEED_M_S],
    [to, TOUCHING_SPEED_M_S],
    [lowest, CAREFUL_SPEED_M_S],
  ] as const) {
    const down = await robot.moveTo([x, y, height], { speed, until });
    expectDone(down, `moving down to the ${name}`, MAY_STOP_EARLY);
    if (down.outcome !== 'done') return false;
  }
  return true;
}
