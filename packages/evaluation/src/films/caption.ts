import font from 'oled-font-5x7';

/** A line of text to draw. */
export interface CaptionStyle {
  /** Width of the line (pixels). */
  readonly width: number;
  /** Height of the line (pixels). */
  readonly height: number;
}

/** Largest size of a pixel of the font (pixels). */
const MAX_SCALE = 2;
/** Columns from one letter to the next. */
const ADVANCE = font.width + 1;
/** Grey levels. */
const PAPER = 255;
const INK = 24;
const CUT = '...';
const UNKNOWN = '?';

/**
 * Draws a line of text, dark on white, in the middle of its height.
 * @param text of ASCII; other letters become question marks, and what does not fit becomes dots
 * @returns rgb8, rows from the top
 */
export function captionPicture(text: string, { width, height }: CaptionStyle): Uint8Array {
  const rgb = new Uint8Array(3 * width * height).fill(PAPER);
  const fits = (scale: number) => Math.floor(width / (ADVANCE * scale)) - 1;
  const scale = text.length > fits(MAX_SCALE) ? 1 : MAX_SCALE;
  const letters = text.length > fits(scale) ? `${text.slice(0, Math.max(0, fits(scale) - CUT.length))}${CUT}` : text;
  const top = Math.floor((height - font.height * scale) / 2);
  const left = Math.floor((ADVANCE * scale) / 2);
  for (const [i, letter] of [...letters].entries()) {
    const known = font.lookup.indexOf(letter);
    const glyph = font.width * (known < 0 ? font.lookup.indexOf(UNKNOWN) : known);
    for (let y = 0; y < font.height * scale; y++) {
      for (let x = 0; x < font.width * scale; x++) {
        const column = font.fontData[glyph + Math.floor(x / scale)];
        const at = [left + i * ADVANCE * scale + x, top + y];
        const inked = (column >> Math.floor(y / scale)) & 1;
        if (inked && at[0] < width && at[1] >= 0 && at[1] < height)
          rgb.fill(INK, 3 * (at[1] * width + at[0]), 3 * (at[1] * width + at[0] + 1));
      }
    }
  }
  return rgb;
}
