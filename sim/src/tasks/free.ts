import type { Task, TaskInstance, TaskState } from './task.ts';

/** Simulated time after which an episode without a task ends (s). */
const TIME_LIMIT_S = 60;

/** A scene without objects and without a goal: no instruction can be judged, and the expert stays where it is. */
const instance: TaskInstance = {
  task: 'free',
  objects: [],
  named: [],
  goal: { key: 'free' },
  goalKeys: [],
  instruction: '',
  timeLimit: TIME_LIMIT_S,
  judge: () => 'running',
  followedInstruction: () => undefined,
  plan: ({ tool, width }: TaskState) => ({
    waypoints: [{ position: tool, width, speed: 0, tolerance: 0, dwell: 0 }],
    annotation: { place: tool, object: undefined, grasped: false, heldMass: 0, phase: 'done' },
  }),
};

/**
 * The scene without a task, for any robot: the arm at home over an empty table. It is none of the tasks that `all` names, and its
 * episodes have no verdict.
 */
export const free: Task = { name: 'free', start: 'home', draw: () => instance, goals: () => [] };
