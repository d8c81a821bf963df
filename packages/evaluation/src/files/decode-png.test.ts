import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePng } from './decode-png.ts';
import { encodePng } from './png.ts';

const picture = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 })
      .map((rgb) => ({ rgb, width, height })),
  );

/** A PNG of two rows of two RGB pixels, whose second row has a filter. */
function filtered(filter: number, second: readonly number[]): Uint8Array {
  const whole = encodePng(new Uint8Array(12), 2, 2);
  const rows = deflateSync(Uint8Array.from([0, 10, 20, 30, 40, 50, 60, filter, ...second]));
  const head = whole.subarray(0, 33);
  const data = Buffer.alloc(12 + rows.length);
  data.writeUInt32BE(rows.length);
  data.write('IDAT', 4);
  data.set(rows, 8);
  return Buffer.concat([head, data, whole.subarray(whole.length - 12)]);
}

describe('decodePng', () => {
  it('gives the pixels that encodePng took', () => {
    fc.assert(
      fc.property(picture, ({ rgb, width, height }) => {
        const decoded = decodePng(encodePng(rgb, width, height), 'picture');
        expect(decoded).toMatchObject({ width, height });
        expect([...decoded.rgb]).toEqual([...rgb]);
      }),
    );
  });

  // Each second row is 11, 22, 33, 44, 55, 66 after its filter is undone.
  it.each([
    [0, [11, 22, 33, 44, 55, 66]],
    [1, [11, 22, 33, 33, 33, 33]],
    [2, [1, 2, 3, 4, 5, 6]],
    [3, [6, 12, 18, 19, 19, 20]],
    [4, [1, 2, 3, 4, 5, 6]],
  ])('undoes filter %i', (filter, second) => {
    const { rgb } = decodePng(filtered(filter, second), 'picture');
    expect([...rgb.subarray(6)]).toEqual([11, 22, 33, 44, 55, 66]);
  });

  it('refuses a cut or foreign file in one line that names the picture', () => {
    const whole = encodePng(new Uint8Array(48).fill(7), 4, 4);
    for (let end = 0; end < whole.length - 16; end++)
      expect(() => decodePng(whole.subarray(0, end), 'frame 3')).toThrow(/^frame 3: .*expected a PNG/);
    expect(() => decodePng(filtered(5, [0, 0, 0, 0, 0, 0]), 'frame 3')).toThrow('a filter that PNG does not have');
  });
});
