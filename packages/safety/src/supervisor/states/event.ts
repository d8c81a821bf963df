import type { SafetyState } from './state.ts';

/** Why a state changed, or what else is worth a line in the record. */
export type SafetyCause =
  /** The arm's place became known. */
  | 'initialised'
  | 'start'
  | 'reset'
  | 'hold_request'
  | 'protective_stop_request'
  | 'emergency_stop_request'
  /** A stream has no sample that is new enough, or ended. */
  | 'stream_lost'
  /** A sensor's stamps go on and its value does not. */
  | 'stream_frozen'
  /** Samples that are not as their spec says, or not finite, one after the other. */
  | 'bad_samples'
  /** A measured joint moved as no joint can, or is farther from its target than it can lag behind. */
  | 'joints_implausible'
  | 'command_silence'
  /** The filter rejected every command for too long. */
  | 'command_rejected'
  | 'empty_queue'
  | 'loop_silent'
  | 'policy_silent'
  /** Time went back, or forward by more than a late tick explains. */
  | 'clock_jump'
  /** Contact that was not expected, or stronger than expected. */
  | 'contact'
  /** The limit of the body region that is being protected (form of ISO/TS 15066). */
  | 'body_region'
  /** A joint feels an outer torque, by the momentum observer. */
  | 'external_torque'
  /** A stop has come to a stand: what it took beside what was estimated. */
  | 'standstill'
  /** The brakes closed. */
  | 'power_off'
  /** The brakes opened. */
  | 'power_on';

export type SafetyData = Readonly<Record<string, number | string>>;

/** One change of state, or with `from` equal to `to` something that happened within one. */
export interface SafetyEvent {
  /** s, on the supervisor's clock. */
  readonly time: number;
  readonly from: SafetyState;
  readonly to: SafetyState;
  readonly cause: SafetyCause;
  /** Figures in SI units. */
  readonly data: SafetyData;
  /** One line for people. */
  readonly message: string;
}
