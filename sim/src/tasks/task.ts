import type { Random } from '@praxis/core';
import type { SceneObject } from '../mjcf/scene-object.ts';
import type { ScenePart } from '../mjcf/scene-part.ts';
import type { PoseTuple } from '../render/types.ts';
import type { Rewording, RewordingLevel } from '../wordings/draw-instruction.ts';
import type { WordingKind } from '../wordings/kinds.ts';
import type { WordingSet } from '../wordings/wordings.ts';
import type { TaskArea } from './area.ts';
import type { Mechanism } from './mechanism.ts';
import type { AbsentThing } from './unknown-things.ts';

/** Goal of a task instance. */
export interface Goal {
  /** Stable name of the goal, such as `pick red cube`. All wordings of one key mean the same. */
  readonly key: string;
}

/** True state of the scene, which judges and experts may read and policies may not. */
export interface TaskState {
  /** Simulated time (s). */
  readonly time: number;
  /** Position of the tool (m, scene). */
  readonly tool: readonly [number, number, number];
  /** Distance between the fingers (m). */
  readonly width: number;
  /** Rate of {@link width} (m/s). */
  readonly widthSpeed: number;
  /** True while the fingers push against an object, short of their commanded width. */
  readonly gripping: boolean;
  /** Orientation of the tool as a rotation vector (rad, scene). */
  readonly rotation: readonly [number, number, number];
  /** Returns the position of a named object or part (m, scene). */
  position(object: string): readonly [number, number, number];
  /** Returns position (m) and speed (m/s) of a sliding part along its slide. */
  slide(part: string): { readonly position: number; readonly speed: number };
  /**
   * Returns the contact force of one body on another (N, scene), by the names of objects and parts. `tool` stands for all shapes of
   * the robot's hand with its fingers, `table` for the table, `any` for every body but the robot.
   */
  force(by: string, on: string): readonly [number, number, number];
}

/** Verdict of a task's judge on one state. The first verdict other than `running` is final. */
export type Verdict = 'running' | 'success' | 'failure';

/** Why an episode failed, as far as a judge sees it. */
export type FailureCause =
  | 'wrong thing'
  | 'missed grasp'
  | 'dropped'
  | 'too much force'
  | 'too little force'
  | 'late reaction'
  | 'not at rest'
  | 'not softer'
  | 'arm moved'
  | 'thing moved';

/** Words that are said to the arm while it works. The episode delivers them. */
export interface Interruption {
  /** `stop`: for the supervisor. `instead`: another goal. `softer`: the same goal with less speed. */
  readonly kind: 'stop' | 'instead' | 'softer';
  /** The words, for `instead` and `softer` as the policy receives them. */
  readonly text: string;
  /** Simulated time at which the last word ends (s). */
  readonly time: number;
  /** Makes what the words ask for the goal, because they were recognised. */
  hear(): void;
  /** Notes that the arm acts on the words. @param delay time since the end of the last word (s) */
  react(delay: number): void;
}

/**
 * Verdict on what was asked. `no_verdict`: the request is no goal that the scene can have, or the episode was cut off, so there
 * is nothing to judge.
 */
export type Outcome = Verdict | 'no_verdict';

/** One waypoint of the expert: a tool position and the gripper's width on the path to it. */
export interface Waypoint {
  /** Position of the tool, which points down (m, scene). */
  readonly position: readonly [number, number, number];
  /** Distance between the fingers (m). */
  readonly width: number;
  /** Speed limit of the tool (m/s). */
  readonly speed: number;
  /** Distance to the position that counts as arrival (m). */
  readonly tolerance: number;
  /** Time to stay after the arrival (s). */
  readonly dwell: number;
  /** Angle by which the tool turns about the vertical on the path to it (rad), from the orientation of the task area. Default 0. */
  readonly yaw?: number;
  /** Stiffness of the tool along the base axes (N/m) from here on, in a task with a compliant tool. Default 5000. */
  readonly stiffness?: readonly [number, number, number];
  /** Force with which the tool presses (N, scene) from here on, in a task with a compliant tool. Default none. */
  readonly force?: readonly [number, number, number];
}

/** An object or part that the gripper holds from the start, as if its fingers had a form for it. */
export interface HeldObject {
  /** Name of the object or part, which is free to move. Its own pose is of no effect. */
  readonly object: string;
  /** Pose in the tool frame. */
  readonly pose: PoseTuple;
  /** Distance between the fingers that hold it (m). A gripper that opens to 4 mm more releases it. */
  readonly width: number;
}

