import { Random, STOP_WORDS, stopWordIn } from '@praxis/core';
import { durationOf, SPEECH_RATE, WIDTH } from '@praxis/speech';
import { loadSpeechEmbedding } from '@praxis/speech/node';
import { Language } from '@praxis/teleop';
import { describe, expect, it } from 'vitest';
import { ExampleGenerator, type Voice } from './example-generator.ts';
import { Lessons } from './lesson.ts';
import { generateShard } from './shard.ts';

const lessons = new Lessons(new Language(), ['garden', 'stopper', 'halting', 'lemon', 'frozen'], new Random(1));
const drawn = (count: number) => {
  const random = new Random(2);
  return Array.from({ length: count }, () => lessons.draw(random));
};

/** Says a tone for each word. */
const tones: Voice = {
  name: 'tones',
  weight: 1,
  speak: (text, stretch) => {
    const length = Math.round(0.2 * stretch * text.split(' ').length * SPEECH_RATE);
    return { samples: Float32Array.from({ length }, (_, i) => Math.sin(i / 5)), rate: SPEECH_RATE };
  },
};
const recording = () => ({ samples: new Float32Array(4_000).fill(0.1), rate: 8_000 });
const generator = (seed: number) => new ExampleGenerator(lessons, [tones], [recording], new Random(seed));

describe('Lessons', () => {
  it('hold stop words at the end of the parts that say so, and nowhere else', () => {
    for (const lesson of drawn(500)) {
      if (lesson.kind !== 'speech') continue;
      for (const { text, stop } of lesson.parts) {
        const words = text.split(' ');
        expect(words.at(-1) === stop || stop === undefined, text).toBe(true);
        const others = (stop === undefined ? words : words.slice(0, -1)).filter((word) => word !== 'emergency');
        expect(stopWordIn(others), text).toBeUndefined();
      }
    }
  });

  it('are stop words by nearly half, each of them often, and otherwise commands, talk, recordings and noise', () => {
    const all = drawn(1_000);
    const stops = all.flatMap((each) => (each.kind === 'speech' ? each.parts.flatMap(({ stop }) => stop ?? []) : []));
    for (const word of STOP_WORDS) expect(stops.filter((each) => each === word).length).toBeGreaterThan(30);
    expect(stops.length).toBeGreaterThan(400);
    expect(stops.length).toBeLessThan(700);
    for (const kind of ['recording', 'noise']) expect(all.some((each) => each.kind === kind)).toBe(true);
  });
});

describe('ExampleGenerator', () => {
  it('says when stop words end, within the sound', () => {
    const one = generator(3);
    let stops = 0;
    for (let i = 0; i < 60; i++) {
      const taught = one.next();
      for (const { end } of taught.stops) {
        stops++;
        expect(end).toBeGreaterThan(0.2);
        expect(end).toBeLessThan(durationOf(taught.audio) - 0.4);
      }
      for (const sample of taught.audio.samples) if (!(Math.abs(sample) <= 1)) expect.fail(`sample ${sample}`);
    }
    expect(stops).toBeGreaterThan(10);
  });

  it('gives the same lessons for the same seed', () => {
    const [one, other, another] = [generator(4), generator(4), generator(5)];
    for (let i = 0; i < 5; i++) {
      const taught = one.next();
      expect(other.next()).toEqual(taught);
      expect(another.next()).not.toEqual(taught);
    }
  });
});

it('a shard has an embedding each 80 ms, and stamps on the time of all its sound', async () => {
  const embedding = await loadSpeechEmbedding();
  const shard = await generateShard(generator(6), 8, embedding);
  await embedding.close();
  const { end } = shard.segments.at(-1)!;
  expect(Math.abs(shard.embeddings.length * 0.08 - end)).toBeLessThan(0.25);
  for (const values of shard.embeddings) expect(values).toHaveLength(WIDTH);
  for (const [i, { begin }] of shard.segments.slice(1).entries()) expect(begin).toBe(shard.segments[i].end);
  for (const stop of shard.stops) expect(shard.segments.some((s) => s.begin < stop.end && stop.end < s.end)).toBe(true);
});
