import { InputError } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemsOfShard, parseShard, requireEveryShard, shardText } from './shard.ts';

describe('shards', () => {
  it('hold every item once, in its order, and differ by at most one item in size', () => {
    const sizes = fc
      .integer({ min: 1, max: 60 })
      .chain((length) => fc.tuple(fc.constant(length), fc.integer({ min: 1, max: length })));
    fc.assert(
      fc.property(sizes, ([length, count]) => {
        const items = Array.from({ length }, (_, i) => i);
        const shards = Array.from({ length: count }, (_, i) =>
          itemsOfShard(items, { index: i + 1, count }, 'episodes'),
        );
        expect(shards.flat().sort((a, b) => a - b)).toEqual(items);
        for (const shard of shards) {
          expect(shard).toEqual([...shard].sort((a, b) => a - b));
          expect([Math.floor(length / count), Math.ceil(length / count)]).toContain(shard.length);
        }
      }),
    );
  });

  it('are never empty', () => {
    expect(() => itemsOfShard([1, 2], { index: 3, count: 3 }, 'episodes')).toThrow(
      '--shard 3/3: 2 episodes make at most 2 shards',
    );
    expect(itemsOfShard([1, 2], undefined, 'episodes')).toEqual([1, 2]);
  });

  it('have one text each, and no other text is a shard', () => {
    const shards = fc
      .integer({ min: 1, max: 999_999 })
      .chain((count) => fc.record({ index: fc.integer({ min: 1, max: count }), count: fc.constant(count) }));
    fc.assert(
      fc.property(shards, (shard) => {
        expect(parseShard(shardText(shard))).toEqual(shard);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        const shard = parseShard(text);
        if (shard) expect([shard.index >= 1, shard.index <= shard.count]).toEqual([true, true]);
      }),
    );
    for (const text of ['0/3', '4/3', '1/0', '1', '1/', '-1/3', '1/3/5', '1.5/3', ' 1/3', '']) {
      expect([text, parseShard(text)]).toEqual([text, undefined]);
    }
  });

  it.each([
    [['1/3', '3/3'], 'missing is shard 2/3'],
    [['2/4'], 'missing are shards 1/4, 3/4, 4/4'],
    [['1/2', '2/2', '1/2'], 'shard 1/2 is there twice: a and c'],
    [['1/2', '2/3'], 'b: is shard 2/3, expected one of 2, as a is'],
  ])('%j are not all parts once: %s', (texts, message) => {
    const shards = texts.map((text, i) => ({ name: 'abc'[i], shard: parseShard(text)! }));
    expect(() => requireEveryShard(shards)).toThrow(new InputError(message));
  });

  it('are accepted in any order', () => {
    const shards = ['3/3', '1/3', '2/3'].map((text) => ({ name: text, shard: parseShard(text)! }));
    expect(() => requireEveryShard(shards)).not.toThrow();
  });
});
