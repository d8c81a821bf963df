import { cos, sin } from '@praxis/core';
import type { TaskArea } from '../area.ts';
import { holds, type Point, reachAndClose, waypoint } from '../grasp.ts';
import type { Annotation, TaskInstance, TaskState, Waypoint } from '../task.ts';
import { KNOB_M, OPENING_M, type SceneDrawer } from './scene.ts';

/** A drawer that is further out than this slides freely (m). */
const FREE_M = 0.004;
/** Force of the first pull, which no latch and no friction of a free drawer exceeds (N). */
const PULL_FORCE_N = 8;
/** Force that turns the latch (N). */
const PUSH_FORCE_N = 14;
/** Speed at which a free drawer is opened (m/s). */
const OPENING_SPEED_M_S = 0.12;
/** The tool goes this much further than the task asks (m), in an area of scale 1. */
const EXTRA_M = 0.012;
/** Stiffness of the tool across the pull (N/m). */
const STIFF_N_M = 5000;

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
  const place = state.position(name);
  const grasped = holds(state, place);
  const annotation: Annotation = { place, object: name, grasped, heldMass: 0, phase: 'reach' };
  const turned = (waypoints: readonly Waypoint[]): Waypoint[] => waypoints.map((each) => ({ ...each, yaw }));
  const wrong = others.find((other) => holds(state, state.position(other.mechanics.name)));
  if (wrong) {
    const [x, y, z] = state.tool;
    const away = [
      waypoint([x, y, z], area.openWidth, { dwell: 0.4 }),
      waypoint([x, y, z + 0.1 * area.scale], area.openWidth, { speed: 0.15 }),
    ].map((each) => ({ ...each, yaw: wrong.yaw }));
    return { waypoints: away, annotation: { ...annotation, grasped: true, phase: 'release' } };
  }
  if (!grasped) {
    const grasp: Point = [place[0], place[1], Math.max(area.minimumHeight, place[2])];
    const { waypoints, phase } = reachAndClose(state, grasp, KNOB_M * area.scale, area);
    return { waypoints: turned(waypoints), annotation: { ...annotation, phase } };
  }
  const { position } = state.slide(name);
  const out = [-cos(yaw), -sin(yaw)] as const;
  if (position > FREE_M) {
    const left = (OPENING_M + EXTRA_M) * area.scale - position;
    const [x, y, z] = state.tool;
    const open = waypoint([x + left * out[0], y + left * out[1], z], 0, { speed: OPENING_SPEED_M_S });
    return { waypoints: turned([open]), annotation: { ...annotation, phase: 'pull' } };
  }
  const pushes = felt === 'latch';
  const force = pushes ? -PUSH_FORCE_N : PULL_FORCE_N;
  const held = waypoint(state.tool, 0, {
    stiffness: [0, STIFF_N_M, STIFF_N_M],
    force: [force * out[0], force * out[1], 0],
  });
  return { waypoints: turned([held]), annotation: { ...annotation, phase: pushes ? 'push' : 'pull' } };
}
