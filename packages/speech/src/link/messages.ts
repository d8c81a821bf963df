import { InputError } from '@praxis/core';
import type { Extension } from '@praxis/policy';
import type { HeardUtterance, ListenerState } from '../listening/heard.ts';
import type { StopEvent } from '../recognition/stop-event.ts';
import type { Piece } from './piece.ts';

/** Path of the socket on the server that serves the page. */
export const VOICE_PATH = '/voice';

/** A page asks to be listened to. */
export interface Opening {
  /** Of the pieces to come (Hz). */
  readonly rate: number;
  /** What the policy that is going to obey knows besides. */
  readonly extension: Extension;
}

/** The server's recogniser, as a page calls it. Times are on the clock of the pieces' stamps (s). */
export interface VoiceService {
  readonly methods: {
    /** Once. Answered when the recogniser is there; rejects with one line on why nobody listens. */
    listen(opening: Opening): void;
    /** A piece of sound, after `listen`. */
    hear(piece: Piece): void;
  };
  readonly events: {
    state: ListenerState;
    /** A stop word, while the utterance may still go on. */
    stop: StopEvent;
    utterance: Pick<HeardUtterance, 'text' | 'accepted' | 'confidence' | 'start' | 'end'>;
    /** Pieces that were thrown away since the beginning, because nobody kept up. */
    dropped: number;
  };
}

/** Rates that microphones have (Hz). */
export const LOWEST_RATE = 8_000;
export const HIGHEST_RATE = 192_000;

const MOST_WORDS = 20_000;
const LONGEST_WORDING = 2_000;

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.length <= MOST_WORDS &&
  value.every((each) => typeof each === 'string' && each.length <= LONGEST_WORDING);

/** @throws {InputError} on anything that is no opening, naming what is wrong. */
export function parseOpening(value: unknown): Opening {
  const { rate, extension } = (value ?? {}) as { [K in keyof Opening]?: unknown };
  if (!Number.isInteger(rate) || (rate as number) < LOWEST_RATE || (rate as number) > HIGHEST_RATE) {
    throw new InputError(
      `voice: rate ${JSON.stringify(rate)}, expected a whole number from ${LOWEST_RATE} to ${HIGHEST_RATE} Hz`,
    );
  }
  const { words, instructions } = (extension ?? {}) as { [K in keyof Extension]?: unknown };
  if (!isTexts(words) || !isTexts(instructions)) {
    throw new InputError(
      `voice: extension, expected words and instructions, ${MOST_WORDS} at most, of ${LONGEST_WORDING} letters at most`,
    );
  }
  return { rate: rate as number, extension: { words, instructions } };
}
