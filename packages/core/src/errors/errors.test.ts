import { describe, expect, it } from 'vitest';
import { errorRegistry } from '../rpc/errors.ts';
import { InputError, PolicyError, PraxisError } from './errors.ts';

describe('an error from another copy of this package', async () => {
  // The query gives the module, and so its classes, a second time.
  const copy: typeof import('./errors.ts') = await import('./errors.ts?copy' as string);
  class OwnError extends copy.InputError {}

  it('is an instance of the same class here, and of its bases', () => {
    expect(copy.InputError).not.toBe(InputError);
    for (const error of [new copy.InputError('5: expected 6'), new OwnError('5: expected 6')]) {
      expect(error instanceof InputError).toBe(true);
      expect(error instanceof PraxisError).toBe(true);
      expect(error instanceof PolicyError).toBe(false);
    }
  });

  it('keeps its class on the way to another process', () => {
    const received = errorRegistry.decode(errorRegistry.encode(new OwnError('5: expected 6')));
    expect(received).toBeInstanceOf(InputError);
    expect(received.message).toBe('5: expected 6');
  });

  it('is no instance of a subclass', () => {
    class NarrowError extends InputError {}
    expect(new copy.InputError('5') instanceof NarrowError).toBe(false);
    expect(new InputError('5') instanceof NarrowError).toBe(false);
    expect(new NarrowError('5') instanceof NarrowError).toBe(true);
    expect(new PraxisError('5') instanceof InputError).toBe(false);
  });

  it('is told from other values', () => {
    for (const value of [undefined, null, 5, 'text', {}, new Error('5')])
      expect(value instanceof PraxisError).toBe(false);
  });
});
