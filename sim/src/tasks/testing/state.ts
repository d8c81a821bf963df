import type { TaskInstance, TaskState } from '../task.ts';

/**
 * Makes a state with every object and part at its start position, without contact, and an open gripper high above.
 * @param moved positions of objects that are elsewhere (m, scene)
 * @param more fields that replace the defaults
 */
export function stateOf(
  { objects, parts = [] }: Pick<TaskInstance, 'objects' | 'parts'>,
  moved: Readonly<Record<string, readonly [number, number, number]>> = {},
  more: Partial<TaskState> = {},
): TaskState {
  const places = new Map([...objects, ...parts].map(({ name, pose }) => [name, [pose[0], pose[1], pose[2]] as const]));
  return {
    time: 0,
    tool: [0.45, 0, 0.27],
    rotation: [Math.PI, 0, 0],
    width: 0.08,
    widthSpeed: 0,
    gripping: false,
    position: (name) => moved[name] ?? places.get(name)!,
    slide: () => ({ position: 0, speed: 0 }),
    force: () => [0, 0, 0],
    ...more,
  };
}
