import type { MoveOptions, SkillReading, SkillRobot } from '../skill.ts';
import type { WorkCell } from '../work-cell.ts';
import { CAREFUL_SPEED_M_S, OBSTACLE_FORCE_N, pushed, pushedUp, TOUCHING_SPEED_M_S } from './contact.ts';
import { acrossFingers } from './finger-axis.ts';
import { openFingers } from './fingers.ts';
import { EMPTY_WIDTH_M, type Grasp } from './grasp-watch.ts';
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
 * Closes the fingers on what is between them and tries the grip just above the ground. Fingers that hold a round thing off its middle have it by their
 * edges: it creeps out of them, and their distance shrinks. Then they are set down, and close again further away from the base, then nearer to
 * it, where the thing is wider.
 * @returns where the tool was when the fingers closed, lifted a little; the fingers may be empty all the same
 */
export async function gripFirmly(robot: SkillRobot, cell: WorkCell): Promise<Grasp> {
  const [x, y, z] = robot.reading().tool;
  const lowest = Math.max(z, cell.robot.workspace.minimum[2]);
  await close(robot, 0, HOLDING_EFFORT);
  const { width } = robot.reading();
  if (await isFirm(robot)) return { lowest, at: [x, y] };
  const isEmpty = width < EMPTY_WIDTH_M;
  const way = isEmpty ? WAYS_M.beside : WAYS_M.edge;
  const narrow = Math.max(width, EMPTY_WIDTH_M);
  const [acrossX, acrossY] = acrossFingers(robot.reading());
  for (const side of [way, -way]) {
    await goOpen(robot, cell, [x + side * acrossX, y + side * acrossY, lowest]);
    // Fingers that close further than before would squeeze the thing out: they only feel whether it is wider here.
    await close(robot, narrow, HOLDING_EFFORT);
    if (await robot.waitUntil(({ width: now }) => now < narrow + WIDER_M, CLOSING_TIME_S)) continue;
    const [atX, atY] = robot.reading().tool;
    await close(robot, 0, HOLDING_EFFORT);
    if (!(await isFirm(robot))) continue;
    robot.note(`gripped again ${Math.round(1000 * way)} mm ${side > 0 ? 'further away' : 'nearer'}`);
    return { lowest, at: [atX, atY] };
  }
  if (!isEmpty) await goOpen(robot, cell, [x, y, lowest]);
  await close(robot, 0, HOLDING_EFFORT);
  return { lowest, at: [x, y] };
}

/** @param effort share of the gripper's force, 0..1 */
async function close(robot: SkillRobot, width: number, effort: number): Promise<void> {
  expectDone(await robot.move({ kind: 'gripper', width, effort }), 'closing the gripper', CLOSED);
}

/** Lifts what the fingers hold a little, and presses with the whole force for a moment. @returns true when it stays in them as it is */
async function isFirm(robot: SkillRobot): Promise<boolean> {
  const { width, tool } = robot.reading();
  if (width < EMPTY_WIDTH_M) return false;
  const creeps = (now: SkillReading) => width - now.width > CREEP_M;
  const [x, y, z] = tool;
  const speed = CAREFUL_SPEED_M_S;
  const up = await robot.moveTo([x, y, z + TRIAL_LIFT_M], { speed, until: creeps });
  expectDone(up, 'lifting it a little', MAY_STOP_EARLY);
  if (up.outcome !== 'done') return false;
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
