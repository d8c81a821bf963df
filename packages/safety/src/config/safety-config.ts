import type { FilterConfig } from './filter-config.ts';
import type { ForceConfig } from './force-config.ts';
import type { Reaction } from './reaction.ts';

/** Detects a sensor whose stamps advance while its value stays equal. */
export interface FrozenRule {
  /** Consecutive new samples with an equal value that make a fault. */
  readonly samples: number;
  /** `moving` is for sensors that may repeat a value while the arm stands (encoders, cameras); `always` is for noisy ones. */
  readonly when: 'always' | 'moving';
  readonly reaction: Reaction;
}

/** What the supervisor requires of one stream, or of every stream of a modality. */
export interface StreamRule {
  /** Largest age of the newest sample (s), whether samples are missing or delayed. Streams of events (rate 0) have none. */
  readonly deadline: number;
  /** Reaction to a sample that is too old and to a stream that ended. */
  readonly lost: Reaction;
  /** Null: the supervisor does not compare values. */
  readonly frozen: FrozenRule | null;
  /** This many consecutive samples that violate the spec or are not finite are a fault. One alone is dropped and counted. */
  readonly bad: { readonly samples: number; readonly reaction: Reaction };
}

/** Deadline of a heartbeat (s) and the reaction when it is missed. */
export interface HeartbeatRule {
  readonly deadline: number;
  readonly reaction: Reaction;
  /** `start`: the deadline applies from the start. `first beat`: it applies after the first beat, for systems without one. */
  readonly from: 'start' | 'first beat';
}

/** The filter rejected every command for `time` (s). */
export interface RejectRule {
  readonly time: number;
  readonly reaction: Reaction;
}

/** A chunk queue that held actions has been empty for `grace` (s). */
export interface QueueRule {
  readonly grace: number;
  readonly reaction: Reaction;
}

/** How far the supervisor's clock and the stamps may deviate. */
export interface ClockRule {
  /** Largest step of time in one tick (s). A supervisor that ticks later than this is the same fault. */
  readonly maximumStep: number;
  /** Largest time by which a stamp may lie in the future (s); later samples and commands are ignored. */
  readonly ahead: number;
  readonly reaction: Reaction;
}

/** Bounds for measured joints (rad or m). Beyond them the measurement is wrong, or something blocks or drives the joint. */
export interface JointRule {
  /** Between two samples a joint moves by at most `step` plus `speeds` times its speed limit. */
  readonly step: number;
  readonly speeds: number;
  /** A joint is behind its target by at most `error` plus `lag` (s) times the target's top speed within `memory` (s). */
  readonly error: number;
  readonly lag: number;
  readonly memory: number;
  /** Consecutive samples with a larger following error that make a fault. */
  readonly samples: number;
  /** A step counts as a fault for this long (s). */
  readonly settle: number;
  /** A `hold` stays powered, so the following error persists; the supervisor then refuses a reset. */
  readonly reaction: Reaction;
}

/** Every deadline and plausibility rule that the supervisor checks while commands move the arm. */
export interface WatchdogConfig {
  /** Rules by stream name, else by modality, else `*`. */
  readonly streams: Readonly<Record<string, StreamRule>>;
  /** The arm runs and no command has arrived for `deadline` (s). */
  readonly command: { readonly deadline: number; readonly reaction: Reaction };
  readonly reject: RejectRule;
  readonly queue: QueueRule;
  readonly heartbeats: { readonly loop: HeartbeatRule; readonly policy: HeartbeatRule };
  /** Null: the supervisor does not check joints for plausibility. */
  readonly joints: JointRule | null;
  readonly clock: ClockRule;
}

/** How stops end, and how an emergency stop brakes. */
export interface StopsConfig {
  /** Stop category (IEC 60204-1): 1 brakes under control and then removes power, 0 removes power at once. */
  readonly emergency: 'category_0' | 'category_1';
  /** The arm stands while every measured joint is slower than this (rad/s or m/s). */
  readonly standstillVelocity: number;
  /** The brakes close at most this long (s) after the path ends, even if joints are not measured or still move. */
  readonly brakeTimeout: number;
}

/** The whole configuration of a supervisor. Plain data that JSON can hold; SI units. */
export interface SafetyConfig {
  readonly filter: FilterConfig;
  readonly watchdog: WatchdogConfig;
  readonly stops: StopsConfig;
  /** Null: the supervisor does not monitor contact, as for a robot without a wrist sensor. */
  readonly force: ForceConfig | null;
}
