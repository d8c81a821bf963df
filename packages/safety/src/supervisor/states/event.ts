import type { SafetyState } from './state.ts';

/** Cause of a change of state, or of another entry in the log. */
export type SafetyCause =
  /** The arm's position was measured for the first time. */
  | 'initialised'
  | 'start'
  | 'reset'
  | 'hold_request'
  | 'protective_stop_request'
  | 'emergency_stop_request'
  /** A stream has no sample that is new enough, or it has ended. */
  | 'stream_lost'
  /** A sensor's stamps advance while its value stays equal. */
  | 'stream_frozen'
  /** Consecutive samples that violate their spec or are not finite. */
  | 'bad_samples'
  /** A measured joint moved faster than possible, or is farther behind its target than its lag explains. */
  | 'joints_implausible'
  | 'command_silence'
  /** The filter rejected every command for too long. */
  | 'command_rejected'
  | 'empty_queue'
  | 'loop_silent'
  | 'policy_silent'
  /** Time went back, or forward by more than a late tick explains. */
  | 'clock_jump'
  /** Contact force or torque above the limit for this place and time. */
  | 'contact'
  /** The limit of a protected body region (form of ISO/TS 15066). */
  | 'body_region'
  /** The environment exerts a torque on a joint, by the momentum observer. */
  | 'external_torque'
  /** A stop has ended: the time and distance that it took, with the estimate. */
  | 'standstill'
  /** The brakes closed. */
  | 'power_off'
  /** The brakes opened. */
  | 'power_on';

/** Figures of an event by name. The name ends in the unit. */
export type SafetyData = Readonly<Record<string, number | string>>;

/** A change of state. With `from` equal to `to` it records an occurrence within one state. */
export interface SafetyEvent {
  /** Time on the supervisor's clock (s). */
  readonly time: number;
  /** State before the event. */
  readonly from: SafetyState;
  /** State after the event. */
  readonly to: SafetyState;
  /** Cause of the event. */
  readonly cause: SafetyCause;
  /** Figures of the cause, in SI units. */
  readonly data: SafetyData;
  /** One line for people. */
  readonly message: string;
}
