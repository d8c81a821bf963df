import { InputError } from '@praxis/core';
import type { VocabularyExtension } from '@praxis/policy';
import type { ListenerState, RecognisedUtterance } from '../listening/listener-events.ts';
import type { StopEvent } from '../recognition/stop-event.ts';
import type { AudioPacket } from './audio-packet.ts';

/** Path of the socket on the server that serves the page. */
export const VOICE_PATH = '/voice';

/** A page asks to be listened to. */
export interface OpenRequest {
  /** Of the pieces to come (Hz). */
  readonly rate: number;
  /** What the policy that is going to obey knows besides. */
  readonly extension: VocabularyExtension;
}

/** The server's recogniser, as a page calls it. Times are on the clock of the pieces' stamps (s). */
export interface VoiceService {
  readonly methods: {
    /** Once. Answered when the recogniser is there; rejects with one line on why nobody listens. */
    listen(opening: OpenRequest): void;
    /** A piece of sound, after `listen`. */
    hear(piece: AudioPacket): void;
  };
  readonly events: {
    state: ListenerState;
    /** A stop word, while the utterance may still go on. */
    stop: StopEvent;
    utterance: Pick<RecognisedUtterance, 'text' | 'accepted' | 'confidence' | 'start' | 'end'>;
    /** Pieces that were thrown away since the beginning, because nobody kept up. */
    dropped: number;
  };
}

/** Rates that microphones have (Hz). */
export const MIN_MICROPHONE_RATE_HZ = 8_000;
export const MAX_MICROPHONE_RATE_HZ = 192_000;

const MAX_EXTENSION_WORDS = 20_000;
const MAX_WORDING_LETTERS = 2_000;

const isWordingList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.length <= MAX_EXTENSION_WORDS &&
  value.every((each) => typeof each === 'string' && each.length <= MAX_WORDING_LETTERS);

/** @throws {InputError} on anything that is no opening, naming what is wrong. */
export function parseOpenRequest(value: unknown): OpenRequest {
  const { rate, extension } = (value ?? {}) as { [K in keyof OpenRequest]?: unknown };
  if (
    !Number.isInteger(rate) ||
    (rate as number) < MIN_MICROPHONE_RATE_HZ ||
    (rate as number) > MAX_MICROPHONE_RATE_HZ
  ) {
    throw new InputError(
      `voice: rate ${JSON.stringify(rate)}, expected a whole number from ${MIN_MICROPHONE_RATE_HZ} to ${MAX_MICROPHONE_RATE_HZ} Hz`,
    );
  }
  const { words, instructions } = (extension ?? {}) as { [K in keyof VocabularyExtension]?: unknown };
  if (!isWordingList(words) || !isWordingList(instructions)) {
    throw new InputError(
      `voice: extension, expected words and instructions, ${MAX_EXTENSION_WORDS} at most, of ${MAX_WORDING_LETTERS} letters at most`,
    );
  }
  return { rate: rate as number, extension: { words, instructions } };
}
