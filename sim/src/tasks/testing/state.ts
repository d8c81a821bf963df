import type { TaskInstance, TaskState } from '../task.ts';

/** A moment with every object where the task put it and an open gripper high above, as far as it is not said otherwise. */
export function stateOf(
  { objects }: TaskInstance,
  moved: Readonly<Record<string, readonly [number, number, number]>> = {},
  more: Partial<TaskState> = {},
): TaskState {
  const places = new Map(objects.map(({ name, pose }) => [name, [pose[0], pose[1], pose[2]] as const]));
  return {
    time: 0,
    tool: [0.45, 0, 0.27],
    rotation: [Math.PI, 0, 0],
    width: 0.08,
    widthSpeed: 0,
    gripping: false,
    position: (name) => moved[name] ?? places.get(name)!,
    ...more,
  };
}
