import { describe, expect, it } from 'vitest';
import { modelAddress, seedFrom } from './address.ts';

const page = 'http://localhost:8080/?task=pick';

describe('modelAddress', () => {
  it('defaults to the policy that comes with Praxis', () => {
    expect(modelAddress(null, page)).toBe('http://localhost:8080/models/default');
    expect(modelAddress('/models/mine/', page)).toBe('http://localhost:8080/models/mine');
  });

  it.each(['https://example.org/model', '//example.org/model', 'data:text/plain,x'])('refuses %s', (model) => {
    expect(() => modelAddress(model, page)).toThrow(`model ${model}: expected a path on http://localhost:8080`);
  });
});

describe('seedFrom', () => {
  it('accepts whole numbers that fit 31 bits', () => {
    expect(seedFrom(' 2000000 ')).toBe(2_000_000);
  });

  it.each(['', '-1', '1.5', '1e3', '2147483648', 'x'])('refuses %j', (text) => {
    expect(() => seedFrom(text)).toThrow('expected a whole number from 0 to 2147483647');
  });
});
