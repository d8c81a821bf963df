import type { Reaction } from '../../config/reaction.ts';
import type { SafetyCause, SafetyData } from '../states/event.ts';

/** Times are sums of rounded steps: a deadline has passed only beyond this (s). */
export const TIME_TOLERANCE_S = 1e-9;

/** Looks out for one fault. */
export interface Monitor {
  readonly cause: SafetyCause;
  readonly reaction: Reaction;
  /** True while the fault lasts. Called every tick; allocates nothing. */
  check(now: number): boolean;
  /** Figures of the fault, asked for only when it is reported. */
  data(now: number): SafetyData;
  /** One line that names the thing, the value and what was expected. */
  message(now: number): string;
}

/** Time in ms for a message, short. */
export const milliseconds = (seconds: number): string =>
  Number.isFinite(seconds) ? `${Number((seconds * 1000).toFixed(1))} ms` : 'ever';
