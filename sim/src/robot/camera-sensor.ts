import { type ImageFrame, isDue, type Pose, quaternion, type Random, type Stamped } from '@praxis/core';
import { blur, jpegErrors } from '../render/picture-errors.ts';
import type { SimScene } from '../render/sim-scene.ts';
import { SoftwareRenderer } from '../render/software-renderer.ts';
import type { Lighting, PinholeCamera } from '../render/types.ts';
import { DelayLine } from './delay-line.ts';

/** Mounting error, optics, noise and delay of a camera. */
export interface CameraSetup {
  /** Camera's name; its stream is `images.NAME`. */
  readonly name: string;
  /** Link of the URDF at the optical frame (REP 103: z forward, x right, y down). */
  readonly frame: string;
  /** Width and height of the images (pixels). */
  readonly size: readonly [width: number, height: number];
  /** Frame rate (Hz). */
  readonly rateHz: number;
  /** Vertical field of view (rad). */
  readonly fovY: number;
  /** Mounting error in position (m, the URDF's optical frame). */
  readonly offset: readonly [number, number, number];
  /** Mounting error in orientation, as a rotation vector (rad, the URDF's optical frame). */
  readonly tilt: readonly [number, number, number];
  /** Factor on linear light; 1 is neutral. */
  readonly exposure: number;
  /** Time from exposure to arrival (s). */
  readonly delay: number;
  /**
   * Standard deviation of the noise of each colour of each pixel (grey levels of 255). With 0, two pictures of a scene in which
   * nothing moves are equal, which a watchdog takes for a frozen camera.
   */
  readonly noise: number;
  /** Standard deviation of the blur, a whole number of pixels. Default 0. */
  readonly blur?: number;
  /** Quality of the JPEG pictures that the camera sends, 1..100. Default: it sends them as they are. */
  readonly jpegQuality?: number;
}

/** A camera on a link. It exposes at its frame rate and delivers the image after its delay. */
export class CameraSensor {
  /** Callback at every exposure, for programs that label images. */
  onExposure: ((camera: string, stamp: number, view: PinholeCamera) => void) | undefined;
  readonly #renderer: SoftwareRenderer;
  readonly #delayLine: DelayLine<Stamped<ImageFrame>>;
  readonly #random: Random;
  #setup: CameraSetup;
  #lighting: Lighting;
  readonly #tilt = new Float64Array(4);
  readonly #position = new Float64Array(3);
  readonly #orientation = new Float64Array(4);
  #frames = 0;

  /** @param random draws the noise */
  constructor(setup: CameraSetup, lighting: Lighting, random: Random) {
    this.#setup = setup;
    this.#renderer = new SoftwareRenderer(...setup.size);
    this.#random = random;
    this.#lighting = lighting;
    this.#delayLine = new DelayLine(setup.delay);
    quaternion.fromRotationVector(Float64Array.from(setup.tilt), this.#tilt);
  }

  get setup(): CameraSetup {
    return this.#setup;
  }

  /** Changes mounting error, optics, noise and light from the next exposure on. Size, rate and delay stay. */
  change({ offset, tilt, fovY, exposure, noise, blur: pixels, jpegQuality }: CameraSetup, lighting: Lighting): void {
    this.#setup = { ...this.#setup, offset, tilt, fovY, exposure, noise, blur: pixels, jpegQuality };
    this.#lighting = lighting;
    quaternion.fromRotationVector(Float64Array.from(tilt), this.#tilt);
  }

  /** Returns the true view of the camera, which is the URDF frame's pose plus the mounting error. The arrays are reused. */
  view(frame: Pose) {
    quaternion.rotate(frame, this.setup.offset, this.#position, 3, 0, 0);
    for (let i = 0; i < 3; i++) this.#position[i] += frame[i];
    quaternion.multiply(frame, this.#tilt, this.#orientation, 3, 0, 0);
    return {
      position: this.#position,
      quaternion: this.#orientation,
      fovY: this.setup.fovY,
      exposure: this.setup.exposure,
    };
  }

  /** Exposes when an exposure is due, and returns the image that arrives at `now` (s), if there is one. */
  sample(now: number, scene: SimScene, frame: () => Pose): Stamped<ImageFrame> | undefined {
    if (isDue(now, this.#frames / this.setup.rateHz)) {
      this.#frames++;
      const [width, height] = this.setup.size;
      const data = new Uint8Array(width * height * 3);
      const view = this.view(frame());
      this.#renderer.render(scene, view, this.#lighting, data);
      const { noise, blur: pixels = 0, jpegQuality } = this.setup;
      if (pixels > 0) blur(data, width, height, pixels);
      if (noise > 0) this.#addNoise(data);
      if (jpegQuality !== undefined) jpegErrors(data, width, height, jpegQuality);
      this.onExposure?.(this.setup.name, now, view);
      const received = now + this.setup.delay;
      this.#delayLine.enqueue(now, {
        value: { width, height, data },
        stamp: now,
        received,
      });
    }
    return this.#delayLine.dequeueDue(now);
  }

  #addNoise(data: Uint8Array): void {
    // It rounds and clamps.
    const levels = new Uint8ClampedArray(data.buffer);
    for (let i = 0; i < levels.length; i++) levels[i] += this.#random.normal(0, this.setup.noise);
  }
}
