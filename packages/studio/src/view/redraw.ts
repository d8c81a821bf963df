/**
 * Calls `draw` in an animation frame soon after it is asked to, never more often than the machine can show: frames that
 * come late (a page drawn without a GPU) make it wait longer, so that clicks and messages keep their turn.
 */
export class Redraw {
  readonly #draw: () => void;
  readonly #minimumGapMs: number;
  #gapMs: number;
  #requested = false;
  #lastDrawMs = Number.NEGATIVE_INFINITY;

  /** @param least milliseconds between two drawings */
  constructor(least: number, draw: () => void) {
    this.#draw = draw;
    this.#minimumGapMs = least;
    this.#gapMs = least;
  }

  /** Any number of calls before the next frame draw once. */
  request(): void {
    if (this.#requested) return;
    this.#requested = true;
    const wait = this.#lastDrawMs + this.#gapMs - performance.now();
    if (wait > 4) setTimeout(() => this.#drawInNextFrame(), wait);
    else this.#drawInNextFrame();
  }

  #drawInNextFrame(): void {
    const requestedMs = performance.now();
    requestAnimationFrame(() => {
      const now = performance.now();
      // Two frames at 60 Hz are no sign of trouble.
      const late = now - requestedMs;
      this.#gapMs = late > 34 ? Math.min(500, 2 * late) : this.#minimumGapMs;
      this.#lastDrawMs = now;
      this.#requested = false;
      this.#draw();
    });
  }
}
