/** The messages between the page, the episode worker and the policy worker. All of them are plain data. */
import { type ActionChunk, firstLine, type ImageFrame, type Observation, type PolicySpec } from '@praxis/core';
import type { Detection, VocabularyExtension } from '@praxis/policy';
import type { OperatorRequest, SafetyState } from '@praxis/safety';
import type { EpisodeResult } from '@praxis/sim';
import type { PlanDisplay } from './plan.ts';

/** A scene graph in the JSON of three.js: one group for each body, named after it, with the meshes inside. */
export type SceneJson = object;

/**
 * Driver of the robot: the learned policy; the task's script, which reads the simulator's state and moves robots with one arm; or the
 * user by hand, who moves robots with several arms or a driven base.
 */
export type Driver = 'policy' | 'expert' | 'hand';

/** Simulated seconds in a second of wall time; `max` is as fast as the machine allows. */
export type Speed = number | 'max';

/** Selects an episode. */
export interface EpisodeChoice {
  readonly task: string;
  readonly seed: number;
  readonly driver: Driver;
  /** Modalities that are masked for the policy. */
  readonly mask: readonly string[];
  /** The default is the task's own instruction; the seed selects its wording. */
  readonly instruction?: string;
  /** Name of the planner that requests go to; undefined or `none`: the driver follows them by itself. */
  readonly planner?: string;
}

/** The choice of no planner. */
export const NO_PLANNER = 'none';

/** Arguments of the episode worker's `init`. */
export interface EpisodeSetup {
  /** Name of the robot; undefined selects the Praxis arm. */
  readonly robot: string | undefined;
  /** Address of the URDF of the Praxis arm. */
  readonly urdfUrl: string;
  /** Folder of the robots on the page's own origin, with a trailing slash. */
  readonly robotsUrl: string;
  /** Name of the robot that the policy may drive although it was trained for another one; empty for none. */
  readonly acceptRobot: string;
  /** Address of the user's configuration, as one module on the page's own origin. */
  readonly configUrl: string;
  /** Port to the policy worker. */
  readonly policy: MessagePort;
}

/** The robot as the page displays it. */
export interface RobotDisplay {
  readonly name: string;
  readonly cameras: readonly string[];
  /** Sensors that are plotted, in the order of {@link TelemetryFrame.signals}; none for an arm without a wrist sensor. */
  readonly plots: readonly PlotDisplay[];
  /** Arms and bases of a robot with several command groups or a driven base, which is driven by hand; none for a robot with one arm. */
  readonly groups: readonly GroupDisplay[];
  /** Limits that nobody stated, what the supervisor does not check, and what physics does otherwise than the description says. */
  readonly notes: readonly string[];
  /** Points that the first view of the scene shows: the robot at home, and where it works (m, frame of the scene). */
  readonly view: readonly (readonly [x: number, y: number, z: number])[];
  /** What the robot stands on. */
  readonly ground: 'table' | 'floor';
  /** Body of the scene that the view goes with: that of a driven base. */
  readonly follow: string | undefined;
}

/** A plotted sensor: the contact wrench of an arm, or the velocity of a base. */
export interface PlotDisplay {
  readonly kind: 'wrench' | 'twist';
  /** Name of the command group. */
  readonly group: string;
}

/** A command group that the user can drive by hand. */
export type GroupDisplay =
  | { readonly kind: 'arm'; readonly name: string; readonly gripper: 'present' | 'absent' }
  /** Largest speeds ahead (m/s) and of turning (rad/s). */
  | { readonly kind: 'base'; readonly name: string; readonly linear: number; readonly angular: number };

/**
 * What the user wants of one command group while a button or key is down. Motion ends unless it is renewed, and with a `release`.
 */
export type DriveRequest = { readonly group: string } /** A base moves ahead (m/s) and turns to the left (rad/s). */ & (
  | { readonly kind: 'twist'; readonly linear: number; readonly angular: number }
  /** A tool moves along an axis of the arm's base; `speed` is the share of its full speed, 0..1. */
  | { readonly kind: 'jog'; readonly axis: 'x' | 'y' | 'z'; readonly direction: 1 | -1; readonly speed: number }
  | { readonly kind: 'gripper'; readonly action: 'open' | 'close' }
  | { readonly kind: 'release' }
);

