import { type ImageFrame, InputError } from '@praxis/core';
import { BitWriter } from './bit-writer.ts';
import { divisorsOf, forwardDct } from './forward-dct.ts';
import { HUFFMAN, type HuffmanSpec, huffmanCodes, quantisation, ZIGZAG } from './tables.ts';

const CODES = {
  dcY: huffmanCodes(HUFFMAN.dcY),
  acY: huffmanCodes(HUFFMAN.acY),
  dcC: huffmanCodes(HUFFMAN.dcC),
  acC: huffmanCodes(HUFFMAN.acC),
};
type Codes = (typeof CODES)['dcY'];

/** Symbols of a run of 16 zeros and of the end of a block. */
const ZERO_RUN = 0xf0;
const END_OF_BLOCK = 0;

const MAX_SIZE = 65_535;

/**
 * Encodes an image as baseline JPEG (ITU-T T.81, JFIF 1.01) with chrominance at half resolution. The kept encoder for WebAssembly, MozJPEG by
 * `@jsquash/jpeg`, needs 5 to 8 times as long for 640 x 480 pixels, more than the period of a camera.
 * @param image RGB, 8 bits, rows from top to bottom
 * @param quality 1..100
 * @throws {InputError} for an image without pixels, one that is larger than JPEG allows, or data of another length
 */
export function encodeJpeg({ width, height, data }: ImageFrame, quality = 85): Uint8Array {
  if (!(width >= 1 && width <= MAX_SIZE && height >= 1 && height <= MAX_SIZE))
    throw new InputError(`image: ${width} x ${height} pixels, expected 1 to ${MAX_SIZE} each`);
  if (data.length !== 3 * width * height)
    throw new InputError(`image: ${data.length} bytes, expected ${3 * width * height}`);
  if (!(quality >= 1 && quality <= 100)) throw new InputError(`quality ${quality}: expected 1 to 100`);
  const tables = quantisation(quality);
  const out = new BitWriter(1024 + Math.ceil((width * height) / 2));
  writeHead(out, width, height, tables);
  const [divideY, divideC] = tables.map(divisorsOf);
  const planes = new Planes();
  const dc = [0, 0, 0];
  for (let y = 0; y < height; y += 16) {
    for (let x = 0; x < width; x += 16) {
      planes.load(data, width, height, x, y);
      for (const block of planes.luminance) dc[0] = writeBlock(out, block, divideY, dc[0], CODES.dcY, CODES.acY);
      dc[1] = writeBlock(out, planes.blue, divideC, dc[1], CODES.dcC, CODES.acC);
      dc[2] = writeBlock(out, planes.red, divideC, dc[2], CODES.dcC, CODES.acC);
    }
  }
  out.align();
  marker(out, 0xd9);
  return out.finish();
}

/** A square of 16 x 16 pixels as blocks of 8 x 8: four of luminance, one of each chrominance, level-shifted. */
class Planes {
  readonly luminance = Array.from({ length: 4 }, () => new Float32Array(64));
  readonly blue = new Float32Array(64);
  readonly red = new Float32Array(64);

  /** Pixels beyond the edge repeat the last one. */
  load(rgb: Uint8Array, width: number, height: number, left: number, top: number): void {
    const { luminance, blue, red } = this;
    blue.fill(0);
    red.fill(0);
    for (let y = 0; y < 16; y++) {
      const row = Math.min(top + y, height - 1) * width;
      for (let x = 0; x < 16; x++) {
        const at = 3 * (row + Math.min(left + x, width - 1));
        const r = rgb[at];
        const g = rgb[at + 1];
        const b = rgb[at + 2];
        luminance[(y >> 3) * 2 + (x >> 3)][(y & 7) * 8 + (x & 7)] = 0.299 * r + 0.587 * g + 0.114 * b - 128;
        const chroma = (y >> 1) * 8 + (x >> 1);
        blue[chroma] += (-0.168736 * r - 0.331264 * g + 0.5 * b) / 4;
        red[chroma] += (0.5 * r - 0.418688 * g - 0.081312 * b) / 4;
      }
    }
  }
}

/** Number of bits of a coefficient's magnitude. */
const bitsOf = (value: number): number => 32 - Math.clz32(Math.abs(value));

/** Transforms, quantises and writes a block. @returns its DC coefficient, from which the next block's differs */
function writeBlock(
  out: BitWriter,
  block: Float32Array,
  divisors: Float32Array,
  previous: number,
  dc: Codes,
  ac: Codes,
): number {
  forwardDct(block);
  const first = Math.round(block[0] * divisors[0]);
  writeValue(out, dc, 0, first - previous);
  let zeros = 0;
  for (let k = 1; k < 64; k++) {
    const i = ZIGZAG[k];
    const value = Math.round(block[i] * divisors[i]);
    if (value === 0) {
      zeros++;
      continue;
    }
    for (; zeros > 15; zeros -= 16) out.write(ac.code[ZERO_RUN], ac.size[ZERO_RUN]);
    writeValue(out, ac, zeros, value);
    zeros = 0;
  }
  if (zeros > 0) out.write(ac.code[END_OF_BLOCK], ac.size[END_OF_BLOCK]);
  return first;
}

function writeValue(out: BitWriter, { code, size }: Codes, zeros: number, value: number): void {
  const bits = bitsOf(value);
  const symbol = (zeros << 4) | bits;
  out.write(code[symbol], size[symbol]);
  if (bits > 0) out.write(value < 0 ? value + (1 << bits) - 1 : value, bits);
}

const marker = (out: BitWriter, code: number): void => {
  out.byte(0xff);
  out.byte(code);
};

/** A marker, the length of its content, and the content. */
function segment(out: BitWriter, code: number, content: Iterable<number>): void {
  const bytes = [...content];
  marker(out, code);
  out.byte((bytes.length + 2) >> 8);
  out.byte((bytes.length + 2) & 0xff);
  for (const byte of bytes) out.byte(byte);
}

function writeHead(out: BitWriter, width: number, height: number, tables: readonly Uint8Array[]): void {
  marker(out, 0xd8);
  segment(out, 0xe0, [0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  for (const [i, table] of tables.entries()) segment(out, 0xdb, [i, ...Array.from(ZIGZAG, (k) => table[k])]);
  const size = [height >> 8, height & 0xff, width >> 8, width & 0xff];
  segment(out, 0xc0, [8, ...size, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
  const huffman = (kind: number, { counts, symbols }: HuffmanSpec) => segment(out, 0xc4, [kind, ...counts, ...symbols]);
  huffman(0x00, HUFFMAN.dcY);
  huffman(0x10, HUFFMAN.acY);
  huffman(0x01, HUFFMAN.dcC);
  huffman(0x11, HUFFMAN.acC);
  segment(out, 0xda, [3, 1, 0x00, 2, 0x11, 3, 0x11, 0, 63, 0]);
}
