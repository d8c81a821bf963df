/** An event of a control loop, with its time (s) on the robot's clock. */
export type LoopEvent = { readonly time: number } & (
  | { readonly kind: 'started'; readonly data: { readonly inputs: readonly string[] } }
  /** The user accepted a robot that differs from those that the policy was trained for; the message says how. */
  | { readonly kind: 'other_robot'; readonly data: { readonly message: string } }
  | { readonly kind: 'stopped'; readonly data: Record<string, never> }
  | { readonly kind: 'masked'; readonly data: { readonly mask: readonly string[] } }
  /** No action is left; the arm continues to the last target. */
  | { readonly kind: 'empty_queue'; readonly data: Record<string, never> }
  /** No action has arrived for too long, or the policy failed or refused; the arm brakes and stands. */
  | { readonly kind: 'holding'; readonly data: Record<string, never> }
  /** The observation of the newest chunk is too old (s); the rest of the chunk is dropped. */
  | { readonly kind: 'stale_chunk'; readonly data: { readonly age: number; readonly maximum: number } }
  /** Actions arrived again. */
  | { readonly kind: 'resumed'; readonly data: Record<string, never> }
  | { readonly kind: 'policy_error'; readonly data: { readonly message: string; readonly error: unknown } }
  /**
   * The policy refuses the instruction, and the message says why; the arm stands until the policy gives actions again. One event per series
   * of refusals for the same reason.
   */
  | { readonly kind: 'refused'; readonly data: { readonly message: string } }
  /** A sample violated its spec or was not finite, and was ignored. One event per series of them in one stream. */
  | { readonly kind: 'bad_sample'; readonly data: { readonly stream: string; readonly message: string } }
  /** The loop's clock (no stream) or the clock of a stream's stamps went back by `step` (s); what depended on it starts anew. */
  | { readonly kind: 'clock_jump'; readonly data: { readonly stream?: string; readonly step: number } }
  | { readonly kind: 'stream_error'; readonly data: { readonly message: string; readonly error: unknown } }
  | { readonly kind: 'command_refused'; readonly data: { readonly message: string; readonly error: unknown } }
  /** An inference was due before the previous result was used. */
  | { readonly kind: 'missed_deadline'; readonly data: Record<string, never> }
);

/** An event without its time. */
export type LoopEventBody = LoopEvent extends infer E ? (E extends unknown ? Omit<E, 'time'> : never) : never;

/** Counters of a control loop since its construction. */
export interface LoopStats {
  readonly ticks: number;
  readonly inferences: number;
  /** Chunks that the scheduler accepted. */
  readonly chunks: number;
  readonly policyErrors: number;
  /** Inferences in which the policy refused the instruction. */
  readonly refusals: number;
  /** Inferences that were due before the previous result was used. */
  readonly missedDeadlines: number;
  /** Ticks without an action after the first chunk, except while the policy refuses. */
  readonly emptyQueueTicks: number;
  readonly commandsRefused: number;
  /** Samples ignored because they violated their spec or were not finite. */
  readonly badSamples: number;
  /** Samples ignored because a newer one of their stream had arrived before. */
  readonly reorderedSamples: number;
  /** Duration of each inference (ms), the newest 10,000. */
  readonly inferenceMs: readonly number[];
}

/** Number of inference durations that the statistics keep. */
const MAX_DURATION_COUNT = 10_000;

/** The writable {@link LoopStats} of a loop. */
export class LoopCounters implements LoopStats {
  ticks = 0;
  inferences = 0;
  chunks = 0;
  policyErrors = 0;
  refusals = 0;
  missedDeadlines = 0;
  emptyQueueTicks = 0;
  commandsRefused = 0;
  badSamples = 0;
  reorderedSamples = 0;
  readonly inferenceMs: number[] = [];

  recordInference(milliseconds: number): void {
    this.inferences++;
    this.inferenceMs.push(milliseconds);
    if (this.inferenceMs.length > MAX_DURATION_COUNT) this.inferenceMs.shift();
  }
}
