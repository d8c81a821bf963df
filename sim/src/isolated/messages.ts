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

export interface PlantSample {
  readonly stream: string;
  readonly sample: Stamped<StreamValue>;
}

/** What a plant says of itself. `wall` times are seconds of the process's own monotonic clock. */
export interface PlantReport {
  readonly state: SafetyState;
  /** When the supervisor stopped; absent while it runs. */
  readonly stopWallTime?: number;
  /** When the arm moved last, since the mark. */
  readonly lastMotionWallTime: number;
  /** Length of the tool's way since the mark (m). */
  readonly distance: number;
  /** Largest force on the hand since the mark (N). */
  readonly peakForce: number;
  readonly standing: boolean;
  readonly violations: LimitViolations;
  readonly events: readonly SafetyEvent[];
}

/** What the thread of a plant offers. */
export interface PlantService {
  readonly methods: {
    /** Time begins. */
    run(): void;
    say(text: string): void;
    /** Something goes wrong now: time and distance count from here. */
    mark(): void;
    report(): PlantReport;
  };
  readonly events: PlantEvents;
  readonly info: { readonly instruction: string };
}

export interface PlantEvents {
  /** One period is over: the time (s) that it brought, and every sample in it. */
  readonly period: { readonly time: number; readonly samples: readonly PlantSample[] };
  readonly safety: SafetyEvent;
}