/**
 * Phase of the expert. `put_back` lowers an object that was picked by mistake; `carry` moves the right one to its goal; `press`, `push`,
 * `pull`, `insert` and `wipe` move in contact; `done` follows the end of the task.
 */
export type ExpertPhase =
  | 'reach'
  | 'descend'
  | 'grasp'
  | 'lift'
  | 'carry'
  | 'put_back'
  | 'place'
  | 'release'
  | 'done'
  | 'press'
  | 'push'
  | 'pull'
  | 'insert'
  | 'wipe';

/** Colours that instructions name and that grounding is trained on. */
export type ObjectColour = 'red' | 'green' | 'blue' | 'yellow' | 'purple' | 'orange' | 'brown';
/** Shapes that instructions name. Grounding of the shipped policy is trained on the first four. */
export type ObjectShape = 'cube' | 'cylinder' | 'brick' | 'box' | 'button' | 'drawer' | 'socket' | 'patch';

/** The expert's annotation of one state, for auxiliary losses and for tests. */
export interface Annotation {
  /** Next target of the instruction (m, scene): the object to take, or the place for the held object. */
  readonly place: readonly [number, number, number];
  /** Name of the scene object at {@link place}; undefined at the end of the task. */
  readonly object: string | undefined;
  /** True while the fingers hold an object. */
  readonly grasped: boolean;
  /** Mass of the held object (kg); 0 without one. */
  readonly heldMass: number;
  /** Phase of the expert. */
  readonly phase: ExpertPhase;
}

/** A fixed place of a scene that a plan can name, such as a tray. */
export interface ScenePlace {
  /** Unique name, such as `left tray`. */
  readonly name: string;
  /** Middle of its upper surface (m, scene). */
  readonly position: readonly [number, number, number];
  /** Half of its extent along x and y (m). */
  readonly halfSize: readonly [number, number];
}

/** One drawn instance of a task: scene, goal, judge and expert. */
export interface TaskInstance {
  readonly task: string;
  readonly objects: readonly SceneObject[];
  /** Parts of the scene that have several shapes, are fixed, slide or are free. Default: none. */
  readonly parts?: readonly ScenePart[];
  /** What moves the parts besides physics. Default: nothing. */
  readonly mechanism?: Mechanism;
  /** What the gripper holds at the start. Default: nothing, and it is open. */
  readonly held?: HeldObject;
  /** Objects that an instruction can name, with their classes for grounding. */
  readonly named: readonly { readonly object: string; readonly colour: ObjectColour; readonly shape: ObjectShape }[];
  /** Places that a plan can name. Default: none. */
  readonly places?: readonly ScenePlace[];
  /** The goal that is judged. */
  readonly goal: Goal;
  readonly instruction: string;
  /** Kind of the wording of {@link instruction}, where {@link DrawOptions.rewording} asks for one of another kind. */
  readonly wordingKind?: WordingKind;
  /** What {@link instruction} names in vain; absent where it names something of the scene. */
  readonly absent?: AbsentThing;
  /** Keys of the goals that this scene can have, for {@link pursue}. Default: that of {@link goal} alone. */
  readonly goalKeys?: readonly string[];
  /** Words that are said while the arm works. Default: none. */
  readonly interruption?: Interruption;
  /** Key of what the last words ask for, one of {@link Task.spokenGoals} or the goal's own. Default: that of {@link goal}. */
  readonly spokenGoal?: string;
  /** Simulated time after which the episode counts as failed (s). */
  readonly timeLimit: number;
  /** Judges one state. The episode calls it every 20 ms, in order of time. */
  judge(state: TaskState): Verdict;
  /**
   * True when the last failure was one of manner, after which what was asked can still be shown: too fast, or too late. Default: a failure
   * ends the task.
   */
  canGoOn?(): boolean;
  /** Judges one state while the supervisor stops the arm, where a stop may be what was asked for. Default: a stop is a failure. */
  judgeStop?(state: TaskState): Verdict;
  /**
   * Judges the last state, where only the end of all work gives the verdict: when a planner says that it is done, or at the time limit.
   * Default: an episode whose judge has no verdict by then has failed.
   * @returns what is not as the request wants it, in words; nothing after a success
   */
  shortcomings?(state: TaskState): readonly string[];
  /**
   * Makes one of {@link goalKeys} the goal of judge and expert, because the operator asked for it during the episode. What was
   * judged before is forgotten. Without it any goal but the own one has no verdict.
   */
  pursue?(key: string): void;
  /**
   * Makes the expert guess from now on what only touch tells, and act without it. A task in which nothing is to be felt leaves it out.
   * @param random source of the guesses
   */
  guessFelt?(random: Random): void;
  /** Returns why the last verdict was `failure`, where the judge knows it. */
  failureCause?(): FailureCause | undefined;
  /** Returns points for how well the task was done so far, by a rule of the task's own. Default: there is no such rule. */
  score?(): number;
  /** Returns true if the arm took the object that the instruction names; undefined if it took none. */
  followedInstruction(): boolean | undefined;
  /** Returns the expert's plan from this state. It depends on the state alone, so the expert can label any state. */
  plan(state: TaskState): { readonly waypoints: readonly Waypoint[]; readonly annotation: Annotation };
}

