/** Something that was said, and what was made of it. Seconds are stamps of the audio's own clock. */
export interface RecognisedUtterance {
  /** In lower case; empty when nothing was recognised. */
  readonly text: string;
  /** `no` for what is probably no command, or not for the robot: it must not be acted on. */
  readonly accepted: 'yes' | 'no';
  /** 0..1: that it is a command, 0.5 being where it is taken for one. */
  readonly confidence: number;
  /** When speech began and ended (s). */
  readonly start: number;
  readonly end: number;
  /** Time that recognition took (s). */
  readonly compute: number;
}

/** What the sound is like just now, 32 ms at a time. */
export interface AudioLevel {
  /** Of the first sample (s). */
  readonly stamp: number;
  /** Of what came in, before noise is taken off: dB below full scale, -Infinity of nothing. */
  readonly decibels: number;
  /** That it is speech, 0..1. */
  readonly speechProbability: number;
}

/** How the listener is; the first that holds, from the bottom. */
export type ListenerState =
  | { readonly kind: 'listening' }
  | { readonly kind: 'speech' }
  /** Too loud: what is said is distorted and probably not understood. */
  | { readonly kind: 'clipped' }
  /** Blocks that hold no sound, or come at another rate than they say. */
  | { readonly kind: 'broken audio'; readonly reason: string }
  /** Nothing comes; also before anything has come. */
  | { readonly kind: 'no audio' }
  | { readonly kind: 'starting' }
  /** It is started again by itself. */
  | { readonly kind: 'recogniser exited'; readonly what: 'commands' | 'stop words'; readonly reason: string };

/** What was lost so that memory stays bounded. */
export interface ListenerCounters {
  readonly utterances: number;
  /** Utterances that waited for the recogniser until too many did. */
  readonly droppedUtterances: number;
  /** Sound that came faster than it was worked on (s). */
  readonly droppedSeconds: number;
  /** Blocks that could not be used. */
  readonly brokenBlocks: number;
  /** Jumps of the stamps: sound that never came. */
  readonly gaps: number;
  readonly restarts: number;
}
