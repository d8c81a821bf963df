import { readFileSync } from 'node:fs';
import { PolicyError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { imageProcessor } from './image.ts';
import { tokensProcessor, wordsOf } from './tokens.ts';
import { vectorProcessor } from './vector.ts';

describe('image processor', () => {
  const mean = [0.5, 0.25, 0];
  const std = [0.5, 0.25, 1];

  it('moves channels to the front and normalises each', () => {
    const processor = imageProcessor('x', [1, 2, 3], { mean, std });
    processor.write([{ width: 2, height: 1, data: Uint8Array.of(255, 0, 51, 0, 255, 102) }]);
    expect(processor.shape).toEqual([1, 3, 1, 2]);
    expect([...processor.data]).toEqual([1, -1, -1, 3, 0.2, 0.4].map(Math.fround));
  });

  it('refuses samples that are not images of its size', () => {
    const processor = imageProcessor('encoder front', [1, 2, 3], { mean, std });
    expect(() => processor.write(['red'])).toThrow('encoder front: a sample has type string, expected an image');
    expect(() => processor.write([{ width: 2, height: 1, data: new Uint8Array(5) }])).toThrow(PolicyError);
  });
});

describe('vector processor', () => {
  const statistics = { mean: [1, 10], std: [2, 5] };
  const sample = (a: number, b: number) => Float64Array.of(a, b);

  it('normalises each sample of the window, oldest first', () => {
    const processor = vectorProcessor('x', 2, statistics);
    processor.write([sample(1, 10), sample(5, 0)]);
    expect(processor.shape).toEqual([1, 2, 2]);
    expect([...processor.data]).toEqual([0, 0, 2, -2]);
  });

  it('repeats the oldest sample before the window is full', () => {
    const processor = vectorProcessor('x', 4, statistics);
    processor.write([sample(3, 15), sample(5, 0)]);
    expect([...processor.data]).toEqual([1, 1, 1, 1, 1, 1, 2, -2]);
  });

  it('uses the newest samples when there are more', () => {
    const processor = vectorProcessor('x', 1, statistics);
    processor.write([sample(3, 15), sample(5, 0)]);
    expect(processor.shape).toEqual([1, 2]);
    expect([...processor.data]).toEqual([2, -2]);
  });

  it('reads the positions of a joint state', () => {
    const processor = vectorProcessor('x', 1, statistics);
    const [position, velocity] = [sample(3, 15), sample(100, 100)];
    processor.write([{ names: ['shoulder', 'elbow'], position, velocity }]);
    expect([...processor.data]).toEqual([1, 1]);
    const one = { names: ['shoulder'], position: Float64Array.of(1), velocity: Float64Array.of(0) };
    expect(() => processor.write([one])).toThrow('x: a sample has 1 numbers, expected a Float64Array of 2');
  });

  it('refuses other lengths and numbers that are not finite', () => {
    const processor = vectorProcessor('encoder wrench', 1, statistics);
    expect(() => processor.write([Float64Array.of(1)])).toThrow('a sample has 1 numbers, expected a Float64Array of 2');
    expect(() => processor.write([sample(1, Number.POSITIVE_INFINITY)])).toThrow(
      'element 1 is Infinity, expected finite',
    );
  });
});

const wordCases = JSON.parse(readFileSync(new URL('word-cases.json', import.meta.url), 'utf8')) as readonly (readonly [
  string,
  readonly string[],
])[];

describe('tokens processor', () => {
  const vocabulary = ['<pad>', '<unk>', 'lift', 'the', 'block', 'dont', '2'];
  const ids = (text: string, length = 6): number[] => {
    const processor = tokensProcessor('x', { vocabulary, length });
    processor.write([text]);
    return [...processor.data].map(Number);
  };

  it('maps words to indices and unknown words to 1, and pads with 0', () => {
    expect(ids('lift the red block')).toEqual([2, 3, 1, 4, 0, 0]);
  });

  it('removes case, splits at every separator and drops apostrophes', () => {
    expect(ids("  LIFT, the   block-2; don't!")).toEqual([2, 3, 4, 6, 5, 0]);
    expect(wordsOf('tab\tis a space, é is nothing')).toEqual(['tab', 'is', 'a', 'space', 'is', 'nothing']);
  });

  it.each(wordCases)('splits %j into %j, as the training program does', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  it('truncates long texts, and overwrites the previous text', () => {
    const processor = tokensProcessor('x', { vocabulary, length: 2 });
    processor.write(['lift the block']);
    expect([...processor.data]).toEqual([2n, 3n]);
    processor.write(['']);
    expect([...processor.data]).toEqual([0n, 0n]);
  });

  it('maps the reserved words of the vocabulary to unknown', () => {
    expect(ids('<pad> <unk>')).toEqual([1, 1, 0, 0, 0, 0]);
  });

  it('refuses samples that are not strings', () => {
    const processor = tokensProcessor('encoder language', { vocabulary, length: 2 });
    expect(() => processor.write([Float64Array.of(1)])).toThrow(
      'encoder language: a sample has type object, expected a string',
    );
  });
});
