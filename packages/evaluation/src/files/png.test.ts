import { inflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { encodePng } from './png.ts';

it('holds the size and every pixel', () => {
  const [width, height] = [5, 3];
  const rgb = Uint8Array.from({ length: 3 * width * height }, (_, i) => (i * 37) % 256);
  const png = encodePng(rgb, width, height);
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  expect([...png.subarray(1, 4)]).toEqual([...new TextEncoder().encode('PNG')]);
  expect([view.getUint32(16), view.getUint32(20)]).toEqual([width, height]);
  // The data follows the signature (8 bytes) and the header (25 bytes).
  const length = view.getUint32(33);
  const rows = inflateSync(png.subarray(41, 41 + length));
  for (let y = 0; y < height; y++) {
    const row = rows.subarray(y * (3 * width + 1), (y + 1) * (3 * width + 1));
    expect([row[0], ...row.subarray(1)]).toEqual([0, ...rgb.subarray(3 * width * y, 3 * width * (y + 1))]);
  }
});
