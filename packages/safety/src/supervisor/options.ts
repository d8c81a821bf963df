import type { Kinematics, SignalSpec, ToolLoad } from '@praxis/core';
import type { RobotModel } from '@praxis/model';
import type { SafetyConfig } from '../config/safety-config.ts';
import type { Verdict } from '../filter/verdict.ts';
import type { SafetyState } from './states/state.ts';

export interface SupervisorOptions {
  /** Joints of the command, in its order, without the gripper. */
  readonly names: readonly string[];
  /** Of the robot; one of modality `joints` that has all the names is needed. */
  readonly streams: readonly SignalSpec[];
  readonly model: RobotModel;
  /** From the base to the tool. */
  readonly kinematics: Kinematics;
  /** What hangs on the wrist sensor. Without it, or without a stream of modality `wrench`, contact is not watched. */
  readonly tool?: ToolLoad;
  readonly config: SafetyConfig;
  /** Time from one tick to the next (s). */
  readonly period: number;
  /** Joints whose positions add up to the gripper's width. Default `finger_joint1`, `finger_joint2`; `[]` without a gripper. */
  readonly fingerJoints?: readonly string[];
  /**
   * While no command is let through, `hold` keeps the target where it was, for an owner that goes on sending it. `follow`
   * takes the measured place, for one that sends nothing then: somebody else may move the arm meanwhile. Default `hold`.
   */
  readonly whileReady?: 'hold' | 'follow';
}

/** What is to be sent to the robot now. */
export interface SupervisorOutput {
  readonly state: SafetyState;
  /** Whether the arm was measured yet. Before that there is no target to send. */
  readonly place: 'known' | 'unknown';
  /** Joint targets (rad, m) in the order of the names. */
  readonly position: Float64Array;
  /** m. */
  readonly gripperWidth: number;
  /** False: the brakes are to be closed. */
  readonly powered: boolean;
  /** What the filter made of the newest command; undefined when it was not asked. */
  readonly verdict: Verdict | undefined;
}

/** What became of a request. */
export type RequestResult = { readonly ok: true } | { readonly ok: false; readonly reason: string };
