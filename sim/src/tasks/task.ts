import type { SceneObject } from '../mjcf/scene-object.ts';

/** Which of the three disjoint sets of wordings an instruction comes from. */
export type WordingSet = 'train' | 'validation' | 'report';

/** What the instruction asks for, in the terms of the scene. */
export interface Goal {
  /** Stable name of the wish, such as `pick red cube`: all wordings of one key mean the same. */
  readonly key: string;
}

/** Where things are now, as the simulator knows and no policy may. */
export interface TaskState {
  /** s. */
  readonly time: number;
  /** Tool position (m, base_link), gripper width (m) and its speed (m/s). */
  readonly tool: readonly [number, number, number];
  readonly width: number;
  readonly widthSpeed: number;
  /** Fingers pushing on something: they were told to close further than they can. */
  readonly gripping: boolean;
  /** Rotation vector of the tool in the base frame (rad). */
  readonly rotation: readonly [number, number, number];
  /** Position of an object by name (m, base_link). */
  position(object: string): readonly [number, number, number];
}

/** What a task's judge says of one moment; the first verdict other than `running` is final. */
export type Verdict = 'running' | 'success' | 'failure';

/** One waypoint of the expert: a tool position and the gripper's width on the path to it. */
export interface Waypoint {
  /** Of the tool, which points down (m, base_link). */
  readonly position: readonly [number, number, number];
  /** Of the gripper (m). */
  readonly width: number;
  /** Speed limit (m/s). */
  readonly speed: number;
  /** How near is near enough to go on (m). */
  readonly tolerance: number;
  /** Seconds to stay after arriving. */
  readonly dwell: number;
}

/**
 * What the expert does. `put_back` lowers an object that was picked by mistake; `carry` moves the right one to its goal;
 * `done` means that nothing is left to do.
 */
export type ExpertPhase = 'reach' | 'descend' | 'grasp' | 'lift' | 'carry' | 'put_back' | 'place' | 'release' | 'done';

/** Colours and shapes that instructions name and that grounding is trained on. */
export type ObjectColour = 'red' | 'green' | 'blue' | 'yellow' | 'purple' | 'orange' | 'brown';
export type ObjectShape = 'cube' | 'cylinder' | 'brick' | 'box';

/** What the simulator knows of the moment, for auxiliary losses and for tests. */
export interface Annotation {
  /** The place that the instruction now calls for: object to take, or where to put what is held. */
  readonly place: readonly [number, number, number];
  /** The scene object that lies at `place`; undefined when nothing is left to do. */
  readonly object: string | undefined;
  /** The fingers hold something. */
  readonly grasped: boolean;
  /** kg in the gripper. */
  readonly heldMass: number;
  /** Part of the task that the expert is in; each task numbers its own. */
  /** What the expert does at this moment. */
  readonly phase: ExpertPhase;
}

/** One drawn instance of a task: a scene, a goal, a judge and an expert. */
export interface TaskInstance {
  readonly task: string;
  readonly objects: readonly SceneObject[];
  /** What can be named: object name, and its classes for grounding. */
  readonly named: readonly { readonly object: string; readonly colour: ObjectColour; readonly shape: ObjectShape }[];
  readonly goal: Goal;
  readonly instruction: string;
  /** Simulated seconds until the episode counts as failed. */
  readonly timeLimit: number;
  /** Judges one moment; called every 20 ms in order of time. */
  judge(state: TaskState): Verdict;
  /** Whether the object that was taken is the one that the instruction names; undefined when nothing was taken. */
  followedInstruction(): boolean | undefined;
  /** The expert's way from this very moment on: a function of the state alone, so it can label any state. */
  plan(state: TaskState): { readonly waypoints: readonly Waypoint[]; readonly annotation: Annotation };
}

/** What one instance of a task is drawn from. */
export interface DrawOptions {
  /** 0 .. 2^31 - 1; equal seeds give equal scenes. */
  readonly seed: number;
  /** Which set of sentences the instruction is drawn from. */
  readonly wordings: WordingSet;
  /** Names another thing of the same scene than the seed does. */
  readonly swap: boolean;
}

/** A task: what its scenes, instructions and judge are drawn from. */
export interface Task {
  readonly name: string;
  /** One instance; equal options give equal instances. */
  draw(options: DrawOptions): TaskInstance;
  /** Every goal that the task can ask for, with its wordings in one set. */
  goals(wordings: WordingSet): readonly { readonly key: string; readonly texts: readonly string[] }[];
}
