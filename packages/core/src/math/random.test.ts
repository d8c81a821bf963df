import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';

const draw = (random: Random, n: number) => Array.from({ length: n }, () => random.uniform(0, 1));
const mean = (x: number[]) => x.reduce((a, b) => a + b, 0) / x.length;
const deviation = (x: number[]) => Math.sqrt(mean(x.map((v) => (v - mean(x)) ** 2)));

describe('Random', () => {
  it('repeats its sequence for a seed and label', () => {
    expect(draw(new Random(7, 'lights'), 20)).toEqual(draw(new Random(7, 'lights'), 20));
  });
  it('differs for another seed or label, neighbouring and above 2^32 included', () => {
    const first = new Set<number>();
    for (let seed = 0; seed < 2000; seed++)
      for (const label of ['', 'a', 'b']) first.add(new Random(seed, label).bits());
    expect(first.size).toBeGreaterThan(5990);
    expect(draw(new Random(1), 3)).not.toEqual(draw(new Random(1 + 2 ** 32), 3));
  });
  it('keeps its sequence in every version, so recorded seeds stay valid', () => {
    const random = new Random(2_000_000, 'poses');
    expect([random.bits(), random.bits(), random.bits()]).toMatchInlineSnapshot(`
      [
        3798658399,
        2362170248,
        1514672537,
      ]
    `);
  });
  it('uniform, normal, integer and chance have their moments', () => {
    const random = new Random(1);
    const uniform = draw(random, 20000);
    expect(mean(uniform)).toBeCloseTo(0.5, 1.9);
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...uniform)).toBeLessThan(1);
    const normal = Array.from({ length: 20000 }, () => random.normal(3, 2));
    expect(Math.abs(mean(normal) - 3)).toBeLessThan(0.06);
    expect(Math.abs(deviation(normal) - 2)).toBeLessThan(0.05);
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 8000; i++) counts[random.integer(4)]++;
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
    const hits = Array.from({ length: 8000 }, () => Number(random.chance(0.3)));
    expect(Math.abs(mean(hits) - 0.3)).toBeLessThan(0.03);
  });
  it('sub-streams are uncorrelated', () => {
    const a = draw(new Random(5, 'a'), 5000);
    const b = draw(new Random(5, 'b'), 5000);
    expect(Math.abs(mean(a.map((x, i) => (x - 0.5) * (b[i] - 0.5))) * 12)).toBeLessThan(0.05);
  });
  it('shuffle keeps the elements, and every position is equally likely', () => {
    const random = new Random(3);
    const places = [0, 0, 0, 0, 0];
    for (let i = 0; i < 5000; i++) {
      const shuffled = random.shuffle([0, 1, 2, 3, 4]);
      places[shuffled.indexOf(0)]++;
      expect([...shuffled].sort()).toEqual([0, 1, 2, 3, 4]);
    }
    for (const count of places) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
  it('refuses a seed that is not an integer and an empty pick', () => {
    expect(() => new Random(0.5)).toThrow('seed 0.5');
    expect(() => new Random(1).pick([])).toThrow('empty');
  });
});
