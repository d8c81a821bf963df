import { array, assert, integer, property, tuple } from 'fast-check';
import { expect, it } from 'vitest';
import { BoundedCache } from './bounded-cache.ts';

it('keeps what was used last, and no more than its bytes', () => {
  const cache = new BoundedCache<string, number>(10);
  cache.set('a', 1, 4);
  cache.set('b', 2, 4);
  expect(cache.get('a')).toBe(1);
  cache.set('c', 3, 4);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
  cache.set('large', 4, 100);
  expect([cache.get('a'), cache.get('c'), cache.get('large')]).toEqual([undefined, undefined, 4]);
});

it('counts its bytes right, whatever is added', () => {
  assert(
    property(array(tuple(integer({ min: 0, max: 5 }), integer({ min: 0, max: 12 }))), (added) => {
      const cache = new BoundedCache<number, number>(20);
      for (const [key, bytes] of added) {
        cache.set(key, bytes, bytes);
        expect(cache.get(key)).toBe(bytes);
        expect(cache.bytes).toBeLessThanOrEqual(20);
      }
      const kept = [0, 1, 2, 3, 4, 5].reduce((sum, key) => sum + (cache.get(key) ?? 0), 0);
      expect(cache.bytes).toBe(kept);
    }),
  );
});
