import type { KnownPlace, PlannerContext } from '../../context/context.ts';
import { horizontalDistance } from '../../context/distance.ts';
import type { SkillRobot } from '../skill.ts';
import { SkillError } from '../skill-error.ts';
import type { WorkCell } from '../work-cell.ts';
import { openFingers } from './fingers.ts';
import { EMPTY_WIDTH_M } from './grasp-watch.ts';
import { lower, RELEASE_GAP_M } from './lowering.ts';
import { expectDone } from './results.ts';

/** Height of the tool above a surface on the way over it (m). */
export const CARRY_HEIGHT_M = 0.16;
/** Height of the tool above a surface at which a thing of unknown height is released, when no contact was felt (m). */
const UNKNOWN_HEIGHT_M = 0.02;
/**
 * Distance of a thing's middle from the edge of its place (m). It is held and seen up to 15 mm beside its middle, and must still lie on the place, and clear
 * of a neighbour: two things 7 cm long at opposite edges of a place 16 cm wide are 24 mm apart.
 */
const EDGE_M = 0.033;

/**
 * Puts the held thing on a place, or down where the tool is: lowers it until it touches, opens the fingers, moves up.
 * @throws {SkillError} when a motion fails, or the thing was lost on the way
 */
export async function putDown(robot: SkillRobot, cell: WorkCell, place: KnownPlace | undefined): Promise<void> {
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
  await lower(robot, [x, y, Math.max(lowest, cell.robot.workspace.minimum[2])], height !== undefined);
  await openFingers(robot, cell);
  if (name !== undefined) robot.learn({ thing: name, held: false, position: [x, y, surface] });
  expectDone(await robot.moveTo([x, y, surface + CARRY_HEIGHT_M]), 'moving up');
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
