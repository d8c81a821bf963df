import type { FilterConfig, Reaction } from './filter-config.ts';
import type { ForceConfig } from './force-config.ts';

/** Detects a sensor whose stamps advance while its value stays equal. */
export interface FrozenRule {
  /** Consecutive new samples with an equal value that make a fault. */
  readonly samples: number;
  /**
   * `moving` is for sensors that may repeat a value while the arm stands (encoders, cameras); `always` is for noisy
   * ones.
   */
  readonly when: 'always' | 'moving';
  /** Reaction to the fault. */
  readonly reaction: Reaction;
}

/** Requirements on one stream, or on every stream of a modality. */
export interface StreamRule {
  /**
   * Largest age of the newest sample (s), whether samples are missing or delayed. Streams of events (rate 0) have none.
   */
  readonly deadline: number;
  /** Reaction to a sample that is too old and to a stream that ended. */
  readonly lost: Reaction;
  /** Null: the supervisor does not compare values. */
  readonly frozen: FrozenRule | null;
  /**
   * This many consecutive samples that violate the spec or are not finite are a fault. One alone is dropped and
   * counted.
   */
  readonly bad: { readonly samples: number; readonly reaction: Reaction };
}

/** Deadline of a heartbeat (s) and the reaction when it is missed. */
export interface HeartbeatRule {
  /** Longest time without a beat (s). */
  readonly deadline: number;
  /** Reaction to the fault. */
  readonly reaction: Reaction;
  /**
   * `start`: the deadline applies from the start. `first beat`: it applies after the first beat, for systems without
   * one.
   */
  readonly from: 'start' | 'first beat';
}

/** The filter rejected every command for `time` (s). */
export interface RejectRule {
  /** Duration of continuous rejection that makes a fault (s). */
  readonly time: number;
  /** Reaction to the fault. */
  readonly reaction: Reaction;
}

/** A chunk queue that held actions has been empty for `grace` (s). */
export interface QueueRule {
  /** Duration of an empty queue that makes a fault (s). */
  readonly grace: number;
  /** Reaction to the fault. */
  readonly reaction: Reaction;
}

/** Largest deviations of the supervisor's clock and of the stamps. */
export interface ClockRule {
  /** Largest step of time in one tick (s). A supervisor that ticks later than this is the same fault. */
  readonly maximumStep: number;
  /** Largest time by which a stamp may lie in the future (s); later samples and commands are ignored. */
  readonly ahead: number;
  /** Reaction to the fault. */
  readonly reaction: Reaction;
}

/**
 * Bounds for measured joints (rad or m). Beyond them the measurement is wrong, or something blocks or drives the joint.
 */
export interface JointRule {
  /** Between two samples a joint moves by at most `step` (rad, m) plus `speeds` times its speed limit. */
  readonly step: number;
  /** Factor on the speed limit. */
  readonly speeds: number;
  /**
   * A joint is behind its target by at most `error` (rad, m) plus `lag` (s) times the target's top speed within
   * `memory` (s).
   */
  readonly error: number;
  /** Delay from a target to its measurement (s). */
  readonly lag: number;
  /** Time over which the target's top speed counts (s). */
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
  /** The filter rejects every command. */
  readonly reject: RejectRule;
  /** The chunk queue is empty. */
  readonly queue: QueueRule;
  /** Heartbeats of the control loop and of the policy's process. */
  readonly heartbeats: { readonly loop: HeartbeatRule; readonly policy: HeartbeatRule };
  /** Null: the supervisor does not check joints for plausibility. */
  readonly joints: JointRule | null;
  /** The supervisor's own clock jumps. */
  readonly clock: ClockRule;
}

/** Stop category of an emergency stop, and the conditions under which the brakes close. */
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
  /** Checks of every command. */
  readonly filter: FilterConfig;
  /** Deadlines and plausibility of commands, sensors and clock. */
  readonly watchdog: WatchdogConfig;
  /** Rules for emergency stops and for the brakes. */
  readonly stops: StopsConfig;
  /** Null: the supervisor does not monitor contact, as for a robot without a wrist sensor. */
  readonly force: ForceConfig | null;
}