/** What the page can choose from. */
export interface EpisodeNames {
  /** The robot that was loaded. */
  readonly robot: RobotDisplay;
  /** Names of the robots of the server. */
  readonly robots: readonly string[];
  readonly tasks: readonly string[];
  /** Those of the tasks that take a planner. */
  readonly plannerTasks: readonly string[];
  /** Planners that requests can go to; none for a robot with several arms or a base. */
  readonly planners: readonly string[];
  /** Policies of the configuration. */
  readonly policies: readonly string[];
}

/** The service of the episode worker for the page. Calls run in order, and an episode continues to play between them. */
export interface EpisodeService {
  readonly methods: {
    /** Must be the first call. Loads the robot description and the configuration, and opens the port to the policy worker. */
    init(setup: EpisodeSetup): EpisodeNames;
    /** Replaces the current episode. The new episode is paused until `play`. */
    load(choice: EpisodeChoice): void;
    /** Runs a new episode from start to end, as fast as possible. */
    run(choice: EpisodeChoice): EpisodeResult;
    play(): void;
    pause(): void;
    /** Runs this much simulated time (s), then pauses. */
    step(seconds: number): void;
    setSpeed(speed: Speed): void;
    /** Submits a spoken or typed command, instruction or question. A `reply` with the same id answers it. */
    submitText(utterance: { readonly id: number; readonly text: string }): void;
    /** Ends the plan that runs; the arm holds. */
    cancelPlan(): void;
    /** Ends continuous motion: the push-to-talk button was released, or speech input ended. */
    releaseTalk(): void;
    /** Moves a command group by hand. */
    drive(request: DriveRequest): void;
    /** Selects the arm that words move. @param group name of its command */
    selectArm(group: string): void;
    /** Sends a request to the supervisor. */
    requestSupervisor(request: OperatorRequest): void;
    /** Masks these modalities for the policy. */
    setMask(mask: readonly string[]): void;
    /** Records the episode from now on, to its end or to `stopRecording`. */
    startRecording(): void;
    stopRecording(): void;
  };
  /** Everything that the page displays, in order. */
  readonly events: { message: FromEpisode };
}

/** The supervisor's state as the page displays it. */
export interface SupervisorDisplay {
  readonly state: SafetyState;
  /** The last event of the supervisor in one line. */
  readonly event: string;
  /** The first cause of the stop in force, in one line; undefined without a stop. */
  readonly stopCause: string | undefined;
}

/** An image of one camera. */
export interface CameraImage {
  readonly camera: string;
  readonly width: number;
  readonly height: number;
  /** RGB, row-major from the top left. */
  readonly data: Uint8Array;
  /** Time of exposure (simulated s). */
  readonly stamp: number;
}

/** Image positions of the object that the instruction names, by camera. */
export type Grounding = NonNullable<ActionChunk['grounding']>;

/** The changes since the last frame, at most about 60 times a second. */
export interface TelemetryFrame {
  readonly kind: 'frame';
  /** Simulated time (s). */
  readonly time: number;
  /** Seven numbers for each body of the scene: x y z (m), qx qy qz qw, world frame. */
  readonly poses: Float32Array;
  readonly images: readonly CameraImage[];
  /**
   * New rows of each plot of the robot. A wrench has seven numbers a row: time (s), then gravity-compensated force (N) and torque (Nm)
   * at the wrist; a twist three: time (s), velocity ahead (m/s) and turning to the left (rad/s) by odometry.
   */
  readonly signals: readonly Float32Array[];
  /** Gate of each modality, 0..1; absent before the first chunk. */
  readonly gates?: Readonly<Record<string, number>>;
  readonly grounding?: Grounding;
  readonly inferences: number;
  /** Duration of the newest inference (ms). */
  readonly inferenceMs: number;
  readonly emptyQueueTicks: number;
  /** Why the last inference failed, in one line; undefined once there is a newer chunk. */
  readonly policyFault: string | undefined;
  /** Why the policy refuses the instruction, in one line; undefined once there is a chunk to follow. */
  readonly refusal: string | undefined;
  readonly supervisor: SupervisorDisplay;
  /** Simulated seconds in a second of wall time, over about the last half second; 0 while paused. */
  readonly rate: number;
}

/** State of the episode on the page. */
export type RunState = 'loading' | 'paused' | 'playing' | 'finished';

