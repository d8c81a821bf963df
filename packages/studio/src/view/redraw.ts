/**
 * Calls `draw` in an animation frame soon after it is asked to, never more often than the machine can show: frames that
 * come late (a page drawn without a GPU) make it wait longer, so that clicks and messages keep their turn.
 */
export class Redraw {
  readonly #draw: () => void;
  readonly #least: number;
  #gap: number;
  #asked = false;
  #drawn = Number.NEGATIVE_INFINITY;

  /** @param least milliseconds between two drawings */
  constructor(least: number, draw: () => void) {
    this.#draw = draw;
    this.#least = least;
    this.#gap = least;
  }

  /** Any number of calls before the next frame draw once. */
  ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    const wait = this.#drawn + this.#gap - performance.now();
    if (wait > 4) setTimeout(() => this.#inFrame(), wait);
    else this.#inFrame();
  }

  #inFrame(): void {
    const asked = performance.now();
    requestAnimationFrame(() => {
      const now = performance.now();
      // Two frames at 60 Hz are no sign of trouble.
      const late = now - asked;
      this.#gap = late > 34 ? Math.min(500, 2 * late) : this.#least;
      this.#drawn = now;
      this.#asked = false;
      this.#draw();
    });
  }
}
