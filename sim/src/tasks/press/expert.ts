import type { TaskArea } from '../area.ts';
import { horizontalDistance, type Point, waypoint } from '../grasp.ts';
import type { Annotation, TaskInstance, TaskState, Waypoint } from '../task.ts';
import type { SceneButton } from './scene.ts';
import { MEAN_TOP_M, UNFELT_DEPTH_M } from './unfelt.ts';

/** The fingers count as closed below this width (m). */
const CLOSED_M = 0.012;
/** Height above a button at which the tool moves from one place to another (m), in an area of scale 1. */
const HOVER_M = 0.06;
/** Height of the closed fingers' tips above a cap at which force takes over from position (m). */
const GAP_M = 0.004;
/** Distance by which the tool's least height over the table lies above the tips (m). */
const TIP_MARGIN_M = 0.006;
/** Offset from the middle of a cap that is good enough for a press (m). */
const CENTRED_M = 0.006;
/** Force in the air, which lets the tool sink at 5 mm/s (N). */
const SINKING_FORCE_N = 4;
/** Force of contact from which on the button is felt (N). */
const FELT_FORCE_N = 0.5;
/** How much harder than the button resists the tool presses (N): it creeps on, and less than the judge's excess is left at the click. */
const CREEPING_FORCE_N = 1.5;
/** Stiffness of the tool across the direction of the press, and along it when it lets the button rise (N/m). */
const STIFF_N_M = 5000;
const RISING_N_M = 1500;
/** Speed at which the tool lets the button rise (m/s). */
const RISING_SPEED_M_S = 0.05;

/**
 * Plans from the present state to a click: closed fingers above the cap, down to it, then a force that grows with what the button resists,
 * and up again once it has clicked.
 */
export function planPress(state: TaskState, button: SceneButton, area: TaskArea): ReturnType<TaskInstance['plan']> {
  const { mechanics, top } = button;
  const { tool } = state;
  const path = pathTo(state, button, top[2], area);
  const { annotation, low, over } = path;
  if (mechanics.clicked) {
    const stiffness = [STIFF_N_M, STIFF_N_M, RISING_N_M] as const;
    const rise = waypoint([tool[0], tool[1], low + 0.01], 0, { speed: RISING_SPEED_M_S, tolerance: 0.005, stiffness });
    const up = upFrom(tool, over);
    return { waypoints: tool[2] - low < 0.005 ? [rise, up] : [up], annotation: { ...annotation, phase: 'release' } };
  }
  const felt = state.force(mechanics.name, 'tool')[2];
  const force = felt > FELT_FORCE_N ? felt + CREEPING_FORCE_N : SINKING_FORCE_N;
  const pressing = waypoint([over[0], over[1], tool[2]], 0, {
    ...{ speed: 0.05, tolerance: 0, stiffness: [STIFF_N_M, STIFF_N_M, 0] as const },
    force: [0, 0, -force],
  });
  if (tool[2] - low < 0.003 && horizontalDistance(tool, over) < CENTRED_M)
    return { waypoints: [pressing], annotation: { ...annotation, phase: 'press' } };
  return approach(state, path, area);
}

/**
 * Plans a press without touch: as deep as is right for the mean button, and up again.
 * @param isDeep whether the tool was as deep already
 */
export function planUnfeltPress(
  state: TaskState,
  button: SceneButton,
  area: TaskArea,
  isDeep: boolean,
): ReturnType<TaskInstance['plan']> {
  const { tool } = state;
  const path = pathTo(state, button, MEAN_TOP_M, area);
  const { annotation, low, over } = path;
  if (isDeep) return { waypoints: [upFrom(tool, over)], annotation: { ...annotation, phase: 'release' } };
  if (tool[2] - low < 0.003 && horizontalDistance(tool, over) < CENTRED_M) {
    const press = waypoint([over[0], over[1], unfeltDepth(area) - 0.001], 0, { speed: 0.01, tolerance: 0 });
    return { waypoints: [press], annotation: { ...annotation, phase: 'press' } };
  }
  return approach(state, path, area);
}

/** Height of the tool at the end of a press without touch (m, scene). */
export const unfeltDepth = (area: TaskArea): number => toolHeight(MEAN_TOP_M - UNFELT_DEPTH_M, area);

/** The way to a button: where the fingers start to press, and the place over it. */
interface PressPath {
  readonly annotation: Annotation;
  /** Height of the tool above the cap (m, scene). */
  readonly low: number;
  readonly over: Point;
}

/** @param top height of the cap at rest (m, scene) */
function pathTo(state: TaskState, { mechanics: { name } }: SceneButton, top: number, area: TaskArea): PressPath {
  const [x, y] = state.position(name);
  return {
    annotation: { place: [x, y, top], object: name, grasped: false, heldMass: 0, phase: 'reach' },
    low: toolHeight(top + GAP_M, area),
    over: [x, y, top + HOVER_M * area.scale],
  };
}

/** Height of the tool at which the tips of the fingers are at a height (m). */
const toolHeight = (tips: number, { minimumHeight }: TaskArea): number => tips + minimumHeight - TIP_MARGIN_M;

const upFrom = (tool: Point, over: Point): Waypoint =>
  waypoint([tool[0], tool[1], over[2]], 0, { speed: 0.15, tolerance: 0.02 });

/** Brings the closed fingers above the cap, over what stands beside it. */
function approach(
  { tool, width }: TaskState,
  { annotation, low, over: middle }: PressPath,
  { scale }: TaskArea,
): ReturnType<TaskInstance['plan']> {
  const down = waypoint([middle[0], middle[1], low], 0, { speed: 0.12, tolerance: 0.002, dwell: 0.1 });
  if (horizontalDistance(tool, middle) < CENTRED_M + 0.15 * Math.max(0, tool[2] - low) && width < CLOSED_M)
    return { waypoints: [down], annotation: { ...annotation, phase: 'descend' } };
  const over = waypoint(middle, 0, { tolerance: 0.01 });
  const isLow = tool[2] < middle[2] - 0.02 * scale;
  return { waypoints: isLow ? [upFrom(tool, middle), over, down] : [over, down], annotation };
}
