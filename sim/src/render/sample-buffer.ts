import { exp, log } from '@praxis/core';

/** Highest index of {@link SRGB_TABLE}. */
const MAX_LINEAR_INDEX = 4095;

/** sRGB transfer function (IEC 61966-2-1): linear light `index / MAX_LINEAR_INDEX` to a byte. */
const SRGB_TABLE = Uint8Array.from({ length: MAX_LINEAR_INDEX + 1 }, (_, index) => {
  const linear = index / MAX_LINEAR_INDEX;
  const encoded = linear <= 0.0031308 ? 12.92 * linear : 1.055 * exp(log(linear) / 2.4) - 0.055;
  return Math.floor(encoded * 255 + 0.5);
});

/** Numbers of one vertex: x, y (samples, from the top left), 1 / depth (1/m), light. */
export const VERTEX_SIZE = 4;

/**
 * Image buffer with four samples for each pixel on a 2 x 2 grid. Each sample has depth, light and the index of its part.
 * The colour lookup happens when the samples are averaged, so that a triangle interpolates only two numbers.
 */
export class SampleBuffer {
  readonly width: number;
  readonly height: number;
  readonly #nearness: Float32Array;
  readonly #light: Float32Array;
  readonly #part: Uint16Array;
  /** Light of the background: from 1 at the top to 0.8 at the bottom. */
  readonly #sky: Float32Array;

  /** @param width,height size in samples, twice the size of the image in pixels */
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#nearness = new Float32Array(width * height);
    this.#light = new Float32Array(width * height);
    this.#part = new Uint16Array(width * height);
    this.#sky = Float32Array.from({ length: width * height }, (_, i) => 1 - (0.2 * Math.floor(i / width)) / height);
  }

  /** Sets every sample to the background: part 0 at infinite depth. */
  clear(): void {
    this.#nearness.fill(0);
    this.#part.fill(0);
    this.#light.set(this.#sky);
  }

  /**
   * Draws one triangle. A sample on an edge that two triangles share belongs to exactly one of them: each edge is traversed
   * from its upper end, so both triangles compute the same crossing.
   * @param v vertices of {@link VERTEX_SIZE} numbers; `a`, `b`, `c` are offsets into it
   */
  fill(v: Float64Array, a: number, b: number, c: number, part: number): void {
    let top = a;
    let middle = b;
    let bottom = c;
    if (v[top + 1] > v[middle + 1]) {
      const swap = top;
      top = middle;
      middle = swap;
    }
    if (v[middle + 1] > v[bottom + 1]) {
      const swap = middle;
      middle = bottom;
      bottom = swap;
      if (v[top + 1] > v[middle + 1]) {
        const other = top;
        top = middle;
        middle = other;
      }
    }
    const { width, height } = this;
    const x0 = v[top];
    const y0 = v[top + 1];
    const x1 = v[middle];
    const y1 = v[middle + 1];
    const x2 = v[bottom];
    const y2 = v[bottom + 1];
    const first = Math.max(0, Math.ceil(y0 - 0.5));
    const last = Math.min(height, Math.ceil(y2 - 0.5));
    if (!(first < last)) return;
    const area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
    if (area === 0) return;
    const w0 = v[top + 2];
    const l0 = v[top + 3];
    const dw1 = v[middle + 2] - w0;
    const dw2 = v[bottom + 2] - w0;
    const dl1 = v[middle + 3] - l0;
    const dl2 = v[bottom + 3] - l0;
    const wx = (dw1 * (y2 - y0) - dw2 * (y1 - y0)) / area;
    const wy = ((x1 - x0) * dw2 - (x2 - x0) * dw1) / area;
    const lx = (dl1 * (y2 - y0) - dl2 * (y1 - y0)) / area;
    const ly = ((x1 - x0) * dl2 - (x2 - x0) * dl1) / area;
    const slope02 = (x2 - x0) / (y2 - y0);
    const slope01 = (x1 - x0) / (y1 - y0);
    const slope12 = (x2 - x1) / (y2 - y1);
    const nearness = this.#nearness;
    const lights = this.#light;
    const parts = this.#part;
    for (let row = first; row < last; row++) {
      const y = row + 0.5;
      const long = x0 + (y - y0) * slope02;
      const short = y < y1 ? x0 + (y - y0) * slope01 : x1 + (y - y1) * slope12;
      const start = Math.max(0, Math.ceil((area > 0 ? long : short) - 0.5));
      const end = Math.min(width, Math.ceil((area > 0 ? short : long) - 0.5));
      if (!(start < end)) continue;
      let w = w0 + (start + 0.5 - x0) * wx + (y - y0) * wy;
      let l = l0 + (start + 0.5 - x0) * lx + (y - y0) * ly;
      const stop = row * width + end;
      for (let i = row * width + start; i < stop; i++) {
        if (w > nearness[i]) {
          nearness[i] = w;
          lights[i] = l;
          parts[i] = part;
        }
        w += wx;
        l += lx;
      }
    }
  }

  /**
   * Averages the four samples of each pixel in linear light and encodes them.
   * @param colours linear rgb of each part, times the exposure
   * @param out rgb8, rows from the top
   */
  resolve(colours: Float64Array, out: Uint8Array): void {
    const { width, height } = this;
    const light = this.#light;
    const part = this.#part;
    const scale = MAX_LINEAR_INDEX / 4;
    let at = 0;
    for (let row = 0; row < height; row += 2) {
      for (let i = row * width, stop = i + width; i < stop; i += 2) {
        const j = i + width;
        const a = 3 * part[i];
        const b = 3 * part[i + 1];
        const c = 3 * part[j];
        const d = 3 * part[j + 1];
        let red: number;
        let green: number;
        let blue: number;
        if (a === b && a === c && a === d) {
          const sum = (light[i] + light[i + 1] + light[j] + light[j + 1]) * scale;
          red = colours[a] * sum;
          green = colours[a + 1] * sum;
          blue = colours[a + 2] * sum;
        } else {
          const la = light[i] * scale;
          const lb = light[i + 1] * scale;
          const lc = light[j] * scale;
          const ld = light[j + 1] * scale;
          red = colours[a] * la + colours[b] * lb + colours[c] * lc + colours[d] * ld;
          green = colours[a + 1] * la + colours[b + 1] * lb + colours[c + 1] * lc + colours[d + 1] * ld;
          blue = colours[a + 2] * la + colours[b + 2] * lb + colours[c + 2] * lc + colours[d + 2] * ld;
        }
        out[at] = SRGB_TABLE[red < MAX_LINEAR_INDEX ? (red + 0.5) | 0 : MAX_LINEAR_INDEX];
        out[at + 1] = SRGB_TABLE[green < MAX_LINEAR_INDEX ? (green + 0.5) | 0 : MAX_LINEAR_INDEX];
        out[at + 2] = SRGB_TABLE[blue < MAX_LINEAR_INDEX ? (blue + 0.5) | 0 : MAX_LINEAR_INDEX];
        at += 3;
      }
    }
  }
}
