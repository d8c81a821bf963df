import type { FileCut } from '@praxis/wire/mcap';
import type { OperatorJudgement } from '../recording/operator-judgement.ts';
import type { NumberDifference } from './difference.ts';

/** What is compared with the recording, in the order of the loop. */
export type ComparedKind = 'observation' | 'chunk' | 'loop_command' | 'robot_command' | 'safety';

/** The first place where the replay leaves the recording. */
export interface FirstDifference {
  /** Number of the control period, from 0, and its time (s). */
  readonly period: number;
  readonly time: number;
  readonly kind: ComparedKind;
  /** The number that differs most there; undefined where records are missing or differ otherwise. */
  readonly largest?: NumberDifference;
  /** The stream that led to it; undefined if all inputs are equal. */
  readonly stream?: string;
  /** One line for people. */
  readonly cause: string;
}

/** A sample that is not the one that was recorded. */
export interface AlteredSample {
  readonly stream: string;
  readonly period: number;
  /** Its stamp (s). */
  readonly stamp: number;
  /** Time of its period (s). */
  readonly time: number;
}

/** A fact of the recording that is different now. */
export interface ChangedFact {
  readonly what: string;
  readonly recorded: string;
  readonly present: string;
}

/** How many records of a kind were compared, and how many differ. */
export interface ComparedCount {
  readonly compared: number;
  readonly differing: number;
}

/** Result of a replay. */
export interface ReplayReport {
  readonly file: string;
  readonly task: string;
  readonly seed: string;
  readonly policy: string;
  /** What a person said of the episode; empty for nothing. */
  readonly judgement: OperatorJudgement;
  /** `exact`: every action and command has the recorded bits, and no sample was altered. */
  readonly verdict: 'exact' | 'different';
  readonly periods: number;
  /** Length of the replayed recording (s). */
  readonly seconds: number;
  readonly counts: Readonly<Record<ComparedKind, ComparedCount>>;
  readonly first?: FirstDifference;
  /** Altered samples, the first ten. */
  readonly altered: readonly AlteredSample[];
  readonly changed: readonly ChangedFact[];
  /** Samples that the recording lacks. */
  readonly dropped: number;
  /** Where the file was cut off; absent for a complete one. */
  readonly cut?: FileCut;
  /** Fault that was injected into the recorded run, which a replay does not inject. */
  readonly fault?: string;
}
