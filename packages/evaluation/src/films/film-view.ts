import type { ImageFrame } from '@praxis/core';
import {
  areaFor,
  filmCamera,
  type PinholeCamera,
  type RobotSetup,
  type SimScene,
  SoftwareRenderer,
  type Task,
} from '@praxis/sim';

/** Light of films, the same in all of them: from the left, from above. */
const LIGHTING = { direction: [0.35, -0.4, -0.85], intensity: 0.75, ambient: 0.45 } as const;

/** Draws the scene of an episode as a person in front of the robot would see it. */
export class FilmView {
  readonly width: number;
  readonly height: number;
  readonly #renderer: SoftwareRenderer;
  readonly #camera: PinholeCamera;

  /** @param size width and height of a picture (pixels) @throws {InputError} for a robot that cannot do the task */
  constructor(setup: RobotSetup, task: Task, [width, height]: readonly [number, number]) {
    this.width = width;
    this.height = height;
    this.#renderer = new SoftwareRenderer(width, height);
    this.#camera = filmCamera(setup, areaFor(task, setup), width / height);
  }

  /** Draws the scene as its bodies are placed now. */
  draw(scene: SimScene): ImageFrame {
    const { width, height } = this;
    const data = new Uint8Array(3 * width * height);
    this.#renderer.render(scene, this.#camera, LIGHTING, data);
    return { width, height, data };
  }
}