/** Parameters of one task instance. */
export interface DrawOptions {
  /** Seed, 0 .. 2^31 - 1; equal seeds give equal scenes. */
  readonly seed: number;
  /** Set of sentences that the instruction is drawn from. */
  readonly wordings: WordingSet;
  /** True: the instruction names another object of the same scene. */
  readonly swap: boolean;
  /** Where the robot can take things from above; undefined for a task that starts at home. Default: the area of the Praxis arm. */
  readonly area?: TaskArea;
  /**
   * Share by which the ranges of size and mass of the blocks are wider at both ends than in the training, with other friction. Default: the
   * ranges of the training.
   */
  readonly bodySpread?: number;
  /** Another wording of the instruction for the same goal in the same scene. Default: a wording of the set, as in the training. */
  readonly rewording?: RewordingLevel | Rewording;
}

/** Equipment of a robot that a task can need. */
export type RobotNeed = 'wrist sensor';

/** Modality whose knowledge an expert can do without. */
export type Knowledge = 'vision' | 'wrench' | 'language';

/** Success rate of the best policy without one modality. It follows from what the task hides from all others. */
export interface SuccessCeiling {
  /** Rate, 0..1. */
  readonly rate: number;
  /** How the rate of an expert without the modality compares with {@link rate}. */
  readonly relation: 'equal' | 'at most' | 'at least';
  /** Why, in a few words. */
  readonly reason: string;
}

/** A task, which draws instances with scene, instruction, judge and expert. */
export interface Task {
  readonly name: string;
  /** What drives it: a policy with one instruction, or a planner with a request of several steps. Default `policy`. */
  readonly drivenBy?: 'policy' | 'planner';
  /** Where the arm starts: with the tool down in its task area, or at home, which any robot can. Default `area`. */
  readonly start?: 'area' | 'home';
  /** What a robot must have for the task. Default: nothing but an arm. */
  readonly needs?: readonly RobotNeed[];
  /** `compliant`: the expert commands stiffness and force of the tool beside its pose. Default `stiff`. */
  readonly tool?: 'stiff' | 'compliant';
  /** True: it draws blocks, and {@link DrawOptions.bodySpread} changes them. Default: it has none. */
  readonly hasBlocks?: boolean;
  /** True: it has other wordings, and {@link DrawOptions.rewording} asks for them. Default: it has none. */
  readonly hasRewordings?: boolean;
  /**
   * Returns the instructions of a set with a noun in the place of colour and kind of what they name, for `drawAbsent`. A task that does not name
   * things so leaves it out.
   * @param thing noun without an article
   */
  unknownTexts?(thing: string, wordings: WordingSet): readonly string[];
  /** What can be reached without each modality. Default: not known. */
  readonly ceilings?: Readonly<Record<Knowledge, SuccessCeiling>>;
  /** Draws one instance; equal options give equal instances. */
  draw(options: DrawOptions): TaskInstance;
  /** Returns every goal of the task, with its wordings in one set. */
  goals(wordings: WordingSet): readonly TaskGoal[];
  /** Returns what is said while the arm works, as goals that demonstrations have beside those of {@link goals}. Default: nothing. */
  spokenGoals?(wordings: WordingSet): readonly TaskGoal[];
}

/** A goal of a task, with its wordings in one set. */
export interface TaskGoal {
  readonly key: string;
  readonly texts: readonly string[];
  /** Name of the task that is done, in a task that is made of others. Default: the task itself. */
  readonly like?: string;
}
