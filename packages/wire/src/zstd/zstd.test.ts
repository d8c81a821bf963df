import { InputError, PraxisError } from '@praxis/core';
import { array, assert, integer, property, tuple, uint8Array } from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { compressZstd, decompressZstd, loadZstd } from './zstd.ts';

beforeAll(() => loadZstd());

const content = new TextEncoder().encode('force and torque, force and torque, force and torque, 3 N'.repeat(9));

/** A frame of blocks of 128 KiB of one byte, with a header that states no size, as a stream has it. */
function bomb(blocks: number): Uint8Array {
  const block = (last: boolean) => {
    const head = (128 * 1024 * 8) | 2 | (last ? 1 : 0);
    return [head & 255, (head >> 8) & 255, head >> 16, 7];
  };
  const header = [0x28, 0xb5, 0x2f, 0xfd, 0, 0x38];
  return Uint8Array.from([...header, ...Array.from({ length: blocks }, (_, i) => block(i === blocks - 1)).flat()]);
}

describe('zstd frames', () => {
  it('every content comes back, with long and short repetitions', () => {
    const piece = tuple(uint8Array({ maxLength: 40 }), integer({ min: 1, max: 400 }));
    assert(
      property(array(piece, { maxLength: 12 }), (pieces) => {
        const bytes = Uint8Array.from(
          pieces.flatMap(([part, times]) => Array.from({ length: times }, () => [...part]).flat()),
        );
        expect(Buffer.compare(decompressZstd(compressZstd(bytes), bytes.length), bytes)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('decompresses a frame of the zstd command with a checksum and without a size', () => {
    // printf 'praxis %.0s' {1..20000} | zstd -1 --check
    const frame = Buffer.from('KLUv/QRIfAAAOHByYXhpcyABAPb/yosRRQAACGkBANyCB0KoPTaz', 'base64');
    const praxis = Buffer.from('praxis '.repeat(20_000));
    expect(Buffer.compare(decompressZstd(frame, praxis.length), praxis)).toBe(0);
  });

  it('a damaged frame is an InputError in one line or another content, and the next frame is read', () => {
    const frame = compressZstd(content);
    assert(
      property(integer({ min: 0, max: frame.length - 1 }), integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = frame.slice();
        damaged[at] ^= change;
        try {
          expect(decompressZstd(damaged, content.length)).toHaveLength(content.length);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect((error as Error).message).toMatch(/^zstd frame of \d+ bytes: .*$/);
        }
        expect(decompressZstd(frame, content.length)).toEqual(content);
      }),
    );
    assert(
      property(integer({ min: 0, max: frame.length - 1 }), (length) => {
        expect(() => decompressZstd(frame.subarray(0, length), content.length)).toThrow(InputError);
      }),
    );
  });

  it('a frame that states another size than its chunk allocates nothing', () => {
    // A single segment with a size of eight bytes.
    const frame = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 1, 0, 0]);
    expect(() => decompressZstd(frame, 1000)).toThrow(
      'zstd frame of 16 bytes: 3221225472 bytes of content, expected 1000',
    );
    expect(() => decompressZstd(frame, 3 * 1024 ** 3)).toThrow('expected at most 536870912');
  });

  it('a frame without a size decompresses to no more than its chunk states', () => {
    expect(decompressZstd(bomb(3), 3 * 128 * 1024)).toEqual(new Uint8Array(3 * 128 * 1024).fill(7));
    expect(() => decompressZstd(bomb(3), 1000)).toThrow('zstd frame of 18 bytes: it is damaged');
    expect(() => decompressZstd(bomb(3), 4 * 128 * 1024)).toThrow('393216 bytes of content, expected 524288');
  });

  it('says that its module has to be loaded first', async () => {
    vi.resetModules();
    const fresh = await import('./zstd.ts');
    expect(() => fresh.compressZstd(content)).toThrow(PraxisError);
    expect(() => fresh.decompressZstd(content, 10)).toThrow(
      'zstd: its module is not loaded, expected `await loadZstd()` first',
    );
  });
});

describe('a second copy of this module in one process', () => {
  it('shares the WebAssembly module, which must not be loaded again while it is used', async () => {
    const content = new Uint8Array(100_000).map((_, i) => i % 251);
    await loadZstd();
    const frame = compressZstd(content);
    vi.resetModules();
    const copy = await import('./zstd.ts');
    expect(copy.loadZstd).not.toBe(loadZstd);
    await copy.loadZstd();
    for (let i = 0; i < 20; i++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(decompressZstd(frame, content.length)).toEqual(content);
      expect(copy.decompressZstd(copy.compressZstd(content), content.length)).toEqual(content);
    }
  });
});
