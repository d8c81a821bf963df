import type { RecognisedUtterance, StopEvent } from '@praxis/speech';

/** How listening is. */
export type SpeechInputState =
  | { readonly kind: 'off' }
  /** The browser asks for the microphone, or the recogniser starts. What is said meanwhile is kept. */
  | { readonly kind: 'starting' }
  /** It could listen and does not. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'listening' }
  | { readonly kind: 'speech' }
  /** It listens and something is the matter. One line. */
  | { readonly kind: 'degraded'; readonly message: string }
  /** It does not listen, and why. One line. */
  | { readonly kind: 'failed'; readonly message: string };

/** Seconds since 1970. */
export type SpokenUtterance = Pick<RecognisedUtterance, 'text' | 'accepted' | 'confidence' | 'start' | 'end'>;

export interface SpeechInputHandlers {
  onState(state: SpeechInputState): void;
  onUtterance(utterance: SpokenUtterance): void;
  /** A stop word, maybe while the utterance goes on. Its times are seconds since 1970. */
  onStopWord(stop: StopEvent): void;
  /** Loudness of what comes in while it listens, 0..1. */
  onLevel(level: number): void;
  /** Sound was thrown away because somebody did not keep up. @param pieces since listening began */
  onDropped(pieces: number): void;
}

/** What can listen for the page. */
export interface SpeechInput {
  /** Begins to listen; what is missing is asked for and started. */
  startListening(): void;
  /** What was being said is still understood; nothing more is listened to. */
  stopListening(): void;
  /** Gives everything back. */
  close(): void;
}
