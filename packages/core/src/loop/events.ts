/** What happened in a loop, with its time (s) on the robot's clock. */
export type LoopEvent = { readonly time: number } & (
  | { readonly kind: 'started'; readonly data: { readonly inputs: readonly string[] } }
  | { readonly kind: 'stopped'; readonly data: Record<string, never> }
  | { readonly kind: 'masked'; readonly data: { readonly mask: readonly string[] } }
  /** No action is left for now: the arm goes on to the last target. */
  | { readonly kind: 'empty_queue'; readonly data: Record<string, never> }
  /** Actions have been out for too long, or the policy failed: the arm brakes and stands. */
  | { readonly kind: 'holding'; readonly data: Record<string, never> }
  /** The newest chunk answers an observation that is too old (s); what it still held is dropped. */
  | { readonly kind: 'stale_chunk'; readonly data: { readonly age: number; readonly maximum: number } }
  /** Actions came again. */
  | { readonly kind: 'resumed'; readonly data: Record<string, never> }
  | { readonly kind: 'policy_error'; readonly data: { readonly message: string; readonly error: unknown } }
  /** A sample was not what its spec says, or not finite, and was left out; once for a row of them in one stream. */
  | { readonly kind: 'bad_sample'; readonly data: { readonly stream: string; readonly message: string } }
  | { readonly kind: 'stream_error'; readonly data: { readonly message: string; readonly error: unknown } }
  | { readonly kind: 'command_refused'; readonly data: { readonly message: string; readonly error: unknown } }
  /** An inference was due while the one before was not yet used. */
  | { readonly kind: 'missed_deadline'; readonly data: Record<string, never> }
);

/** An event without its time. */
export type LoopEventBody = LoopEvent extends infer E ? (E extends unknown ? Omit<E, 'time'> : never) : never;

/** Counts since the loop was made. */
export interface LoopStats {
  readonly ticks: number;
  readonly inferences: number;
  /** Chunks that the scheduler took. */
  readonly chunks: number;
  readonly policyErrors: number;
  /** Inferences that were due while the one before was not yet used. */
  readonly missedDeadlines: number;
  /** Ticks without an action after the first chunk. */
  readonly emptyQueueTicks: number;
  readonly commandsRefused: number;
  /** Samples left out because they were not what their spec says, or not finite. */
  readonly badSamples: number;
  /** Samples left out because a newer one of their stream had come before. */
  readonly reorderedSamples: number;
  /** How long each inference took (ms), the newest 10,000. */
  readonly inferenceMilliseconds: readonly number[];
}

const MAX_INFERENCE_TIMES = 10_000;

/** The loop's side of {@link LoopStats}. */
export class LoopCounters implements LoopStats {
  ticks = 0;
  inferences = 0;
  chunks = 0;
  policyErrors = 0;
  missedDeadlines = 0;
  emptyQueueTicks = 0;
  commandsRefused = 0;
  badSamples = 0;
  reorderedSamples = 0;
  readonly inferenceMilliseconds: number[] = [];

  recordInference(milliseconds: number): void {
    this.inferences++;
    this.inferenceMilliseconds.push(milliseconds);
    if (this.inferenceMilliseconds.length > MAX_INFERENCE_TIMES) this.inferenceMilliseconds.shift();
  }
}
