import type { Reaction } from '../../config/filter-config.ts';
import type { SafetyCause, SafetyData } from '../states/state-machine.ts';

/** Detects one kind of fault. */
export interface Monitor {
  readonly cause: SafetyCause;
  readonly reaction: Reaction;
  /** True while the fault lasts. It is called every tick and allocates nothing. */
  check(now: number): boolean;
  /** Figures of the fault, computed only for a report. */
  data(now: number): SafetyData;
  /** One line that names the subject, the value and the expected one. */
  message(now: number): string;
}

/** A time in ms for a message, for example `12.5 ms`. */
export const milliseconds = (seconds: number): string =>
  Number.isFinite(seconds) ? `${Number((seconds * 1000).toFixed(1))} ms` : 'ever';
