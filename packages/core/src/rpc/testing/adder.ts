import { CommandError, InputError, PolicyError } from '../../errors/errors.ts';
import { type Emit, type ServiceImplementation, Transferring } from '../index.ts';

/** A service for tests, with one method for each course of a call. */
export interface Adder {
  readonly methods: {
    add(amount: number): number;
    /** Answers after `ms` milliseconds. */
    addLater(order: { readonly amount: number; readonly ms: number }): number;
    reset(): void;
    double(samples: Float64Array): Float64Array;
    refuse(kind: 'input' | 'policy' | 'plain'): never;
    exit(status: number): never;
    hang(): never;
    /** Runs until it is cancelled. */
    wait(): Promise<never>;
    cancelled(): number;
  };
  readonly events: { sum: number };
  readonly info: { readonly start: number };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export function openAdder(start: number, emit: Emit<Adder>): ServiceImplementation<Adder> {
  if (start < 0) throw new InputError(`${start}: expected 0 or more`);
  let sum = start;
  let cancelled = 0;
  const add = (amount: number): number => {
    sum += amount;
    emit('sum', sum);
    return sum;
  };
  return {
    info: { start },
    methods: {
      add,
      async addLater({ amount, ms }, context) {
        context.releaseQueue();
        await sleep(ms);
        return add(amount);
      },
      reset() {
        sum = 0;
      },
      double(samples) {
        const doubled = samples.map((x) => 2 * x);
        return new Transferring(doubled, [doubled.buffer]);
      },
      refuse(kind) {
        const cause = new CommandError('joint 3 is out of range', { cause: new RangeError('4 rad') });
        if (kind === 'input') throw new InputError('no such input', { cause });
        if (kind === 'policy') throw new PolicyError('no such policy');
        throw new Error('I am tired');
      },
      exit(status) {
        globalThis.process.stderr.write('something was broken\n');
        globalThis.process.exit(status);
      },
      hang() {
        for (;;);
      },
      wait(_, { signal, releaseQueue }) {
        releaseQueue();
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            cancelled++;
            reject(signal.reason);
          });
        });
      },
      cancelled: () => cancelled,
    },
  };
}
