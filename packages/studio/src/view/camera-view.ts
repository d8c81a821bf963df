import type { CameraImage } from '../protocol/protocol.ts';

/** Canvas pixels in an image pixel, so that the marker is finer than the image. */
const CANVAS_SCALE = 4;
/** Grounding below this confidence is not marked. */
const MIN_CONFIDENCE = 0.05;

/** Position of an object in an image. */
export interface GroundingPoint {
  /** Fractions of width and height from the top left. */
  readonly x: number;
  readonly y: number;
  readonly confidence: number;
}

/** Displays the image of one camera as the policy gets it, and marks the object that the policy associates with the instruction. */
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

  /** True dims the image, because vision is masked for the policy. */
  set masked(masked: boolean) {
    this.#canvas.parentElement?.classList.toggle('masked', masked);
  }

  /** @param image new image; without one, only the marker is redrawn when it moved */
  renderImage(image: CameraImage | undefined, groundingPoint: GroundingPoint | undefined): void {
    if (image) this.#storeImage(image);
    if (!image && groundingPoint === this.#groundingPoint) return;
    this.#groundingPoint = groundingPoint;
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
