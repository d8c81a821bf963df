import { InputError } from '@praxis/core';
import type { Extension } from '@praxis/policy';
import type { HeardUtterance, ListenerState } from '../listening/heard.ts';
import type { StopEvent } from '../recognition/stop-event.ts';

/** Path of the socket on the server that serves the page. */
export const VOICE_PATH = '/voice';

/** Whoever has the microphone, to whoever listens: the first message. Pieces of sound follow as binary messages. */
export interface Opening {
  readonly kind: 'open';
  /** Of the pieces to come (Hz). */
  readonly rate: number;
  /** What the policy that is going to obey knows besides. */
  readonly extension: Extension;
}

/** Whoever listens, to whoever has the microphone. Times are on the clock of the pieces' stamps (s). */
export type FromListener =
  /** The recogniser is there. */
  | { readonly kind: 'ready' }
  /** Nobody listens, and why, in one line; the connection ends. */
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'state'; readonly state: ListenerState }
  /** A stop word, while the utterance may still go on. */
  | { readonly kind: 'stop'; readonly stop: StopEvent }
  | ({ readonly kind: 'utterance' } & Pick<HeardUtterance, 'text' | 'accepted' | 'confidence' | 'start' | 'end'>)
  /** Pieces that were thrown away since the beginning, because nobody kept up. */
  | { readonly kind: 'dropped'; readonly pieces: number };

/** Rates that microphones have (Hz). */
export const LOWEST_RATE = 8_000;
export const HIGHEST_RATE = 192_000;

const MOST_WORDS = 20_000;
const LONGEST_WORDING = 2_000;

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.length <= MOST_WORDS &&
  value.every((each) => typeof each === 'string' && each.length <= LONGEST_WORDING);

/** @throws {InputError} on anything that is no first message, naming what is wrong. */
export function parseOpening(text: string): Opening {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch (cause) {
    throw new InputError('voice: the first message is no JSON', { cause });
  }
  const { kind, rate, extension } = (message ?? {}) as { [K in keyof Opening]?: unknown };
  if (kind !== 'open') throw new InputError(`voice: the first message is ${JSON.stringify(kind)}, expected "open"`);
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
  return { kind, rate: rate as number, extension: { words, instructions } };
}
