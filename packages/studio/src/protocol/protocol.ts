/** Messages between the page, the worker that runs episodes and the worker that runs the policy. All of them are data. */
import type { ActionChunk, Observation, PolicySpec } from '@praxis/core';
import type { Extension } from '@praxis/policy';
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

/** Page to episode worker. */
export type ToEpisode =
  /** First message: where the robot description is, and a port to the policy's worker. */
  | { readonly kind: 'init'; readonly urdfUrl: string; readonly policy: MessagePort }
  /** Makes a new episode in place of the one that runs; it stands still until `play`. */
  | { readonly kind: 'load'; readonly choice: EpisodeChoice }
  /** A new episode as fast as possible, from start to end, answered by `result` with this id. */
  | { readonly kind: 'run'; readonly id: number; readonly choice: EpisodeChoice }
  | { readonly kind: 'play' }
  | { readonly kind: 'pause' }
  /** Runs this many seconds of simulated time, then pauses. */
  | { readonly kind: 'step'; readonly seconds: number }
  | { readonly kind: 'speed'; readonly speed: Speed }
  /** Said or typed: a command, an instruction, a question. Answered by `reply` with this id. */
  | { readonly kind: 'say'; readonly id: number; readonly text: string }
  /** The button to talk was let go of, or nobody listens any more: motion that goes on until told otherwise ends. */
  | { readonly kind: 'released' }
  /** To the supervisor. */
  | { readonly kind: 'supervisor'; readonly request: OperatorRequest }
  | { readonly kind: 'mask'; readonly mask: readonly string[] };

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
export interface Frame {
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

/** Episode worker to page. */
export type FromEpisode =
  | { readonly kind: 'ready'; readonly tasks: readonly string[] }
  /** A new episode stands ready. */
  | {
      readonly kind: 'scene';
      readonly choice: EpisodeChoice;
      readonly instruction: string;
      /** What else the task could ask for, in words. */
      readonly suggestions: readonly string[];
      readonly scene: SceneJson;
      /** Names of the scene's groups, in the order of {@link Frame.poses}. */
      readonly bodies: readonly string[];
    }
  | Frame
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
  /** An episode is over; with an id it answers `run`. */
  | { readonly kind: 'result'; readonly id?: number; readonly result: EpisodeResult }
  /** With an id it answers `run`. One line. */
  | { readonly kind: 'error'; readonly id?: number; readonly message: string };

/** Page to policy worker. */
export type ToPolicyWorker = {
  readonly kind: 'open';
  /** Folder of the policy, on the page's own origin. */
  readonly modelUrl: string;
  /** The episode worker asks through this port. */
  readonly port: MessagePort;
};

/** Policy worker to page. */
export type FromPolicyWorker =
  | {
      readonly kind: 'ready';
      readonly name: string;
      readonly tasks: readonly string[];
      /** What it knows: words that people may use besides. */
      readonly extension: Extension;
    }
  | { readonly kind: 'error'; readonly message: string };

/** Episode worker to policy worker, over the port. */
export type PolicyRequest =
  | { readonly kind: 'infer'; readonly id: number; readonly observation: Observation }
  | { readonly kind: 'reset' };

/** Policy worker to episode worker, over the port. The first one is `spec` or `failed`. */
export type PolicyReply =
  | { readonly kind: 'spec'; readonly spec: PolicySpec; readonly extension: Extension }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'chunk'; readonly id: number; readonly chunk: ActionChunk; readonly milliseconds: number }
  | { readonly kind: 'error'; readonly id: number; readonly message: string };

/** The first line of whatever was thrown: what the page shows. */
export function oneLine(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return text.split('\n')[0].trim() || 'unknown error';
}
