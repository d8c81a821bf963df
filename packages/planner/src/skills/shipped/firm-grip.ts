import type { MoveOptions, SkillReading, SkillRobot } from '../skill.ts';
import type { WorkCell } from '../work-cell.ts';
import {
  CAREFUL_SPEED_M_S,
  type FeltWrench,
  meanContact,
  OBSTACLE_FORCE_N,
  pushed,
  pushedUp,
  SETTLE_TIME_S,
  TOUCHING_SPEED_M_S,
} from './contact.ts';
import { acrossFingers } from './finger-axis.ts';
import { openFingers } from './fingers.ts';
import { EMPTY_WIDTH_M, type Grasp } from './grasp-watch.ts';
import { offsetOfWeight } from './hanging.ts';
import { expectDone, MAY_STOP_EARLY } from './results.ts';

/** Height that a grip is tried at, above the one where the fingers closed (m). */
const TRIAL_LIFT_M = 0.015;
/** Time for which it is tried (s), and loss of width in it that says that the thing creeps out of the fingers (m). */
const TRIAL_TIME_S = 0.5;
const CREEP_M = 0.0005;
/** Loss of width of a firm thing at most when the fingers press with the whole force (m). */
const PRESSED_M = 0.001;
/**
 * Ways across the fingers on which they look for the middle of a thing (m): from its edge, and from beside it, where it stands after they squeezed
 * it out. Fingers 18 mm wide grip a round thing firmly up to 9 mm off its middle.
 */
const WAYS_M = { edge: 0.015, beside: 0.027 } as const;
/** A thing that hangs at most this far beside the fingers, across them, stays where it is in them (m). */
const CENTRED_M = 0.005;
/** Times that it is gripped again at most because it hangs beside them. */
const MAX_CENTRINGS = 2;
/** Time over which the weight is felt (s). */
const WEIGHING_TIME_S = 0.3;
/** Height that open fingers move beside a thing at, above the one where they close: they may stand over the edge of a tray (m). */
const CLEARANCE_M = 0.012;
/** A grip this much wider than another one is nearer to the middle of a round thing (m). */
const WIDER_M = 0.001;
/** Time for the fingers to close the last 3 mm, after which a closing motion counts as done (s). */
const CLOSING_TIME_S = 0.4;

/**
 * Share of the gripper's force with which fingers close on a thing and carry it: enough for 1 kg. Fingers that hold a heavy round thing by its edge squeeze it
 * out: at full force with 95 N against the surface and with 37 N in the air, at this one with 10 N. In the simulator it stays in fingers at most 8 mm
 * off its middle.
 */
const HOLDING_EFFORT = 0.25;
/** Share of it with which a grip is tried, since what creeps then creeps fast. */
const TRIAL_EFFORT = 1;

const CLOSED = ['done', 'timed_out'] as const;

/**
 * Closes the fingers on what is between them and tries the grip just above the ground. Where the wrist sensor feels that the thing hangs beside the fingers, it
 * is set down and gripped there. Fingers that hold a round thing far off its middle have it by their edges: it creeps out of them, and their distance
 * shrinks. Then they are set down, and close again further away from the base, then nearer to it, where the thing is wider.
 * @param empty mean contact before the fingers closed, at the same orientation of the tool; undefined without a sensor
 * @returns where the tool was when the fingers closed, lifted a little; the fingers may be empty all the same
 */
export async function gripFirmly(robot: SkillRobot, cell: WorkCell, empty?: FeltWrench): Promise<Grasp> {
  const [x, y, z] = robot.reading().tool;
  const lowest = Math.max(z, cell.robot.workspace.minimum[2]);
  await close(robot, 0, HOLDING_EFFORT);
  const { width } = robot.reading();
  const grasp = await gripMiddle(robot, cell, lowest, empty);
  if (grasp) return grasp;
  const isEmpty = width < EMPTY_WIDTH_M;
  const way = isEmpty ? WAYS_M.beside : WAYS_M.edge;
  const narrow = Math.max(width, EMPTY_WIDTH_M);
  for (const side of [way, -way]) {
    await goOpen(robot, cell, [...across([x, y], side, robot), lowest]);
    // Fingers that close further than before would squeeze the thing out: they only feel whether it is wider here.
    await close(robot, narrow, HOLDING_EFFORT);
    if (await robot.waitUntil(({ width: now }) => now < narrow + WIDER_M, CLOSING_TIME_S)) continue;
    await close(robot, 0, HOLDING_EFFORT);
    const found = await gripMiddle(robot, cell, lowest, empty);
    if (!found) continue;
    robot.note(`gripped again ${inWords(side)}`);
    return found;
  }
  if (!isEmpty) await goOpen(robot, cell, [x, y, lowest]);
  await close(robot, 0, HOLDING_EFFORT);
  return { lowest, at: [x, y] };
}

