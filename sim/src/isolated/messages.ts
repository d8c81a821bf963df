import type { SignalSpec, Stamped, StreamValue } from '@praxis/core';
import type { SafetyConfig, SafetyEvent, SafetyState, SharedSafety } from '@praxis/safety';
import type { RobotChoice } from '../robot/setup.ts';
import type { LimitViolations } from '../safety/limit-audit.ts';
import type { WordingSet } from '../wordings/wordings.ts';

/** Parameters of a plant. Its thread receives them as a message. */
export interface PlantSetup extends RobotChoice {
  /** Name of the task. */
  readonly task: string;
  /**
   * URLs of modules whose default exports list tasks and modalities, such as a `praxis.config.ts`: a task is code, which no message
   * can carry. Every modality in them is simulated.
   */
  readonly modules: readonly string[];
  /** Seed of the scene, 0 .. 2^31 - 1. */
  readonly seed: number;
  /** Set of sentences that the instruction is drawn from. */
  readonly wordings: WordingSet;
  /** Configuration of the supervisor. Default: that of the robot. */
  readonly safety?: SafetyConfig;
  /** Shared memory that carries commands, heartbeats and requests. */
  readonly shared: SharedSafety;
}

/** A sample and the name of its stream. */
export interface PlantSample {
  readonly stream: string;
  readonly sample: Stamped<StreamValue>;
}

/** Measurements of a plant since `startMeasurement`. Wall times are seconds of the process's monotonic clock. */
export interface PlantReport {
  readonly state: SafetyState;
  /** Wall time of the supervisor's stop (s); absent while it runs. */
  readonly stopWallTime?: number;
  /** Wall time of the arm's last motion (s). */
  readonly lastMotionWallTime: number;
  /** Travel of the tool (m). */
  readonly distance: number;
  /** Largest force on the hand (N). */
  readonly peakForce: number;
  /** True when the arm stands still now. */
  readonly standing: boolean;
  readonly violations: LimitViolations;
  readonly events: readonly SafetyEvent[];
}

/** Service of a plant's thread. */
export interface PlantService {
  readonly methods: {
    /** Starts simulated time. */
    start(): void;
    /** Publishes a new instruction. */
    setInstruction(text: string): void;
    /** Says which streams are needed from now on; see `Supervisor.needStreams`. */
    needStreams(streams: readonly string[] | 'all'): void;
    /** Restarts the measurements of {@link PlantReport}. */
    startMeasurement(): void;
    report(): PlantReport;
  };
  readonly events: PlantEvents;
  readonly info: { readonly instruction: string; readonly streams: readonly SignalSpec[] };
}

/** Events of a plant's thread. */
export interface PlantEvents {
  /** End of a control period: simulated time (s), and every sample that arrived in it. */
  readonly period: { readonly time: number; readonly samples: readonly PlantSample[] };
  readonly safety: SafetyEvent;
}
