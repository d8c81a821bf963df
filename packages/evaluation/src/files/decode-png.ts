import { inflateSync } from 'node:zlib';
import { InputError } from '@praxis/core';
import { SIGNATURE } from './png.ts';

/** Channels of a pixel, by the colour types of PNG that are read: grey, RGB, grey with alpha, RGB with alpha. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 };

/** A decoded picture: `width * height * 3` bytes. */
export interface DecodedPicture {
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/**
 * Decodes a PNG of 8 bits a channel without interlacing (ISO/IEC 15948); transparency is left out.
 * @param name names the picture in messages
 * @throws {InputError} for another file or kind of PNG, and for one that is damaged
 */
export function decodePng(file: Uint8Array, name: string): DecodedPicture {
  const refuse = (reason: string, cause?: unknown): never => {
    throw new InputError(`${name}: ${reason}, expected a PNG of 8 bits without interlacing`, { cause });
  };
  if (file.length < 33 || SIGNATURE.some((byte, i) => file[i] !== byte)) refuse('no PNG file');
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const [width, height, bits, type, interlaced] = [
    view.getUint32(16),
    view.getUint32(20),
    file[24],
    file[25],
    file[28],
  ];
  const channels = CHANNELS[type];
  if (bits !== 8 || channels === undefined || interlaced !== 0)
    refuse(`${bits} bits, colour type ${type}, interlacing ${interlaced}`);
  const stride = width * channels;
  const size = height * (stride + 1);
  if (width === 0 || height === 0 || size > MAX_PICTURE_BYTES) refuse(`${width} x ${height} pixels`);
  const data: Uint8Array[] = [];
  for (let at = 8; at + 12 <= file.length; ) {
    const length = view.getUint32(at);
    if (String.fromCharCode(...file.subarray(at + 4, at + 8)) === 'IDAT')
      data.push(file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  let rows = new Uint8Array(0);
  try {
    rows = new Uint8Array(inflateSync(Buffer.concat(data), { maxOutputLength: size }));
  } catch (cause) {
    refuse('damaged pixels', cause);
  }
  if (rows.length !== size) refuse(`${rows.length} bytes of pixels instead of ${size}`);
  const pixels = unfilter(rows, height, stride, channels);
  if (!pixels) return refuse('a filter that PNG does not have');
  return { rgb: toRgb(pixels, width * height, channels), width, height };
}

const MAX_PICTURE_BYTES = 512 * 1024 ** 2;

/** Undoes the filters of the rows (clause 9); undefined for an unknown one. */
function unfilter(rows: Uint8Array, height: number, stride: number, channels: number): Uint8Array | undefined {
  const out = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (stride + 1)];
    if (filter > 4) return undefined;
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x >= channels ? out[at - channels] : 0;
      const above = y > 0 ? out[at - stride] : 0;
      const corner = x >= channels && y > 0 ? out[at - stride - channels] : 0;
      const predicted = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter];
      out[at] = rows[y * (stride + 1) + 1 + x] + predicted;
    }
  }
  return out;
}

function paeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((value) => Math.abs(estimate - value));
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

function toRgb(pixels: Uint8Array, count: number, channels: number): Uint8Array {
  if (channels === 3) return pixels;
  const rgb = new Uint8Array(count * 3);
  for (let i = 0; i < count; i++)
    for (let c = 0; c < 3; c++) rgb[3 * i + c] = pixels[i * channels + (channels < 3 ? 0 : c)];
  return rgb;
}
