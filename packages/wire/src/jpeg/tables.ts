/** Tables of ITU-T T.81 (JPEG), Annex K: the usual quantisation and Huffman codes. */

/** Index in a block, row by row, of each coefficient in zigzag order (figure 5). */
export const ZIGZAG = Uint8Array.of(
  ...[0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21],
  ...[28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61],
  ...[54, 47, 55, 62, 63],
);

/** Quantisation of luminance and chrominance (tables K.1 and K.2), row by row. */
const LUMINANCE = [
  ...[
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
  ],
  ...[
    87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
  ],
  ...[72, 92, 95, 98, 112, 100, 103, 99],
];
const CHROMINANCE = [
  ...[
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99,
  ],
  ...new Array<number>(35).fill(99),
];

/** Quantisation tables for a quality of 1..100, as the Independent JPEG Group scales them. */
export function quantisation(quality: number): readonly [luminance: Uint8Array, chrominance: Uint8Array] {
  const scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
  const scaled = (table: readonly number[]) =>
    Uint8Array.from(table, (value) => Math.min(255, Math.max(1, Math.floor((value * scale + 50) / 100))));
  return [scaled(LUMINANCE), scaled(CHROMINANCE)];
}

/** A Huffman table as a file has it: the number of codes of each length 1..16, and the symbols in the order of their codes. */
export interface HuffmanSpec {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

const DC_SYMBOLS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const hex = (text: string): number[] => [...text.matchAll(/../g)].map(([byte]) => Number.parseInt(byte, 16));

/** Tables K.3 to K.6: DC and AC of luminance, DC and AC of chrominance. */
export const HUFFMAN: Readonly<Record<'dcY' | 'acY' | 'dcC' | 'acC', HuffmanSpec>> = {
  dcY: { counts: [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], symbols: DC_SYMBOLS },
  acY: {
    counts: [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d],
    symbols: hex(
      '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a25262728292a3435363738393a' +
        '434445464748494a535455565758595a636465666768696a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aa' +
        'b2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa',
    ),
  },
  dcC: { counts: [0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], symbols: DC_SYMBOLS },
  acC: {
    counts: [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77],
    symbols: hex(
      '000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f11718191a262728292a35363738393a' +
        '434445464748494a535455565758595a636465666768696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aa' +
        'b2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa',
    ),
  },
};

/** Code and length of each symbol (Annex C). */
export function huffmanCodes({ counts, symbols }: HuffmanSpec): {
  readonly code: Uint16Array;
  readonly size: Uint8Array;
} {
  const code = new Uint16Array(256);
  const size = new Uint8Array(256);
  let next = 0;
  let at = 0;
  for (const [i, count] of counts.entries()) {
    for (let k = 0; k < count; k++) {
      code[symbols[at]] = next++;
      size[symbols[at++]] = i + 1;
    }
    next <<= 1;
  }
  return { code, size };
}
