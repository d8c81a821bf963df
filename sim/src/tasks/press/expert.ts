import type { TaskArea } from '../area.ts';
import { horizontalDistance, type Point, waypoint } from '../grasp.ts';
import type { Annotation, TaskInstance, TaskState } from '../task.ts';
import type { SceneButton } from './scene.ts';

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
  const { mechanics } = button;
  const { tool, width } = state;
  const [x, y] = state.position(mechanics.name);
  const top: Point = [x, y, button.top[2]];
  const annotation: Annotation = {
    ...{ place: top, object: mechanics.name, grasped: false, heldMass: 0 },
    phase: 'reach',
  };
  const low = top[2] + area.minimumHeight - TIP_MARGIN_M + GAP_M;
  const hover = top[2] + HOVER_M * area.scale;
  const above = tool[2] - low;
  const off = horizontalDistance(tool, top);
  const up = waypoint([tool[0], tool[1], hover], 0, { speed: 0.15, tolerance: 0.02 });
  if (mechanics.clicked) {
    const stiffness = [STIFF_N_M, STIFF_N_M, RISING_N_M] as const;
    const rise = waypoint([tool[0], tool[1], low + 0.01], 0, { speed: RISING_SPEED_M_S, tolerance: 0.005, stiffness });
    return { waypoints: above < 0.005 ? [rise, up] : [up], annotation: { ...annotation, phase: 'release' } };
  }
  const felt = state.force(mechanics.name, 'tool')[2];
  const force = felt > FELT_FORCE_N ? felt + CREEPING_FORCE_N : SINKING_FORCE_N;
  const pressing = waypoint([x, y, tool[2]], 0, {
    ...{ speed: 0.05, tolerance: 0, stiffness: [STIFF_N_M, STIFF_N_M, 0] as const },
    force: [0, 0, -force],
  });
  if (above < 0.003 && off < CENTRED_M) return { waypoints: [pressing], annotation: { ...annotation, phase: 'press' } };
  const down = waypoint([x, y, low], 0, { speed: 0.12, tolerance: 0.002, dwell: 0.1 });
  if (off < CENTRED_M + 0.15 * Math.max(0, above) && width < CLOSED_M)
    return { waypoints: [down], annotation: { ...annotation, phase: 'descend' } };
  const over = waypoint([x, y, hover] satisfies Point, 0, { tolerance: 0.01 });
  const isLow = tool[2] < hover - 0.02 * area.scale;
  return { waypoints: isLow ? [up, over, down] : [over, down], annotation };
}
