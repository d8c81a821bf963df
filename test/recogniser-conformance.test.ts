import { InputError, stopWordIn } from '@praxis/core';
import { Language, wordsIn } from '@praxis/teleop';
import { describe, expect, it } from 'vitest';
import { rms, SPEECH_SAMPLE_RATE_HZ } from '../packages/speech/src/audio/audio.ts';
import { recogniserConformance } from '../packages/speech/src/conformance/recogniser.ts';
import type { Recogniser, RecognitionResult } from '../packages/speech/src/recognition/recogniser.ts';

/** Encodes letters as samples, from which `WordReader` reads the text. */
const synthesize = (text: string): Float32Array =>
  Float32Array.from({ length: SPEECH_SAMPLE_RATE_HZ / 2 }, (_, i) => (i < text.length ? text.charCodeAt(i) : 0));

class WordReader implements Recogniser {
  static readonly language = new Language();
  #resolveExit: (reason: string) => void = () => {};
  readonly exited = new Promise<string>((resolve) => (this.#resolveExit = resolve));
  closed = false;

  decodeLetters(samples: Float32Array): RecognitionResult {
    const letters = [...samples].filter((sample) => sample >= 32);
    const text = rms(samples) < 1 ? '' : wordsIn(String.fromCharCode(...letters)).join(' ');
    const stop = stopWordIn(text.split(' '));
    const accepted = text !== '' && WordReader.language.interpret(text).kind !== 'unknown';
    const stops = stop
      ? [{ word: stop, end: 0.2, detected: 0.3, by: 'commands' as const, confidence: 'high' as const }]
      : [];
    return { text, confidence: accepted ? 0.9 : 0.1, accepted: accepted ? 'yes' : 'no', stops, compute: 0 };
  }

  async recognise(samples: Float32Array): Promise<RecognitionResult> {
    await new Promise(setImmediate);
    if (this.closed) throw new InputError('gone');
    return this.decodeLetters(samples);
  }

  close(): Promise<void> {
    this.closed = true;
    this.#resolveExit('closed');
    return Promise.resolve();
  }
}

describe('a conforming recogniser passes', () => {
  for (const { name, run } of recogniserConformance(() =>
    Promise.resolve({ recogniser: new WordReader(), synthesize }),
  ))
    it(name, run);
});

const brokenRecognisers: Record<string, [new () => WordReader, string, RegExp]> = {
  'one that answers in capitals': [
    class extends WordReader {
      override decodeLetters(samples: Float32Array) {
        const result = super.decodeLetters(samples);
        return { ...result, text: result.text.toUpperCase() };
      }
    },
    'recognises and accepts commands',
    /expected words in lower case/,
  ],
  'one that accepts everything': [
    class extends WordReader {
      override decodeLetters(samples: Float32Array) {
        return { ...super.decodeLetters(samples), text: 'hold', confidence: 1, accepted: 'yes' as const };
      }
    },
    'rejects conversation',
    /accepted as "hold"/,
  ],
  'one that misses stops': [
    class extends WordReader {
      override decodeLetters(samples: Float32Array) {
        return { ...super.decodeLetters(samples), stops: [] };
      }
    },
    'reports stop words',
    /reported no stop word/,
  ],
  'one that answers out of order': [
    class extends WordReader {
      #count = 0;
      override async recognise(samples: Float32Array) {
        if (this.#count++ === 0) await new Promise((resolve) => setTimeout(resolve, 20));
        return super.recognise(samples);
      }
    },
    'answers concurrent calls',
    /answered in the order 1, 2/,
  ],
  'one that modifies its samples': [
    class extends WordReader {
      override decodeLetters(samples: Float32Array) {
        const result = super.decodeLetters(samples);
        samples.fill(0);
        return result;
      }
    },
    'answers concurrent calls',
    /modified its samples/,
  ],
  'one that continues after close': [
    class extends WordReader {
      override close() {
        return Promise.resolve();
      }
    },
    'ends pending recognitions',
    /ended with an answer, expected InputError/,
  ],
};

describe('the suite names the fault of', () => {
  for (const [name, [Faulty, test, message]] of Object.entries(brokenRecognisers)) {
    it(name, async () => {
      const tests = recogniserConformance(() => Promise.resolve({ recogniser: new Faulty(), synthesize }));
      await expect(tests.find((each) => each.name.startsWith(test))!.run()).rejects.toThrow(message);
    });
  }
});
