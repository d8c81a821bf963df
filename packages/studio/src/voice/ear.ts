import type { RecognisedUtterance, StopEvent } from '@praxis/speech';

/** How listening is. */
export type EarState =
  | { readonly kind: 'off' }
  /** The browser asks for the microphone, or the recogniser starts. What is said meanwhile is kept. */
  | { readonly kind: 'starting' }
  /** It could listen and does not. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'listening' }
  | { readonly kind: 'speech' }
  /** It listens and something is the matter. One line. */
  | { readonly kind: 'impaired'; readonly message: string }
  /** It does not listen, and why. One line. */
  | { readonly kind: 'trouble'; readonly message: string };

/** Seconds since 1970. */
export type Said = Pick<RecognisedUtterance, 'text' | 'accepted' | 'confidence' | 'start' | 'end'>;

export interface EarHandlers {
  state(state: EarState): void;
  said(said: Said): void;
  /** A stop word, maybe while the utterance goes on. Its times are seconds since 1970. */
  stop(stop: StopEvent): void;
  /** Loudness of what comes in while it listens, 0..1. */
  level(level: number): void;
  /** Sound was thrown away because somebody did not keep up. @param pieces since listening began */
  dropped(pieces: number): void;
}

/** What can listen for the page. */
export interface Ear {
  /** Begins to listen; what is missing is asked for and started. */
  listen(): void;
  /** What was being said is still understood; nothing more is listened to. */
  rest(): void;
  /** Gives everything back. */
  close(): void;
}
