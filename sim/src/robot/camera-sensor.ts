import { type ImageFrame, isDue, type Pose, quaternion, type Stamped } from '@praxis/core';
import type { SimScene } from '../render/sim-scene.ts';
import { SoftwareRenderer } from '../render/software-renderer.ts';
import type { Lighting, PinholeCamera } from '../render/types.ts';
import { DelayLine } from './delay-line.ts';

/** Width and height of the camera images (pixels). */
export const IMAGE_SIZE_PX = 96;
/** Frame rate of the cameras (Hz). */
export const CAMERA_RATE_HZ = 20;

/** Mounting error, optics and delay of a camera. */
export interface CameraSetup {
  /** Camera's name; its stream is `images.NAME`. */
  readonly name: string;
  /** Link of the URDF at the optical frame (REP 103: z forward, x right, y down). */
  readonly frame: string;
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
}

/** A camera on a link. It exposes at its frame rate and delivers the image after its delay. */
export class CameraSensor {
  /** Callback at every exposure, for programs that label images. */
  onExposure: ((camera: string, stamp: number, view: PinholeCamera) => void) | undefined;
  readonly setup: CameraSetup;
  readonly #renderer = new SoftwareRenderer(IMAGE_SIZE_PX, IMAGE_SIZE_PX);
  readonly #delayLine: DelayLine<Stamped<ImageFrame>>;
  readonly #lighting: Lighting;
  readonly #tilt = new Float64Array(4);
  readonly #position = new Float64Array(3);
  readonly #orientation = new Float64Array(4);
  #frames = 0;

  constructor(setup: CameraSetup, lighting: Lighting) {
    this.setup = setup;
    this.#lighting = lighting;
    this.#delayLine = new DelayLine(setup.delay);
    quaternion.fromRotationVector(Float64Array.from(setup.tilt), this.#tilt);
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
    if (isDue(now, this.#frames / CAMERA_RATE_HZ)) {
      this.#frames++;
      const data = new Uint8Array(IMAGE_SIZE_PX * IMAGE_SIZE_PX * 3);
      const view = this.view(frame());
      this.#renderer.render(scene, view, this.#lighting, data);
      this.onExposure?.(this.setup.name, now, view);
      const received = now + this.setup.delay;
      this.#delayLine.enqueue(now, {
        value: { width: IMAGE_SIZE_PX, height: IMAGE_SIZE_PX, data },
        stamp: now,
        received,
      });
    }
    return this.#delayLine.dequeueDue(now);
  }
}
