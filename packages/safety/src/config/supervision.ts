import type { Stop } from '../supervisor/states/state.ts';

/**
 * What a fault leads to. `ignore`: it is not looked at. `report`: an event, and the arm moves on. The rest are stops, which
 * latch until a reset.
 */
export type Reaction = 'ignore' | 'report' | Stop;
export const REACTIONS: readonly Reaction[] = ['ignore', 'report', 'hold', 'protective_stop', 'emergency_stop'];

/** A sensor whose stamps go on while its value stays the very same. */
export interface FrozenRule {
  /** New samples with the same value that make it a fault. */
  readonly samples: number;
  /** `moving` for sensors that rightly repeat themselves while the arm stands: encoders, cameras. `always` for noisy ones. */
  readonly when: 'always' | 'moving';
  readonly reaction: Reaction;
}

/** What is asked of one stream, or of every stream of a modality. */
export interface StreamRule {
  /** Largest age of the newest sample (s): silence and delay count alike. Not for streams of events (rate 0). */
  readonly deadline: number;
  /** The newest sample is too old, or the stream ended. */
  readonly lost: Reaction;
  /** Null: not looked at. */
  readonly frozen: FrozenRule | null;
  /** So many samples in a row that are not as the spec says, or not finite. A single one is left out and counted. */
  readonly bad: { readonly samples: number; readonly reaction: Reaction };
}

/** Something heard again and again: its deadline (s) and what its silence leads to. */
export interface HeartbeatRule {
  readonly deadline: number;
  readonly reaction: Reaction;
  /** `start`: silence counts from the start on. `first beat`: only once it was heard, for set-ups that have no such beat. */
  readonly from: 'start' | 'first beat';
}

/** A filter that rejects every command for `time` (s). */
export interface RejectRule {
  readonly time: number;
  readonly reaction: Reaction;
}

/** A chunk queue that was filled and has been empty for `grace` (s). */
export interface QueueRule {
  readonly grace: number;
  readonly reaction: Reaction;
}

export interface ClockRule {
  /** How far time may go in one tick (s). The supervisor itself being late by more is the same fault. */
  readonly maximumStep: number;
  /** How far a stamp may lie in the future (s); beyond, the sample or command is ignored. */
  readonly ahead: number;
  readonly reaction: Reaction;
}

/** What measured joints can do (rad or m); beyond that the measurement is wrong, or something holds or drives the joint. */
export interface JointRule {
  /** From one sample to the next a joint moves by at most `step` and `speeds` times what its speed limit allows. */
  readonly step: number;
  readonly speeds: number;
  /** It is behind its target by at most `error`, and `lag` (s) times the fastest that the target was within `memory` (s). */
  readonly error: number;
  readonly lag: number;
  readonly memory: number;
  /** Samples in a row behind by more that make it a fault. */
  readonly samples: number;
  /** A step counts as a fault for so long (s). */
  readonly settle: number;
  /** A `hold` stays powered, and so goes on seeing that a joint is off its target: a reset is refused then. */
  readonly reaction: Reaction;
}

export interface WatchdogConfig {
  /** By stream name, else by modality, else `*`. */
  readonly streams: Readonly<Record<string, StreamRule>>;
  /** No command for so long while running (s). */
  readonly command: { readonly deadline: number; readonly reaction: Reaction };
  readonly reject: RejectRule;
  readonly queue: QueueRule;
  readonly heartbeats: { readonly loop: HeartbeatRule; readonly policy: HeartbeatRule };
  /** Null: not looked at. */
  readonly joints: JointRule | null;
  readonly clock: ClockRule;
}

/** How stops end and how an emergency stop is made. */
export interface StopsConfig {
  /** Stop category (IEC 60204-1): 1 brakes under control and then takes the power away, 0 takes it away at once. */
  readonly emergency: 'category_0' | 'category_1';
  /** The arm stands when every measured joint is slower than this (rad/s or m/s). */
  readonly standstillVelocity: number;
  /** Brakes close at the latest so long (s) after the path has come to a stand, even if the joints are not measured or not still. */
  readonly brakeTimeout: number;
}

/**
 * Cameras at 20 Hz with up to 50 ms of delay are 100 ms old at most; a visual policy without one steers blind. Wrist
 * sensor and joints at 500 Hz with up to 20 ms of delay are 22 ms old at most; without them the force monitor is blind and
 * the arm's place unknown, so nobody can say that standing powered is safe. Language is heard at no rate: its end is told,
 * and does not stop the arm by itself.
 */
const STREAMS: Readonly<Record<string, StreamRule>> = {
  vision: {
    deadline: 0.25,
    lost: 'hold',
    frozen: { samples: 8, when: 'moving', reaction: 'hold' },
    bad: { samples: 3, reaction: 'hold' },
  },
  wrench: {
    deadline: 0.04,
    lost: 'protective_stop',
    frozen: { samples: 20, when: 'always', reaction: 'protective_stop' },
    bad: { samples: 5, reaction: 'protective_stop' },
  },
  joints: {
    deadline: 0.04,
    lost: 'protective_stop',
    frozen: { samples: 20, when: 'moving', reaction: 'protective_stop' },
    bad: { samples: 5, reaction: 'protective_stop' },
  },
  language: { deadline: 1, lost: 'report', frozen: null, bad: { samples: 1, reaction: 'report' } },
  '*': { deadline: 0.5, lost: 'report', frozen: null, bad: { samples: 5, reaction: 'report' } },
};

export const DEFAULT_WATCHDOG: WatchdogConfig = {
  streams: STREAMS,
  command: { deadline: 0.05, reaction: 'hold' },
  reject: { time: 0.1, reaction: 'protective_stop' },
  queue: { grace: 0, reaction: 'hold' },
  heartbeats: {
    loop: { deadline: 0.05, reaction: 'hold', from: 'first beat' },
    policy: { deadline: 0.05, reaction: 'hold', from: 'first beat' },
  },
  // The slowest way to a measured joint: 40 ms to the servo, 50 ms of the servo's own, 20 ms back.
  joints: { step: 0.005, speeds: 2, error: 0.06, lag: 0.15, memory: 0.3, samples: 10, settle: 0.5, reaction: 'hold' },
  clock: { maximumStep: 0.1, ahead: 0.01, reaction: 'hold' },
};

export const DEFAULT_STOPS: StopsConfig = {
  emergency: 'category_1',
  standstillVelocity: 0.02,
  brakeTimeout: 0.5,
};

/** The rule of a stream: by its name, else by its modality, else the one for all others. */
export function ruleOf(streams: WatchdogConfig['streams'], name: string, modality: string): StreamRule {
  const rule = Object.hasOwn(streams, name) ? streams[name] : Object.hasOwn(streams, modality) && streams[modality];
  return rule || streams['*'] || STREAMS['*'];
}
