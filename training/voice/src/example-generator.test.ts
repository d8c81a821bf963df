import { Random, STOP_WORDS, stopWordIn } from '@praxis/core';
import { durationS, EMBEDDING_SIZE, SPEECH_SAMPLE_RATE_HZ } from '@praxis/speech';
import { loadSpeechEmbedder } from '@praxis/speech/node';
import { Language } from '@praxis/teleop';
import { describe, expect, it } from 'vitest';
import { ExampleGenerator, type TrainingVoice } from './example-generator.ts';
import { ExampleScripts } from './example-script.ts';
import { generateShard } from './shard.ts';

const scripts = new ExampleScripts(new Language(), ['garden', 'stopper', 'halting', 'lemon', 'frozen'], new Random(1));
const random = new Random(2);
const drawnScripts = Array.from({ length: 1_000 }, () => scripts.draw(random));

/** A voice that says each word as a tone. */
const tones: TrainingVoice = {
  name: 'tones',
  weight: 1,
  synthesize: (text, stretch) => {
    const length = Math.round(0.2 * stretch * text.split(' ').length * SPEECH_SAMPLE_RATE_HZ);
    return { samples: Float32Array.from({ length }, (_, i) => Math.sin(i / 5)), rate: SPEECH_SAMPLE_RATE_HZ };
  },
};
const recording = () => ({ samples: new Float32Array(4_000).fill(0.1), rate: 8_000 });
const generator = (seed: number) => new ExampleGenerator(scripts, [tones], [recording], new Random(seed));

describe('ExampleScripts', () => {
  it('place stop words at the end of the parts that declare one, and nowhere else', () => {
    for (const script of drawnScripts) {
      if (script.kind !== 'speech') continue;
      for (const { text, stop } of script.parts) {
        const words = text.split(' ');
        expect(words.at(-1) === stop || stop === undefined, text).toBe(true);
        const others = (stop === undefined ? words : words.slice(0, -1)).filter((word) => word !== 'emergency');
        expect(stopWordIn(others), text).toBeUndefined();
      }
    }
  });

  it('hold a stop word in nearly half of all scripts, and otherwise commands, speech, recordings and noise', () => {
    const all = drawnScripts;
    const stops = all.flatMap((each) => (each.kind === 'speech' ? each.parts.flatMap(({ stop }) => stop ?? []) : []));
    for (const word of STOP_WORDS) expect(stops.filter((each) => each === word).length).toBeGreaterThan(30);
    expect(stops.length).toBeGreaterThan(400);
    expect(stops.length).toBeLessThan(700);
    for (const kind of ['recording', 'noise']) expect(all.some((each) => each.kind === kind)).toBe(true);
  });
});

describe('ExampleGenerator', () => {
  it('gives the end of each stop word within the sound', () => {
    const one = generator(3);
    let stops = 0;
    for (let i = 0; i < 60; i++) {
      const examples = one.next();
      for (const { end } of examples.stops) {
        stops++;
        expect(end).toBeGreaterThan(0.2);
        expect(end).toBeLessThan(durationS(examples.audio) - 0.4);
      }
      for (const sample of examples.audio.samples) if (!(Math.abs(sample) <= 1)) expect.fail(`sample ${sample}`);
    }
    expect(stops).toBeGreaterThan(10);
  });

  it('gives the same examples for the same seed', () => {
    const [one, other, another] = [generator(4), generator(4), generator(5)];
    for (let i = 0; i < 5; i++) {
      const examples = one.next();
      expect(other.next()).toEqual(examples);
      expect(another.next()).not.toEqual(examples);
    }
  });
});

it('a shard has an embedding for each 80 ms, and its times count from the start of the shard', async () => {
  const embedding = await loadSpeechEmbedder();
  const shard = await generateShard(generator(6), 8, embedding);
  await embedding.close();
  const { end } = shard.segments.at(-1)!;
  expect(Math.abs(shard.embeddings.length * 0.08 - end)).toBeLessThan(0.25);
  for (const values of shard.embeddings) expect(values).toHaveLength(EMBEDDING_SIZE);
  for (const [i, { begin }] of shard.segments.slice(1).entries()) expect(begin).toBe(shard.segments[i].end);
  for (const stop of shard.stops) expect(shard.segments.some((s) => s.begin < stop.end && stop.end < s.end)).toBe(true);
});
