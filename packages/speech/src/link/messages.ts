import { InputError } from '@praxis/core';
import type { VocabularyExtension } from '@praxis/policy';
import { MAX_SAMPLE_RATE_HZ } from '../audio/audio.ts';
import type { ListenerState, RecognisedUtterance } from '../listening/listener-events.ts';
import type { StopEvent } from '../recognition/stop-event.ts';
import type { AudioPacket } from './audio-packet.ts';

/** Path of the WebSocket on the server of the page. */
export const VOICE_PATH = '/voice';

/** A page's request to recognise its microphone. */
export interface OpenRequest {
  /** Sample rate of the packets to come (Hz). */
  readonly rate: number;
  /** Words and instructions of the loaded policy beyond the command language. */
  readonly extension: VocabularyExtension;
  /** Random name of the page's tab, which a reload keeps: a new session replaces the tab's old one at once. */
  readonly token: string;
}

/** The interface of the server's recogniser to a page. Times are on the clock of the packets' stamps (s). */
export interface VoiceService {
  readonly methods: {
    /** Starts the recognition; one call per connection. Resolves once the recogniser runs; rejects with a reason of one line. */
    listen(request: OpenRequest): void;
    /** Sends audio; valid after the call of `listen`. */
    acceptAudio(packet: AudioPacket): void;
  };
  readonly events: {
    state: ListenerState;
    /** A stop word, possibly during the utterance. */
    stop: StopEvent;
    utterance: Pick<RecognisedUtterance, 'text' | 'accepted' | 'confidence' | 'start' | 'end'>;
    /** Total of packets that the server dropped because it was too slow. */
    dropped: number;
  };
}

/** Lowest sample rate that the server accepts (Hz). */
export const MIN_MICROPHONE_RATE_HZ = 8_000;

const TOKEN = /^[\w-]{16,64}$/;
const MAX_EXTENSION_WORDS = 20_000;
const MAX_WORDING_LETTERS = 2_000;

const isWordingList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) &&
  value.length <= MAX_EXTENSION_WORDS &&
  value.every((each) => typeof each === 'string' && each.length <= MAX_WORDING_LETTERS);

/** Validates the argument of `listen`. @throws {InputError} with the invalid field and the expected value */
export function parseOpenRequest(value: unknown): OpenRequest {
  const { rate, extension, token } = (value ?? {}) as { [K in keyof OpenRequest]?: unknown };
  if (!Number.isInteger(rate) || (rate as number) < MIN_MICROPHONE_RATE_HZ || (rate as number) > MAX_SAMPLE_RATE_HZ) {
    throw new InputError(
      `voice: rate ${JSON.stringify(rate)}, expected a whole number from ${MIN_MICROPHONE_RATE_HZ} to ${MAX_SAMPLE_RATE_HZ} Hz`,
    );
  }
  const { words, instructions } = (extension ?? {}) as { [K in keyof VocabularyExtension]?: unknown };
  if (!isWordingList(words) || !isWordingList(instructions)) {
    throw new InputError(
      `voice: extension, expected at most ${MAX_EXTENSION_WORDS} words and instructions of at most ${MAX_WORDING_LETTERS} letters`,
    );
  }
  if (typeof token !== 'string' || !TOKEN.test(token)) {
    throw new InputError(`voice: token, expected 16 to 64 letters, digits and hyphens`);
  }
  return { rate: rate as number, extension: { words, instructions }, token };
}
