import { Random, stopWordIn } from '@praxis/core';
import { type Audio, rms, SPEECH_SAMPLE_RATE_HZ } from '@praxis/speech';
import { Language, wordsIn } from '@praxis/teleop';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHATTER, drawPhrases, STOP_UTTERANCES } from '../phrases.ts';
import { mixNoise, padWithSilence, speechEndS } from '../sound.ts';
import type { TestVoice } from '../test-voices.ts';
import { type ListenerOutput, wordErrors } from '../transcriber.ts';
import { measureRecognition, type RecognitionTally, recognitionStepCount } from './measure.ts';

const language = new Language();
const tone = (seconds: number): Audio => ({
  samples: Float32Array.from({ length: seconds * SPEECH_SAMPLE_RATE_HZ }, (_, i) => 0.3 * Math.sin(0.2 * i)),
  rate: SPEECH_SAMPLE_RATE_HZ,
});

describe('drawPhrases', () => {
  it('draws at least 60 commands of every kind but stop, the same ones for the same seed', () => {
    const draw = () => drawPhrases(language, 3, new Random(1, 'phrases'));
    const phrases = draw();
    expect(phrases.length).toBeGreaterThanOrEqual(60);
    expect(new Set(phrases.map(({ intent }) => intent.kind))).toEqual(
      new Set(language.rows.map(({ kind }) => kind).filter((kind) => kind !== 'stop')),
    );
    expect(draw()).toEqual(phrases);
  });
});

describe('CHATTER and STOP_UTTERANCES', () => {
  it('hold no command, and end with a stop word', () => {
    for (const text of CHATTER) expect(language.interpret(text), text).toMatchObject({ kind: 'unknown' });
    for (const text of STOP_UTTERANCES) expect(stopWordIn([wordsIn(text).at(-1)!]), text).toBeDefined();
  });
});

describe('mixNoise', () => {
  it('sets the signal-to-noise ratio of the speech without its silence', () => {
    const speech = padWithSilence(tone(1));
    for (const noise of ['pink', 'motor', 'babble'] as const) {
      const mixed = mixNoise(speech, { noise, decibels: 10 }, [tone(0.7)], new Random(2, 'noise'));
      const alone = mixed.samples.map((sample, i) => sample - speech.samples[i]);
      expect(20 * Math.log10(rms(tone(1).samples) / rms(alone))).toBeCloseTo(10, 0);
    }
    expect(mixNoise(speech, { noise: 'none' }, [], new Random(2, 'noise'))).toBe(speech);
  });
});

describe('speechEndS', () => {
  it('is the end of the sound before the silence', () => {
    expect(speechEndS(padWithSilence(tone(1.23)))).toBeCloseTo(0.5 + 1.23, 1);
  });
});

describe('wordErrors', () => {
  it('counts insertions, deletions and substitutions', () => {
    expect(wordErrors('move left five', 'move right five')).toEqual({ errors: 1, words: 3 });
    expect(wordErrors('move left five', 'move five')).toEqual({ errors: 1, words: 3 });
    expect(wordErrors('move', 'please move now')).toEqual({ errors: 2, words: 1 });
    expect(wordErrors('', '')).toEqual({ errors: 0, words: 0 });
  });

  it('is a distance: 0 only for equal texts, symmetric, at most the longer length', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(words, words, (a, b) => {
        const { errors } = wordErrors(a, b);
        expect(errors === 0).toBe(a === b);
        expect(wordErrors(b, a).errors).toBe(errors);
        expect(errors).toBeLessThanOrEqual(Math.max(...[a, b].map((text) => text.split(' ').filter(Boolean).length)));
      }),
    );
  });
});

describe('measureRecognition', () => {
  /** Texts that the voices have spoken. */
  const spokenTexts: string[] = [];
  const testVoice = (name: string, group: TestVoice['group']): TestVoice => ({
    name,
    group,
    synthesize(text, stretch) {
      spokenTexts.push(text);
      return tone(0.2 * stretch);
    },
  });
  /** Recognises the last text 0.1 s after its end; in noise it recognises nothing. */
  const perfect = ({ samples }: Audio): Promise<ListenerOutput> => {
    const text = spokenTexts.at(-1)!;
    const word = stopWordIn(text.split(' '));
    // The silence before the speech contains only the noise.
    const quiet = rms(samples.subarray(0, 4000)) === 0;
    const end = samples.length / SPEECH_SAMPLE_RATE_HZ - 0.5;
    const accepted = language.interpret(text).kind === 'unknown' ? 'no' : 'yes';
    const utterances = [{ text, confidence: 1, accepted, start: 0.5, end, compute: 0.01 }] as const;
    const stops = [{ word: word ?? 'stop', end, detected: end + 0.1, by: 'stop words', confidence: 'high' }] as const;
    // There is one false stop, in the first sentence of chatter.
    const detected = word !== undefined || text === CHATTER[0];
    return Promise.resolve({ utterances: quiet ? utterances : [], stops: quiet && detected ? stops : [] });
  };

  it('counts right, wrong and accepted utterances by group and noise', async () => {
    const voices = [testVoice('a', 'held out'), testVoice('b', 'held out'), testVoice('c', 'stress')];
    let steps = 0;
    const { rows, utterances, seconds } = await measureRecognition({
      language,
      transcribe: perfect,
      voices,
      wordingsPerRow: 1,
      seed: 1,
      onStep: () => steps++,
    });
    expect(steps).toBe(recognitionStepCount(voices));
    const clean = rows.find(({ group, noise }) => group === 'held out' && noise === 'clean')!;
    expect(clean).toMatchObject({ right: 1, wrongAccepted: 0, wordErrorRate: 0, chatterAccepted: 0, stopsDetected: 1 });
    expect(clean.stopDelays).toHaveLength(2 * STOP_UTTERANCES.length);
    for (const delay of clean.stopDelays) expect(delay).toBeCloseTo(0.1, 1);
    const noisy = rows.find(({ group, noise, ratio }) => group === 'stress' && noise === 'babble' && ratio === 10)!;
    expect(noisy).toMatchObject({ right: 0, wrongAccepted: 0, wordErrorRate: 1, stopsDetected: 0 });
    expect(rows).toHaveLength(2 * 7);
    const perVoice = clean.commands / 2 + CHATTER.length + STOP_UTTERANCES.length;
    expect(utterances).toBe(3 * 7 * perVoice);
    expect(seconds).toBeGreaterThan(utterances);
    expect(clean.falseStops).toBeGreaterThan(0);
    expect(noisy.falseStops).toBe(0);
  });

  it('resumes from a checkpoint with the same result', async () => {
    const voices = [testVoice('a', 'held out')];
    const kept = new Map<string, RecognitionTally>();
    const measure = () =>
      measureRecognition({
        language,
        transcribe: perfect,
        voices,
        wordingsPerRow: 1,
        seed: 1,
        checkpoint: kept,
      });
    const first = await measure();
    expect(kept.size).toBe(recognitionStepCount(voices));
    kept.delete('a, clean');
    spokenTexts.length = 0;
    expect(await measure()).toEqual(first);
    expect(spokenTexts.length).toBeLessThan(first.utterances / 3);
  });
});
