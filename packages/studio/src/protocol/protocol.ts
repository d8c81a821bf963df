/** What the page, the worker that runs episodes and the worker that runs the policy call on each other. All of it is data. */
import { type ActionChunk, firstLine, type Observation, type PolicySpec } from '@praxis/core';
import type { VocabularyExtension } from '@praxis/policy';
import type { OperatorRequest, SafetyState } from '@praxis/safety';
import type { EpisodeResult } from '@praxis/sim';

/** three's JSON of a scene graph: groups named after the bodies, meshes in them. */
export type SceneJson = object;

/** What drives the robot: the learned policy, or the task's script, which reads the simulator's state. */
export type Driver = 'policy' | 'expert';

/** Simulated seconds in a second of wall time; `max` is as fast as the machine can. */
export type Speed = number | 'max';

export interface EpisodeChoice {
  readonly task: string;
  readonly seed: number;
  readonly driver: Driver;
  /** Modalities that the policy is not to see. */
  readonly mask: readonly string[];
  /** Left out: the task's own, worded as the seed says. */
  readonly instruction?: string;
}

/** The episode worker, as the page calls it. Calls are taken in order; playing goes on between them. */
export interface EpisodeService {
  readonly methods: {
    /** The first one: where the robot description is, and a port to the policy's worker. Answered with the names of the tasks. */
    init(setup: { readonly urdfUrl: string; readonly policy: MessagePort }): readonly string[];
    /** Makes a new episode in place of the one that runs; it stands still until `play`. */
    load(choice: EpisodeChoice): void;
    /** A new episode as fast as possible, from start to end. */
    run(choice: EpisodeChoice): EpisodeResult;
    play(): void;
    pause(): void;
    /** Runs this many seconds of simulated time, then pauses. */
    step(seconds: number): void;
    speed(speed: Speed): void;
    /** Said or typed: a command, an instruction, a question. Answered by a `reply` with this id. */
    say(utterance: { readonly id: number; readonly text: string }): void;
    /** The button to talk was let go of, or nobody listens any more: motion that goes on until told otherwise ends. */
    released(): void;
    /** To the supervisor. */
    supervisor(request: OperatorRequest): void;
    mask(mask: readonly string[]): void;
  };
  /** Everything that the page shows, in order. */
  readonly events: { message: FromEpisode };
}

/** The supervisor as the page shows it. */
export interface SupervisorDisplay {
  readonly state: SafetyState;
  /** The last change of state or other event, in one line. */
  readonly event: string;
}

export interface CameraImage {
  readonly camera: string;
  readonly width: number;
  readonly height: number;
  /** RGB, row-major from the top left. */
  readonly data: Uint8Array;
  /** Seconds of simulated time. */
  readonly stamp: number;
}

export type Grounding = NonNullable<ActionChunk['grounding']>;

/** Everything that changed since the last frame; at most about 60 a second. */
export interface TelemetryFrame {
  readonly kind: 'frame';
  /** Simulated seconds. */
  readonly time: number;
  /** Seven numbers for each body of the scene: x y z (m), qx qy qz qw, world. */
  readonly poses: Float32Array;
  readonly images: readonly CameraImage[];
  /** Rows of seven: time (s), then gravity-compensated force (N) and torque (Nm) at the wrist. */
  readonly wrench: Float32Array;
  /** By modality, 0..1; absent before the first chunk. */
  readonly gates?: Readonly<Record<string, number>>;
  readonly grounding?: Grounding;
  readonly inferences: number;
  /** Of the newest inference, ms. */
  readonly inferenceMs: number;
  readonly emptyQueueTicks: number;
  readonly supervisor: SupervisorDisplay;
  /** Simulated seconds a second of wall time, over the last half second or so; 0 while paused. */
  readonly rate: number;
}

export type RunState = 'loading' | 'paused' | 'playing' | 'finished';

/** What the episode worker tells the page of its own accord. */
export type FromEpisode =
  /** A new episode stands ready. */
  | {
      readonly kind: 'scene';
      readonly choice: EpisodeChoice;
      readonly instruction: string;
      /** What else the task could ask for, in words. */
      readonly suggestions: readonly string[];
      readonly scene: SceneJson;
      /** Names of the scene's groups, in the order of {@link TelemetryFrame.poses}. */
      readonly bodies: readonly string[];
    }
  | TelemetryFrame
  | { readonly kind: 'state'; readonly state: RunState }
  /** The robot heard a new instruction. */
  | { readonly kind: 'instruction'; readonly text: string }
  /** What became of what was said; without an id the robot speaks by itself. */
  | {
      readonly kind: 'reply';
      readonly id?: number;
      readonly words: readonly string[];
      /** Read back, and waiting for yes or no. */
      readonly pending: string | undefined;
    }
  /** An episode is over. */
  | { readonly kind: 'result'; readonly result: EpisodeResult }
  /** One line. */
  | { readonly kind: 'error'; readonly message: string };

/** The policy worker, as the page calls it. */
export interface PolicyWorkerService {
  readonly methods: { open(setup: PolicySetup): PolicyDescription };
}

export interface PolicySetup {
  /** Folder of the policy, on the page's own origin. */
  readonly modelUrl: string;
  /** The episode worker calls the policy through this port. */
  readonly port: MessagePort;
}

export interface PolicyDescription {
  readonly name: string;
  readonly tasks: readonly string[];
  /** What it knows: words that people may use besides. */
  readonly extension: VocabularyExtension;
}

/** The policy, as the episode worker calls it over the port. */
export interface PolicyService {
  readonly methods: {
    /** The chunk, and what it took to compute (ms), the way there and back not counted. */
    infer(observation: Observation): { readonly chunk: ActionChunk; readonly milliseconds: number };
    reset(): void;
  };
  readonly info: { readonly spec: PolicySpec; readonly extension: VocabularyExtension };
}

/** The first line of whatever was thrown: what the page shows. */
export const oneLine = (thrown: unknown): string => firstLine(thrown).trim() || 'unknown error';
