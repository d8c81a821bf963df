/** A recognised utterance. Times are stamps of the audio's clock (s). */
export interface RecognisedUtterance {
  /** Lower case; empty when the recogniser found no words. */
  readonly text: string;
  /** `no` when it is probably no command or does not address the robot: do not act on it. */
  readonly accepted: 'yes' | 'no';
  /** Confidence that it is a command, 0..1; accepted from 0.5. */
  readonly confidence: number;
  /** Stamp of the first speech (s). */
  readonly start: number;
  /** Stamp of the last speech (s). */
  readonly end: number;
  /** Duration of the recognition (s). */
  readonly compute: number;
}

/** Level of one frame of 32 ms. */
export interface AudioLevel {
  /** Stamp of the first sample (s). */
  readonly stamp: number;
  /** Level before noise suppression (dB relative to full scale); -Infinity for digital silence. */
  readonly decibels: number;
  /** Probability of speech, 0..1. */
  readonly speechProbability: number;
}

/** State of the listener. When several apply, the one listed last wins. */
export type ListenerState =
  | { readonly kind: 'listening' }
  | { readonly kind: 'speech' }
  /** The input exceeds full scale: speech is distorted and recognition probably fails. */
  | { readonly kind: 'clipped' }
  /** Blocks hold invalid samples or arrive at a rate other than the declared one. */
  | { readonly kind: 'broken audio'; readonly reason: string }
  /** No block arrives, or none has arrived yet. */
  | { readonly kind: 'no audio' }
  | { readonly kind: 'starting' }
  /** A recogniser or spotter exited; the listener restarts it. */
  | { readonly kind: 'recogniser exited'; readonly what: 'commands' | 'stop words'; readonly reason: string };

/** Totals since the start, among them the audio that was dropped to bound memory. */
export interface ListenerCounters {
  readonly utterances: number;
  /** Utterances dropped before recognition: too many, too old, or lost with an exited recogniser. */
  readonly droppedUtterances: number;
  /** Audio dropped because it arrived faster than it was processed (s). */
  readonly droppedSeconds: number;
  /** Blocks rejected as invalid. */
  readonly brokenBlocks: number;
  /** Jumps of the stamps: missing audio. */
  readonly gaps: number;
  readonly restarts: number;
}
