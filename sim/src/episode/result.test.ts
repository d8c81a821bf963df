import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ActionTrace } from './result.ts';

const digest = (...chunks: Float64Array[]) => {
  const trace = new ActionTrace();
  for (const chunk of chunks) trace.add(chunk);
  return trace.digest();
};

describe('ActionTrace', () => {
  it('is the SHA-256 of the actions as consecutive 64-bit floats', () => {
    const [a, b] = [Float64Array.of(1, -0.5, 0.1), Float64Array.of(Math.PI)];
    const bytes = Buffer.from(Float64Array.of(...a, ...b).buffer);
    expect(digest(a, b)).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(digest()).toBe(createHash('sha256').digest('hex'));
  });

  it('changes with the last bit, the order and the sign of zero', () => {
    const [a, b] = [Float64Array.of(0.1), Float64Array.of(0.2)];
    expect(digest(a, b)).not.toBe(digest(b, a));
    expect(digest(Float64Array.of(0.1 + Number.EPSILON / 16))).not.toBe(digest(a));
    expect(digest(Float64Array.of(0))).not.toBe(digest(Float64Array.of(-0)));
  });

  it('hashes only the part of a buffer that the array views, and can be read before the end', () => {
    const whole = Float64Array.of(9, 0.1, 9);
    expect(digest(whole.subarray(1, 2))).toBe(digest(Float64Array.of(0.1)));
    const trace = new ActionTrace();
    trace.add(Float64Array.of(1));
    trace.digest();
    trace.add(Float64Array.of(2));
    expect(trace.digest()).toBe(digest(Float64Array.of(1, 2)));
  });
});
