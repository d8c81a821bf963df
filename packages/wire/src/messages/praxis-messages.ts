/** Messages of `praxis_msgs`: what a recording has beside the standard types. SI units. */

import type { Header } from './messages.ts';

/** `praxis_msgs/Vector`: a sample of a stream without a standard type; the channel's metadata has names and units. */
export interface VectorMessage {
  readonly header: Header;
  readonly data: Float64Array;
}

/** `praxis_msgs/Command`: a command to an arm (positions, width) or to a base (twist), in the order of the command's spec. */
export interface CommandMessage {
  readonly header: Header;
  /** Name of the command. */
  readonly group: string;
  /** Joint targets (rad, m); empty for a base. */
  readonly position: Float64Array;
  /** Distance between the fingers (m). */
  readonly gripper_width: number;
  /** Velocities (m/s, rad/s); empty for an arm. */
  readonly twist: Float64Array;
}

/** `praxis_msgs/ActionChunk`: the actions that the loop accepted from the policy. */
export interface ActionChunkMessage {
  readonly header: Header;
  /** Stamp of the observation (s). */
  readonly observed: number;
  /** Time between two rows (s). */
  readonly period: number;
  readonly horizon: number;
  /** Duration of the inference (ms); NaN if it is not known. */
  readonly compute_ms: number;
  readonly blocks: readonly {
    readonly name: string;
    readonly space: string;
    readonly unit: string;
    readonly data: Float64Array;
  }[];
}

/** `praxis_msgs/Gates`: the weight of each modality in the fusion, 0..1. */
export interface GatesMessage {
  readonly header: Header;
  readonly modalities: readonly string[];
  readonly weights: Float64Array;
}

/** `praxis_msgs/Observation`: what the policy got, with a CRC-32 of the samples of each input. */
export interface ObservationMessage {
  readonly header: Header;
  readonly inputs: readonly string[];
  readonly present: readonly boolean[];
  /** Age of the newest sample of each input (s); infinite without one. */
  readonly ages: Float64Array;
  readonly digests: Uint32Array;
}

/** `praxis_msgs/SafetyEvent`: an event of the supervisor; `data` is JSON. */
export interface SafetyEventMessage {
  readonly header: Header;
  readonly from_state: string;
  readonly to_state: string;
  readonly cause: string;
  readonly message: string;
  readonly data: string;
}

/** `praxis_msgs/LoopEvent`: an event of the control loop; `data` is JSON. */
export interface LoopEventMessage {
  readonly header: Header;
  readonly kind: string;
  readonly data: string;
}

/** `praxis_msgs/OperatorInput`: a request, a change of the driver, or a typed or spoken command of a person. */
export interface OperatorInputMessage {
  readonly header: Header;
  readonly kind: string;
  readonly text: string;
}

/** `praxis_msgs/Driver`: who drives the robot from this control period on: `policy`, or `operator` for a person. */
export interface DriverMessage {
  readonly header: Header;
  readonly driver: string;
}

/**
 * `praxis_msgs/Period`: the end of a control period, with the exact times of the samples that arrived in it. A message of ROS has whole
 * nanoseconds; a replay needs all bits.
 */
export interface PeriodMessage {
  readonly header: Header;
  /** Time of the period (s). */
  readonly time: number;
  /** False in a period in which the loop was blocked. */
  readonly loop_ticked: boolean;
  /** State of the supervisor; empty without one. */
  readonly safety_state: string;
  /** Samples of this period that were dropped because the recording did not keep up. */
  readonly dropped: number;
  /** Index in the robot's streams of each recorded sample of the period, in their order. */
  readonly streams: Uint16Array;
  /** Time of validity and of receipt of each (s). */
  readonly stamps: Float64Array;
  readonly received: Float64Array;
  /** CRC-32 of the value of each. */
  readonly digests: Uint32Array;
}
