import type { Stamped, StreamValue } from '@praxis/core';
import type { SafetyConfig, SafetyEvent, SafetyState, SharedSafety } from '@praxis/safety';
import type { LimitViolations } from '../safety/limit-audit.ts';
import type { WordingSet } from '../tasks/task.ts';

/** What a plant is made of; it goes to its thread as data. */
export interface PlantSetup {
  readonly task: string;
  /** 0 .. 2^31 - 1. */
  readonly seed: number;
  /** The arm's URDF, as text. */
  readonly urdf: string;
  readonly wordings: WordingSet;
  /** What guards the arm; left out: {@link SIM_SAFETY}. */
  readonly safety?: SafetyConfig;
  /** Commands, heartbeats and requests come through this. */
  readonly shared: SharedSafety;
}

/** To the plant. */
export type ToPlant =
  /** Time begins. */
  | { readonly kind: 'run' }
  | { readonly kind: 'say'; readonly text: string }
  /** Something goes wrong now: time and distance count from here. */
  | { readonly kind: 'mark' }
  | { readonly kind: 'report' }
  | { readonly kind: 'close' };

export interface PlantSample {
  readonly stream: string;
  readonly sample: Stamped<StreamValue>;
}

/** What a plant says of itself. `wall` times are seconds of the process's own monotonic clock. */
export interface PlantReport {
  readonly state: SafetyState;
  /** When the supervisor stopped; absent while it runs. */
  readonly stoppedWall?: number;
  /** When the arm moved last, since the mark. */
  readonly movedWall: number;
  /** Length of the tool's way since the mark (m). */
  readonly distance: number;
  /** Largest force on the hand since the mark (N). */
  readonly peakForce: number;
  readonly standing: boolean;
  readonly violations: LimitViolations;
  readonly events: readonly SafetyEvent[];
}

/** From the plant. */
export type FromPlant =
  | { readonly kind: 'ready'; readonly instruction: string }
  /** One period is over: the time (s) that it brought, and every sample in it. */
  | { readonly kind: 'period'; readonly time: number; readonly samples: readonly PlantSample[] }
  | { readonly kind: 'event'; readonly event: SafetyEvent }
  | { readonly kind: 'report'; readonly report: PlantReport }
  /** It did not come about, or it ended: one line. */
  | { readonly kind: 'failed'; readonly message: string; readonly expected: boolean };
