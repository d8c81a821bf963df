import { describe, it } from 'vitest';
import { expectSafeSequences } from './any-command-sequence.ts';

describe('any sequence of commands', () => {
  it(
    'violates no limit, never runs out of actions, and after a stop nothing moves',
    () => expectSafeSequences(40),
    900_000,
  );
});
