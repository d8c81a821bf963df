import type { CameraImage } from '../protocol/protocol.ts';

/** Drawn this many times larger, so that the marker is finer than the pixels below it. */
const CANVAS_SCALE = 4;
/** Fainter places than this are guesses. */
const MIN_CONFIDENCE = 0.05;

export interface GroundingPoint {
  /** Fractions from the top left. */
  readonly x: number;
  readonly y: number;
  readonly confidence: number;
}

/** One camera's image, as the policy gets it, with a marker where the policy sees what the instruction names. */
export class CameraView {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #pixels = document.createElement('canvas');
  #image: ImageData | undefined;
  #groundingPoint: GroundingPoint | undefined;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d') as CanvasRenderingContext2D;
  }

  /** Dims the image: the policy does not see it. */
  set masked(masked: boolean) {
    this.#canvas.parentElement?.classList.toggle('masked', masked);
  }

  renderImage(image: CameraImage | undefined, place: GroundingPoint | undefined): void {
    if (image) this.#storeImage(image);
    if (!image && place === this.#groundingPoint) return;
    this.#groundingPoint = place;
    this.#draw();
  }

  clear(): void {
    this.#image = undefined;
    this.#groundingPoint = undefined;
    this.#context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  #storeImage({ width, height, data, stamp }: CameraImage): void {
    if (this.#image?.width !== width || this.#image.height !== height) {
      this.#image = new ImageData(width, height);
      this.#pixels.width = width;
      this.#pixels.height = height;
      this.#canvas.width = width * CANVAS_SCALE;
      this.#canvas.height = height * CANVAS_SCALE;
    }
    const rgba = this.#image.data;
    for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
      rgba[to] = data[from];
      rgba[to + 1] = data[from + 1];
      rgba[to + 2] = data[from + 2];
      rgba[to + 3] = 255;
    }
    this.#pixels.getContext('2d')?.putImageData(this.#image, 0, 0);
    this.#canvas.dataset.stamp = stamp.toFixed(3);
  }

  #draw(): void {
    if (!this.#image) return;
    const { width, height } = this.#canvas;
    this.#context.imageSmoothingEnabled = false;
    this.#context.drawImage(this.#pixels, 0, 0, width, height);
    if (this.#groundingPoint && this.#groundingPoint.confidence > MIN_CONFIDENCE)
      this.#drawMarker(this.#groundingPoint, width, height);
  }

  #drawMarker({ x, y, confidence }: GroundingPoint, width: number, height: number): void {
    const context = this.#context;
    const radius = width / 14;
    context.save();
    context.translate(x * width, y * height);
    context.globalAlpha = 0.35 + 0.65 * Math.min(1, confidence);
    for (const [lineWidth, colour] of [
      [5, '#000000b0'],
      [2.5, '#ffffff'],
    ] as const) {
      context.lineWidth = lineWidth;
      context.strokeStyle = colour;
      context.beginPath();
      context.arc(0, 0, radius, 0, 2 * Math.PI);
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ]) {
        context.moveTo(dx * radius * 0.6, dy * radius * 0.6);
        context.lineTo(dx * radius * 1.5, dy * radius * 1.5);
      }
      context.stroke();
    }
    context.restore();
  }
}
