import { cos, sin } from '@praxis/core';
import type { TaskArea } from '../area.ts';
import { holds, type Point, reachAndClose, waypoint } from '../grasp.ts';
import type { Annotation, TaskInstance, TaskState } from '../task.ts';
import { TURN_M } from './latch.ts';
import { KNOB_M, OPENING_M, type SceneDrawer } from './scene.ts';

/** A drawer that is further out than this slides freely (m). */
const FREE_M = 0.004;
/** Force of the first pull, which no latch and no friction of a free drawer exceeds (N). */
const PULL_FORCE_N = 8;
/** Force that turns the latch (N). */
const PUSH_FORCE_N = 14;
/** Speed at which a free drawer is opened (m/s). */
const OPENING_SPEED_M_S = 0.12;
/** Position that an expert without touch pushes a drawer to: past the turn of the latch, and not far (m). */
const UNFELT_DEEP_M = TURN_M - 0.0015;
/** Speed of a push without touch (m/s). */
const UNFELT_SPEED_M_S = 0.01;
/** The tool goes this much further than the task asks (m), in an area of scale 1. */
const EXTRA_M = 0.012;
/** Stiffness of the tool across the pull (N/m). */
const STIFF_N_M = 5000;

/** The same while the fingers close: a tool that is beside the knob gives way to it, and does not push the drawer (N/m). */
const YIELDING_N_M = 600;

/**
 * The fingers close fast to this much more than the knob (m), and from there by this much with each plan (m): the tool gives way to the finger that
 * touches first, at its damping of some 150 N s/m.
 */
const NEARLY_CLOSED_M = 0.014;
const CLOSING_STEP_M = 0.004;

/** What the arm has felt of a drawer. */
export type Felt = 'nothing' | 'latch';

/**
 * Plans from the present state to an open drawer: grip the knob, pull with a force that breaks nothing, push if the drawer holds against it,
 * pull again, and open at speed once it slides.
 */
export function planOpening(
  state: TaskState,
  drawer: SceneDrawer,
  others: readonly SceneDrawer[],
  felt: Felt,
  area: TaskArea,
): ReturnType<TaskInstance['plan']> {
  const { mechanics, yaw } = drawer;
  const { name } = mechanics;
  const wrong = others.find((other) => holds(state, state.position(other.mechanics.name)));
  if (wrong) return letGo(state, drawer, wrong, area);
  const place = state.position(name);
  if (!holds(state, place)) return reach(state, drawer, area);
  const { position } = state.slide(name);
  const out = outOf(drawer);
  if (position > FREE_M) return open(state, drawer, position, area);
  const pushes = felt === 'latch';
  const force = pushes ? -PUSH_FORCE_N : PULL_FORCE_N;
  const held = waypoint(state.tool, 0, {
    stiffness: [0, STIFF_N_M, STIFF_N_M],
    force: [force * out[0], force * out[1], 0],
  });
  return {
    waypoints: [{ ...held, yaw }],
    annotation: { ...annotationOf(state, drawer, true), phase: pushes ? 'push' : 'pull' },
  };
}

/**
 * Plans an opening without touch: grip the knob, push it if a latch is guessed, and pull.
 * @param pushes whether the drawer is still to be pushed
 */
export function planUnfeltOpening(
  state: TaskState,
  drawer: SceneDrawer,
  pushes: boolean,
  area: TaskArea,
): ReturnType<TaskInstance['plan']> {
  if (!holds(state, state.position(drawer.mechanics.name))) return reach(state, drawer, area);
  const position = seenPosition(state, drawer);
  if (!pushes) return open(state, drawer, position, area);
  const inwards = position - UNFELT_DEEP_M + 0.001;
  const [x, y, z] = state.tool;
  const [dx, dy] = outOf(drawer);
  const push = waypoint([x - inwards * dx, y - inwards * dy, z], 0, { speed: UNFELT_SPEED_M_S, tolerance: 0 });
  return {
    waypoints: [{ ...push, yaw: drawer.yaw }],
    annotation: { ...annotationOf(state, drawer, true), phase: 'push' },
  };
}

/** Whether a drawer is seen to be pushed as far as an expert without touch pushes it. */
export const isPushed = (state: TaskState, drawer: SceneDrawer): boolean => seenPosition(state, drawer) < UNFELT_DEEP_M;

/** Position outwards from closed, by the knob's place (m). */
function seenPosition(state: TaskState, drawer: SceneDrawer): number {
  const [x, y] = state.position(drawer.mechanics.name);
  const [dx, dy] = outOf(drawer);
  return (x - drawer.knob[0]) * dx + (y - drawer.knob[1]) * dy;
}

/** Direction in which a drawer opens: towards the arm. */
const outOf = ({ yaw }: SceneDrawer): readonly [x: number, y: number] => [-cos(yaw), -sin(yaw)];

const annotationOf = (state: TaskState, { mechanics: { name } }: SceneDrawer, grasped: boolean): Annotation => ({
  ...{ place: state.position(name), object: name, grasped, heldMass: 0 },
  phase: 'reach',
});

/** Grips the knob. */
function reach(state: TaskState, drawer: SceneDrawer, area: TaskArea): ReturnType<TaskInstance['plan']> {
  const [x, y, z] = state.position(drawer.mechanics.name);
  const grasp: Point = [x, y, Math.max(area.minimumHeight, z)];
  const { waypoints, phase } = reachAndClose(state, grasp, KNOB_M * area.scale, area);
  const nearly = (KNOB_M + NEARLY_CLOSED_M) * area.scale;
  const around = state.width - CLOSING_STEP_M > KNOB_M * area.scale;
  const width = around ? Math.min(nearly, state.width) - CLOSING_STEP_M : 0;
  const closing = phase === 'grasp' ? { width, stiffness: [YIELDING_N_M, YIELDING_N_M, STIFF_N_M] as const } : {};
  return {
    waypoints: waypoints.map((each) => ({ ...each, yaw: drawer.yaw, ...closing })),
    annotation: { ...annotationOf(state, drawer, false), phase },
  };
}

/** Pulls a drawer open that is at a position outwards (m). */
function open(
  state: TaskState,
  drawer: SceneDrawer,
  position: number,
  { scale }: TaskArea,
): ReturnType<TaskInstance['plan']> {
  const left = (OPENING_M + EXTRA_M) * scale - position;
  const [x, y, z] = state.tool;
  const [dx, dy] = outOf(drawer);
  const end = waypoint([x + left * dx, y + left * dy, z], 0, { speed: OPENING_SPEED_M_S });
  return {
    waypoints: [{ ...end, yaw: drawer.yaw }],
    annotation: { ...annotationOf(state, drawer, true), phase: 'pull' },
  };
}

/** Lets go of the wrong drawer. */
function letGo(
  state: TaskState,
  drawer: SceneDrawer,
  { yaw }: SceneDrawer,
  { openWidth, scale }: TaskArea,
): ReturnType<TaskInstance['plan']> {
  const [x, y, z] = state.tool;
  const away = [
    waypoint([x, y, z], openWidth, { dwell: 0.4 }),
    waypoint([x, y, z + 0.1 * scale], openWidth, { speed: 0.15 }),
  ];
  return {
    waypoints: away.map((each) => ({ ...each, yaw })),
    annotation: { ...annotationOf(state, drawer, true), phase: 'release' },
  };
}
