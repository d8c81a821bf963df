import { PAD_WIDTH_M, PATCH_LENGTH_M, PATCH_WIDTH_M } from './scene.ts';

/** Length of a side of a cell (m). */
const CELL_M = 0.01;
const COLUMNS = Math.round(PATCH_LENGTH_M / CELL_M);
const ROWS = Math.round(PATCH_WIDTH_M / CELL_M);

/** Which cells of a patch the pad has passed over, on a grid of 1 cm. */
export class Coverage {
  readonly #middle: readonly [number, number];
  readonly #wiped = new Set<number>();

  /** @param middle middle of the patch (m, scene) */
  constructor(middle: readonly [number, number]) {
    this.#middle = middle;
  }

  /** Wiped share, 0..1. */
  get share(): number {
    return this.#wiped.size / (COLUMNS * ROWS);
  }

  /** Marks every cell whose middle is under the pad. @param pad middle of the pad (m, scene) */
  wipe(pad: ArrayLike<number>): void {
    const [dx, dy] = [pad[0] - this.#middle[0], pad[1] - this.#middle[1]];
    for (let column = 0; column < COLUMNS; column++) {
      if (Math.abs((column + 0.5) * CELL_M - PATCH_LENGTH_M / 2 - dx) > PAD_WIDTH_M / 2) continue;
      for (let row = 0; row < ROWS; row++) {
        if (Math.abs((row + 0.5) * CELL_M - PATCH_WIDTH_M / 2 - dy) > PAD_WIDTH_M / 2) continue;
        this.#wiped.add(column * ROWS + row);
      }
    }
  }
}
