import { type ImageFrame, isDue, type Pose, quaternion, type Stamped } from '@praxis/core';
import type { SimScene } from '../render/sim-scene.ts';
import { SoftwareRenderer } from '../render/software-renderer.ts';
import type { Lighting, PinholeCamera } from '../render/types.ts';
import { DelayLine } from './delay-line.ts';

export const IMAGE_SIZE_PX = 96;
export const CAMERA_RATE_HZ = 20;

/** Where a camera deviates from the URDF's frame, how it sees and how late. */
export interface CameraSetup {
  /** The stream is `images.NAME`. */
  readonly name: string;
  /** Link of the URDF whose frame is the optical one (REP-103: z forward, x right, y down). */
  readonly frame: string;
  /** Vertical field of view (rad). */
  readonly fovY: number;
  /** m, in the URDF's optical frame. */
  readonly offset: readonly [number, number, number];
  /** Rotation vector (rad) in the URDF's optical frame. */
  readonly tilt: readonly [number, number, number];
  /** Factor on linear light; 1 is neutral. */
  readonly exposure: number;
  /** Seconds from exposure to arrival. */
  readonly delay: number;
}

/** A camera on a link: exposes at its rate, and hands the image out after its delay. */
export class CameraSensor {
  /** Called at every exposure, for those who label images. */
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

  /** Where the real camera is, given the URDF frame's pose: the mounting error added. */
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

  /** Exposes when due; returns the image that has arrived by now, if one has. */
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
