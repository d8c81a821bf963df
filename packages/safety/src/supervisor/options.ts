import type { Kinematics, SignalSpec, ToolLoad } from '@praxis/core';
import type { RobotModel } from '@praxis/model';
import type { Observable } from 'rxjs';
import type { SafetyConfig } from '../config/safety-config.ts';
import type { Verdict } from '../filter/verdict.ts';
import type { SafetyEvent, SafetyState } from './states/state-machine.ts';

/** The arm, its sensors and the configuration of a supervisor. */
export interface SupervisorOptions {
  /** Joints of the command, in its order, without the gripper. */
  readonly names: readonly string[];
  /** Streams of the robot. One stream of modality `joints` must have all the names. */
  readonly streams: readonly SignalSpec[];
  /** Model of the robot; its limits and shapes apply. */
  readonly model: RobotModel;
  /** Kinematics from the base to the tool. */
  readonly kinematics: Kinematics;
  /**
   * Load on the wrist sensor. Without it, or without a stream of modality `wrench`, the supervisor does not monitor
   * contact.
   */
  readonly tool?: ToolLoad;
  /** Limits, deadlines and reactions, see {@link SafetyConfig}. */
  readonly config: SafetyConfig;
  /** Time between two ticks (s). */
  readonly period: number;
  /**
   * Joints whose positions add up to the gripper's width. Default `finger_joint1`, `finger_joint2`; `[]` without a
   * gripper.
   */
  readonly fingerJoints?: readonly string[];
  /**
   * The target while no command may move the arm. `hold` keeps the last target, for an owner that continues to send it.
   * `follow` uses the measured position, for an owner that sends nothing while another program may move the arm.
   * Default `hold`.
   */
  readonly whileReady?: 'hold' | 'follow';
}

/** Output of a supervisor for one period. */
export interface SupervisorOutput {
  /** State after this tick. */
  readonly state: SafetyState;
  /** `known` once the arm's position was measured. Before that there is no target to send. */
  readonly place: 'known' | 'unknown';
  /** Joint targets (rad, m) in the order of the names. */
  readonly position: Float64Array;
  /** Distance between the fingers (m). */
  readonly gripperWidth: number;
  /** False when the brakes must be closed. */
  readonly powered: boolean;
  /** The filter's verdict on the newest command; undefined if the filter was not used in this tick. */
  readonly verdict: Verdict | undefined;
}

/** Answer to a request. A refusal carries its reason in one line. */
export type RequestResult = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** What can be seen of a supervisor, or of all supervisors of a robot with several command groups. */
export interface SupervisorView {
  /** The present state; of several supervisors, that of the one that allows least. */
  readonly state: SafetyState;
  /** The event that began the present stop; undefined without one. */
  readonly stopCause: SafetyEvent | undefined;
  /** The newest 1000 events, oldest first. */
  readonly log: readonly SafetyEvent[];
  /** Every change of state and every reported fault, as it happens. */
  readonly events$: Observable<SafetyEvent>;
  /** Says which streams the program reads that moves the robot, see `Supervisor.needStreams`. */
  needStreams(streams: Iterable<string> | 'all'): void;
}
