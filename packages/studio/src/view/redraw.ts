/**
 * Calls `draw` in an animation frame soon after a request, and no faster than the machine can draw. Late frames (a page
 * without a GPU) lengthen the wait, so that clicks and messages are still handled.
 */
export class Redraw {
  readonly #draw: () => void;
  readonly #minimumGapMs: number;
  #gapMs: number;
  #requested = false;
  #lastDrawMs = Number.NEGATIVE_INFINITY;

  /** @param minimumGapMs shortest time between two drawings (ms) */
  constructor(minimumGapMs: number, draw: () => void) {
    this.#draw = draw;
    this.#minimumGapMs = minimumGapMs;
    this.#gapMs = minimumGapMs;
  }

  /** Requests a drawing. All requests before the next frame cause one drawing. */
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
      // A delay of up to two frames at 60 Hz is normal.
      const late = now - requestedMs;
      this.#gapMs = late > 34 ? Math.min(500, 2 * late) : this.#minimumGapMs;
      this.#lastDrawMs = now;
      this.#requested = false;
      this.#draw();
    });
  }
}