/** Whether the episode is recorded. */
export type RecordingDisplay =
  | { readonly state: 'off' }
  | { readonly state: 'on' }
  /** It has ended, and the file is there. */
  | {
      readonly state: 'saved';
      readonly name: string;
      /** Bytes of an MCAP file. */
      readonly file: Blob;
      /** Simulated times between which it recorded (s). */
      readonly from: number;
      readonly to: number;
      /** `full`: it ended because no more fits into memory. */
      readonly reason: 'ended' | 'full';
    };

/** A message from the episode worker to the page. */
export type FromEpisode =
  /** A new episode is loaded. */
  | {
      readonly kind: 'scene';
      readonly choice: EpisodeChoice;
      readonly instruction: string;
      /** The goals of the task, each as one instruction: the page suggests them to the user. */
      readonly suggestions: readonly string[];
      readonly scene: SceneJson;
      /** Names of the scene's groups, in the order of {@link TelemetryFrame.poses}. */
      readonly bodies: readonly string[];
    }
  | TelemetryFrame
  | { readonly kind: 'state'; readonly state: RunState }
  /** The robot follows a new instruction. */
  | { readonly kind: 'instruction'; readonly text: string }
  /** The answer to a submitted text. A reply without an id reports an event. */
  | {
      readonly kind: 'reply';
      readonly id?: number;
      readonly words: readonly string[];
      /** Question that waits for yes or no. */
      readonly pending: string | undefined;
    }
  | { readonly kind: 'recording'; readonly recording: RecordingDisplay }
  /** A plan has changed. */
  | { readonly kind: 'plan'; readonly plan: PlanDisplay }
  /** The episode has ended. */
  | { readonly kind: 'result'; readonly result: EpisodeResult }
  /** An error, in one line. */
  | { readonly kind: 'error'; readonly message: string };

/** The service of the policy worker for the page. */
export interface PolicyWorkerService {
  readonly methods: { open(setup: PolicySetup): PolicyDescription };
  readonly events: { progress: LoadProgress };
}

/** How much of the policy's files has arrived. */
export interface LoadProgress {
  readonly loadedBytes: number;
  /** Size of the files whose transfer has begun, as far as the server told it. */
  readonly totalBytes: number;
}

/** Arguments of the policy worker's `open`. */
export interface PolicySetup {
  /** Address of the policy's folder, on the page's own origin; without a {@link policy} of the configuration. */
  readonly modelUrl: string;
  /** Address of the user's configuration. */
  readonly configUrl: string;
  /** Name of a policy of the configuration, or the address `ws://host:port` of a server; undefined selects the folder. */
  readonly policy: string | undefined;
  /** The episode worker calls the policy through this port. */
  readonly port: MessagePort;
}

/** The loaded policy as the page displays it. */
export interface PolicyDescription {
  readonly name: string;
  /** Modalities of its inputs, without duplicates. */
  readonly modalities: readonly string[];
  /** Words and instructions that the policy adds to the vocabulary. */
  readonly extension: VocabularyExtension;
}

/** Which policy was loaded, for recordings. */
export interface PolicyIdentity {
  /** Value of `--policy` that opens it; undefined for the shipped policy. */
  readonly source: string | undefined;
  /** SHA-256 of its manifest in hexadecimal; `unknown` for one without a manifest. */
  readonly sha256: string;
}

/** The service of the policy worker for the episode worker, over the port. */
export interface PolicyService {
  readonly methods: {
    /** Computes a chunk. `inferenceMs` is the computing time (ms) without the transfer. */
    infer(observation: Observation): { readonly chunk: ActionChunk; readonly inferenceMs: number };
    reset(): void;
    /** Loads what finds things in pictures. It returns the names of the cameras; undefined for a policy without. */
    openDetector(): readonly string[] | undefined;
    /** Finds the things in a picture of a camera. Only after `openDetector`. */
    detect(view: { readonly camera: string; readonly picture: ImageFrame }): readonly Detection[];
  };
  readonly info: {
    readonly spec: PolicySpec;
    readonly extension: VocabularyExtension;
    readonly identity: PolicyIdentity;
    /** Tasks that the policy was trained for; undefined for one that does not say it. */
    readonly tasks: readonly string[] | undefined;
  };
}

/** True for the address of a policy server, `ws://host:port` or `wss://host:port`. */
export const isServerAddress = (policy: string): boolean => /^wss?:\/\//.test(policy);

/** The first line of a thrown value, as the page displays it. */
export const oneLine = (thrown: unknown): string => firstLine(thrown).trim() || 'unknown error';
