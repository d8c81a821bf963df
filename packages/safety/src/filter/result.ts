/** The checks that a command goes through, in this order. */
export const FILTER_STAGES = [
  'shape',
  'age',
  'jump',
  'joints',
  'cartesian',
  'workspace',
  'distance',
  'singularity',
  'contact',
] as const;
export type FilterStage = (typeof FILTER_STAGES)[number];

/** `pass`: sent as it came. `clamp`: changed so that it keeps the limits. `reject`: not used; the arm brakes this tick. */
export type Verdict = 'pass' | 'clamp' | 'reject';

/** What the filter made of one command. */
export interface FilterResult {
  readonly verdict: Verdict;
  /** The first stage that changed or refused the command; undefined when it passed. */
  readonly stage: FilterStage | undefined;
  /** One line that names the stage, the value and what was expected; made when asked for. */
  message(): string;
}

/**
 * How a stop brakes, each with limits of its own: `hold` is a stop under control that stays powered (category 2 style),
 * `protective` the one before the brakes close, `emergency` the hardest (category 1).
 */
export type StopMode = 'hold' | 'protective' | 'emergency';
export const STOP_MODES: readonly StopMode[] = ['hold', 'protective', 'emergency'];

/** What a stop that begins now will take. */
export interface StoppingEstimate {
  /** s. */
  readonly time: number;
  /** Farthest that any joint still moves (rad). */
  readonly jointDistance: number;
  /** Length of the tool's way (m). */
  readonly toolDistance: number;
}
