import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BindError, CommandError, InputError, PolicyError, PraxisError, UnknownStreamError } from '../errors/errors.ts';
import { ErrorRegistry, errorRegistry } from './errors.ts';

const classes = {
  PraxisError,
  UnknownStreamError,
  CommandError,
  BindError,
  PolicyError,
  InputError,
  RangeError,
  Error,
};
/** Clones an error as a message port, a process or a socket does. */
const carry = (error: unknown, registry = errorRegistry): Error =>
  registry.decode(JSON.parse(JSON.stringify(registry.encode(error))));

describe('ErrorRegistry', () => {
  it('keeps class, message, stack and all causes', () => {
    const links = fc.array(fc.tuple(fc.constantFrom(...Object.values(classes)), fc.string()), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(links, (chain) => {
        const error = chain.reduce<Error | undefined>((cause, [Type, text]) => new Type(text, { cause }), undefined);
        let there = error;
        let here: Error | undefined = carry(error);
        for (const [Type, text] of chain.toReversed()) {
          expect(here).toBeInstanceOf(Type);
          expect([here?.name, here?.message, here?.stack]).toEqual([there?.name, text, there?.stack]);
          [there, here] = [there?.cause as Error, here?.cause as Error];
        }
        expect(here).toBeUndefined();
      }),
    );
  });

  it('decodes an unregistered class as its nearest registered base, with its own name', () => {
    class MicrophoneError extends InputError {
      override readonly name = 'MicrophoneError' as never;
    }
    const error = carry(new MicrophoneError('no microphone'));
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toBe('MicrophoneError: no microphone');
    const registry = new ErrorRegistry().register('MicrophoneError', MicrophoneError);
    expect(carry(new MicrophoneError('no microphone'), registry)).toBeInstanceOf(MicrophoneError);
  });

  it('encodes any thrown value and a cyclic chain of causes', () => {
    expect(carry('a text').message).toBe('a text');
    expect(carry(undefined).message).toBe('undefined');
    const error = new Error('ring');
    error.cause = error;
    expect(carry(error).message).toBe('ring');
  });
});
