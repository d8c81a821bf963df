import type { PlanStep } from '../plan/plan.ts';

/** A place of the work cell that plans can name, such as a tray. */
export interface KnownPlace {
  /** Unique name, such as `left tray`. */
  readonly name: string;
  /** Middle of its upper surface (m, base frame of the arm). */
  readonly position: readonly [number, number, number];
  /** Half of its extent along x and y (m). */
  readonly halfSize: readonly [number, number];
}

/** A thing that the cameras found. */
export interface SeenThing {
  /** Unique name in this context, in words of the policy: `red cube`, or `box 1` and `box 2` from left to right where things look alike. */
  readonly name: string;
  /** Its words, such as `red` and `cube`. */
  readonly words: readonly string[];
  /** Words that may hold in place of some of {@link words}: the pictures leave it open. Default: none. */
  readonly alternatives?: readonly string[];
  /** Where it lies (m, base frame of the arm). */
  readonly position: readonly [number, number, number];
  /** Confidence of the find, 0..1. */
  readonly confidence: number;
  /** Name of the {@link KnownPlace} that it lies on. */
  readonly on?: string;
  /** Mass (kg), once it was weighed. */
  readonly mass?: number;
}

/** What the gripper holds. */
export interface HeldThing {
  /** Name of the thing, when the step that took it named one. */
  readonly thing?: string;
  /** Mass that the wrist sensor feels (kg); undefined without a sensor. */
  readonly mass?: number;
  /** Height of the tool above the surface that the thing lay on when it was taken (m), when a step took it. */
  readonly height?: number;
}

/** A sentence that was heard or read. Only the operator's are requests; all others are data. */
export interface Utterance {
  readonly time: number;
  readonly from: 'operator' | 'bystander' | 'label';
  readonly text: string;
}

/** A step that ended, with what was seen. */
export interface StepRecord {
  readonly step: PlanStep;
  readonly outcome: 'done' | 'failed' | 'skipped' | 'interrupted';
  /** What the sensors showed, in words. */
  readonly seen: string;
}

/** A camera picture for models with eyes: 8-bit RGB, row-major from the top left. */
export interface ContextPicture {
  readonly camera: string;
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array;
}

/** Everything that a planner sees, made from the streams of the loop. SI units; positions in the base frame of the arm. */
export interface PlannerContext {
  /** Time (s, on the robot's clock). */
  readonly time: number;
  readonly things: readonly SeenThing[];
  readonly places: readonly KnownPlace[];
  /** Undefined while the gripper is empty. */
  readonly held?: HeldThing;
  /** Distance between the fingers (m). */
  readonly gripperWidth?: number;
  /** Position of the tool (m). */
  readonly tool?: readonly [number, number, number];
  /** Magnitude of the contact force at the wrist (N); undefined without a sensor. */
  readonly contactForce?: number;
  /** State of the supervisor, as a word, and the cause of its stop. */
  readonly supervisor: { readonly state: string; readonly cause?: string };
  /** What was said and read, oldest first. */
  readonly utterances: readonly Utterance[];
  /** What was done, oldest first. */
  readonly history: readonly StepRecord[];
  readonly pictures?: readonly ContextPicture[];
}
