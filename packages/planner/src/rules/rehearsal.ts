import type { PlannerContext } from '../context/context.ts';
import type { WorkCell } from '../skills/work-cell.ts';

/** Requests whose planning runs through the rules for tasks, negation, contrast, relations, motions and conditions. */
export const REHEARSED_REQUESTS: readonly string[] = [
  'pick up the red cube, then put it on the left tray',
  'not the red cube, the blue one',
  'take the thing to the right of the blue cube',
  'if the blue cube is heavy, lift the cube that is not blue',
  'move up 5 cm, then open the gripper',
];

/** A context with two imagined things in the middle of the work cell. */
export function rehearsalContext({ robot: { workspace, gripper }, places, surface = 0 }: WorkCell): PlannerContext {
  const [x, y] = [0, 1].map((axis) => (workspace.minimum[axis] + workspace.maximum[axis]) / 2);
  const thing = (colour: string, side: number) => ({
    name: `${colour} cube`,
    words: [colour, 'cube'],
    position: [x + side * 0.05, y + side * 0.05, surface + 0.02] as const,
    confidence: 1,
  });
  return {
    time: 0,
    things: [thing('red', -1), thing('blue', 1)],
    places,
    ...(gripper ? { gripperWidth: gripper[1] } : {}),
    tool: [x, y, surface + 0.2],
    supervisor: { state: 'running' },
    utterances: [],
    history: [],
  };
}
