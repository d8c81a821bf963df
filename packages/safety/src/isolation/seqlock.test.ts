import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RecordReader, RecordWriter, recordBytes } from './seqlock.ts';

const SIZE = 3;

/** Reader and writer of one record. Record number k holds k in every element. */
function ends() {
  const memory = new SharedArrayBuffer(recordBytes(SIZE));
  const writer = new RecordWriter(memory, 0, SIZE);
  const write = (k: number) => {
    writer.values.fill(k);
    writer.publish();
  };
  return { memory, write, reader: new RecordReader(memory, 0, SIZE) };
}

/** Runs an action of the other side before the n-th of the named atomic operations, as another thread might. */
function meddle(operation: 'load' | 'store', at: ReadonlySet<number>, act: () => void): void {
  const real = Atomics[operation] as (...rest: unknown[]) => unknown;
  let count = 0;
  let busy = false;
  vi.spyOn(Atomics, operation).mockImplementation(((...args: unknown[]) => {
    if (!busy && at.has(count++)) {
      busy = true;
      act();
      busy = false;
    }
    return real(...args);
  }) as never);
}

afterEach(() => {
  vi.restoreAllMocks();
});

const times = fc.uniqueArray(fc.nat(40), { maxLength: 8 }).map((list) => new Set(list));

describe('a seqlock record', () => {
  it('is read once, bit-identical', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: SIZE, maxLength: SIZE }), (values) => {
        const memory = new SharedArrayBuffer(recordBytes(SIZE));
        const writer = new RecordWriter(memory, 0, SIZE);
        const reader = new RecordReader(memory, 0, SIZE);
        expect(reader.read()).toBe(false);
        writer.values.set(values);
        writer.publish();
        expect(reader.read()).toBe(true);
        values.forEach((value, i) => {
          expect(Object.is(reader.values[i], value)).toBe(true);
        });
        expect(reader.read()).toBe(false);
      }),
    );
  });

  it('is never torn by a write between the steps of a read', () => {
    fc.assert(
      fc.property(times, (at) => {
        const { write, reader } = ends();
        let newest = 1;
        write(newest);
        meddle('load', at, () => write(++newest));
        const got = reader.read();
        vi.restoreAllMocks();
        if (got) {
          expect(new Set(reader.values).size).toBe(1);
          expect(reader.values[0]).toBeLessThanOrEqual(newest);
        }
        // A record missed in one read is returned by the next.
        if (!got || reader.values[0] < newest) expect(reader.read()).toBe(true);
        expect([...reader.values]).toEqual(Array(SIZE).fill(newest));
      }),
    );
  });

  it('is never read during a write', () => {
    fc.assert(
      fc.property(times, (at) => {
        const { write, reader } = ends();
        write(1);
        const seen: number[][] = [];
        meddle('store', at, () => {
          if (reader.read()) seen.push([...reader.values]);
        });
        write(2);
        vi.restoreAllMocks();
        for (const values of seen) expect(values).toEqual(Array(SIZE).fill(1));
        expect(reader.read()).toBe(true);
        expect(reader.values[0]).toBe(2);
      }),
    );
  });

  it('of a writer that died during a write is not read, and a new writer repairs it', () => {
    const { memory, write, reader } = ends();
    write(1);
    expect(reader.read()).toBe(true);
    const dies = new Error('killed');
    let stores = 0;
    const real = Atomics.store;
    vi.spyOn(Atomics, 'store').mockImplementation(((...args: Parameters<typeof Atomics.store>) => {
      if (++stores === 4) throw dies;
      return real(...args);
    }) as never);
    expect(() => write(2)).toThrow(dies);
    vi.restoreAllMocks();
    expect(reader.read()).toBe(false);
    expect([...reader.values]).toEqual(Array(SIZE).fill(1));
    const next = new RecordWriter(memory, 0, SIZE);
    next.values.fill(3);
    next.publish();
    expect(reader.read()).toBe(true);
    expect([...reader.values]).toEqual(Array(SIZE).fill(3));
  });
});
