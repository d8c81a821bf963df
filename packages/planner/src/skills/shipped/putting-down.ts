import type { KnownPlace, PlannerContext } from '../../context/context.ts';
import { horizontalDistance } from '../../context/distance.ts';
import type { MoveOptions, SkillRobot } from '../skill.ts';
import { SkillError } from '../skill-error.ts';
import type { WorkCell } from '../work-cell.ts';
import { expectDone } from './results.ts';
import { EMPTY_WIDTH_M, touchesDown } from './taking.ts';

/** Height of the tool above a surface on the way over it (m). */
export const CARRY_HEIGHT_M = 0.16;
/** Height of the tool above a surface at which a thing of unknown height is released, when no contact was felt (m). */
const UNKNOWN_HEIGHT_M = 0.02;
/** Height above the one at which a thing of known height lay that it is released at (m): the arm is as precise. */
const RELEASE_GAP_M = 0.001;
/** The last part of the descent, which is slow (m). */
const TOUCH_DOWN_M = 0.008;
/**
 * Speed of the last part (m/s). The arm goes on for 0.13 s after a contact was felt, and presses with about 50 N for each millimetre.
 */
const TOUCH_DOWN_SPEED_M_S = 0.008;
/** Speed of the tool above it (m/s). */
const LOWERING_SPEED_M_S = 0.1;
/** Distance of a thing's middle from the edge of its place (m). */
const EDGE_M = 0.035;

/**
 * Puts the held thing on a place, or down where the tool is: lowers it until it touches, opens the fingers, moves up.
 * @throws {SkillError} when a motion fails, or the thing was lost on the way
 */
export async function putDown(robot: SkillRobot, cell: WorkCell, place: KnownPlace | undefined): Promise<void> {
  const { gripper, workspace } = cell.robot;
  const context = robot.known();
  const name = context.held?.thing;
  const surface = place?.position[2] ?? cell.surface ?? 0;
  const tool = () => robot.reading().tool;
  const [x, y] = place ? freeSpot(place, context) : tool();
  if (place) {
    const carry = Math.max(surface + CARRY_HEIGHT_M, tool()[2]);
    const [fromX, fromY] = tool();
    expectDone(await robot.moveTo([fromX, fromY, carry]), 'moving up');
    expectDone(await robot.moveTo([x, y, carry]), `moving above the ${place.name}`);
  }
  if (robot.reading().width < EMPTY_WIDTH_M) throw new SkillError(`the ${name ?? 'thing'} was lost on the way`);
  const height = context.held?.height;
  const lowest = surface + (height === undefined ? UNKNOWN_HEIGHT_M : height + RELEASE_GAP_M);
  await lower(robot, [x, y, Math.max(lowest, workspace.minimum[2])], height !== undefined);
  expectDone(await robot.move({ kind: 'gripper', width: gripper![1], effort: 1 }), 'opening the gripper');
  if (name !== undefined) robot.learn({ thing: name, held: false, position: [x, y, surface] });
  expectDone(await robot.moveTo([x, y, surface + CARRY_HEIGHT_M]), 'moving up');
}

/** Lowers what is held until it touches something. @param at where the tool should be then (m) @param isKnown false for a thing of unknown height, which may touch earlier */
async function lower(robot: SkillRobot, [x, y, z]: readonly [number, number, number], isKnown: boolean): Promise<void> {
  const touches = touchesDown(robot);
  const fast: MoveOptions = { speed: LOWERING_SPEED_M_S, until: touches };
  // An arm that presses on what it holds no longer follows its command.
  const accepted = ['done', 'held', 'blocked'] as const;
  if (isKnown && robot.reading().tool[2] > z + TOUCH_DOWN_M) {
    const near = await robot.moveTo([x, y, z + TOUCH_DOWN_M], fast);
    expectDone(near, 'lowering the thing', accepted);
    if (near.outcome !== 'done') return;
  }
  const down = await robot.moveTo([x, y, z], { speed: TOUCH_DOWN_SPEED_M_S, until: touches });
  expectDone(down, 'lowering the thing', accepted);
}

/**
 * The point of a place that is furthest from what lies there (m): in its middle where only one thing fits, else along x, where fingers
 * that open along y meet no neighbour, then in the corners.
 */
function freeSpot({ name, position: [x, y], halfSize }: KnownPlace, { things, held }: PlannerContext) {
  const there = things.filter((thing) => thing.on === name && thing.name !== held?.thing);
  const [roomX, roomY] = halfSize.map((half) => Math.max(0, half - EDGE_M));
  const spots = [
    [x + roomX, y],
    [x - roomX, y],
    ...[1, -1].flatMap((i) => [1, -1].map((j) => [x + i * roomX, y + j * roomY])),
  ];
  const room = (spot: readonly number[]) =>
    Math.min(...there.map(({ position }) => horizontalDistance(position, spot)));
  return spots.reduce((best, spot) => (room(spot) > room(best) ? spot : best));
}
