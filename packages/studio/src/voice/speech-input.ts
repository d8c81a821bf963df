import type { RecognisedUtterance, StopEvent } from '@praxis/speech';

/** State of a speech input. */
export type SpeechInputState =
  | { readonly kind: 'off' }
  /** The browser asks for the microphone, or the recogniser starts. Audio is kept until it is ready. */
  | { readonly kind: 'starting' }
  /** Microphone and recogniser are open but do not listen. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'listening' }
  | { readonly kind: 'speech' }
  /** It listens with a problem, which the message names in one line. */
  | { readonly kind: 'degraded'; readonly message: string }
  /** It cannot listen, for the reason in the message (one line). */
  | { readonly kind: 'failed'; readonly message: string };

/** A recognised utterance. Its times are in seconds since 1970. */
export type SpokenUtterance = Pick<RecognisedUtterance, 'text' | 'accepted' | 'confidence' | 'start' | 'end'>;

/** Functions that a speech input calls. */
export interface SpeechInputHandlers {
  onState(state: SpeechInputState): void;
  onUtterance(utterance: SpokenUtterance): void;
  /** A stop word, possibly during the utterance. Its times are in seconds since 1970. */
  onStopWord(stop: StopEvent): void;
  /** Level of the microphone while it listens, 0..1. */
  onLevel(level: number): void;
  /** Audio was dropped because the computer is too slow. @param blocks number of blocks since listening started */
  onDropped(blocks: number): void;
}

/** A source of utterances and stop words for the page. */
export interface SpeechInput {
  /** Starts to listen, and opens the microphone and the recogniser when necessary. */
  startListening(): void;
  /** Stops listening. An utterance in progress is still recognised. */
  stopListening(): void;
  /** Releases the microphone and the recogniser. */
  close(): void;
}