/**
 * Tries the grip that the fingers have, and moves it to the middle of the thing.
 * @returns undefined when the thing creeps out of them
 */
async function gripMiddle(
  robot: SkillRobot,
  cell: WorkCell,
  lowest: number,
  empty: FeltWrench | undefined,
): Promise<Grasp | undefined> {
  for (let centrings = 0; ; centrings++) {
    const [x, y] = robot.reading().tool;
    const off = await tryGrip(robot, empty);
    if (off === undefined) return undefined;
    if (Math.abs(off) <= CENTRED_M || centrings === MAX_CENTRINGS) return { lowest, at: [x, y] };
    robot.note(`it hung ${inWords(off)} and was gripped there`);
    await goOpen(robot, cell, [...across([x, y], off, robot), lowest]);
    await close(robot, 0, HOLDING_EFFORT);
  }
}

/** The point at a distance from another one across the fingers (m), away from the base. */
function across([x, y]: readonly [number, number], distance: number, robot: SkillRobot): [number, number] {
  const [acrossX, acrossY] = acrossFingers(robot.reading());
  return [x + distance * acrossX, y + distance * acrossY];
}

const inWords = (distance: number): string =>
  `${Math.round(1000 * Math.abs(distance))} mm ${distance > 0 ? 'further away' : 'nearer'}`;

/** @param effort share of the gripper's force, 0..1 */
async function close(robot: SkillRobot, width: number, effort: number): Promise<void> {
  expectDone(await robot.move({ kind: 'gripper', width, effort }), 'closing the gripper', CLOSED);
}

/**
 * Lifts what the fingers hold a little. Where the wrist feels no weight, they press with the whole force for a moment.
 * @returns how far the thing hangs beside the fingers, across them (m, positive away from the base), 0 where that is not felt; undefined when it does
 * not stay in them as it is
 */
async function tryGrip(robot: SkillRobot, empty: FeltWrench | undefined): Promise<number | undefined> {
  const { width, tool } = robot.reading();
  if (width < EMPTY_WIDTH_M) return undefined;
  const creeps = (now: SkillReading) => width - now.width > CREEP_M;
  const [x, y, z] = tool;
  const speed = CAREFUL_SPEED_M_S;
  const up = await robot.moveTo([x, y, z + TRIAL_LIFT_M], { speed, until: creeps });
  expectDone(up, 'lifting it a little', MAY_STOP_EARLY);
  if (up.outcome !== 'done') return undefined;
  const loaded = empty && (await meanContact(robot, SETTLE_TIME_S, WEIGHING_TIME_S));
  const off = loaded && offsetOfWeight(robot.reading(), empty, loaded);
  if (off !== undefined) return creeps(robot.reading()) ? undefined : off;
  return (await staysWhenPressed(robot)) ? 0 : undefined;
}

/** Presses with the whole force for a moment. @returns true when what the fingers hold stays in them as it is */
async function staysWhenPressed(robot: SkillRobot): Promise<boolean> {
  const { width } = robot.reading();
  await close(robot, 0, TRIAL_EFFORT);
  const { width: pressed } = robot.reading();
  if (width - pressed > PRESSED_M) return false;
  if (await robot.waitUntil((now) => pressed - now.width > CREEP_M, TRIAL_TIME_S)) return false;
  await close(robot, 0, HOLDING_EFFORT);
  return true;
}

/** Sets down what the fingers hold, opens them, and moves them to a position beside the thing (m), down until they touch something. */
async function goOpen(robot: SkillRobot, cell: WorkCell, [toX, toY, lowest]: readonly [number, number, number]) {
  const [x, y] = robot.reading().tool;
  const careful = (): MoveOptions => ({ speed: CAREFUL_SPEED_M_S, until: pushed(robot, OBSTACLE_FORCE_N) });
  expectDone(await robot.moveTo([x, y, lowest], careful()), 'setting it down', MAY_STOP_EARLY);
  await openFingers(robot, cell);
  const clear = lowest + CLEARANCE_M;
  expectDone(await robot.moveTo([x, y, clear], { speed: CAREFUL_SPEED_M_S }), 'moving up beside it', MAY_STOP_EARLY);
  expectDone(await robot.moveTo([toX, toY, clear], careful()), 'moving beside it', MAY_STOP_EARLY);
  const [nowX, nowY] = robot.reading().tool;
  const down = { speed: TOUCHING_SPEED_M_S, until: pushedUp(robot, OBSTACLE_FORCE_N) };
  expectDone(await robot.moveTo([nowX, nowY, lowest], down), 'moving down beside it', MAY_STOP_EARLY);
}
