import {
  type ImageFrame,
  type JointState,
  PolicyError,
  type Robot,
  type Stamped,
  type StreamValue,
} from '@praxis/core';
import {
  type ContextPicture,
  type FindOptions,
  locateThings,
  type SeenThing,
  type Sighting,
  ThingTracker,
} from '@praxis/planner';
import type { ThingDetector } from '@praxis/policy';
import type { RobotSetup } from '@praxis/sim';
import type { Subscription } from 'rxjs';
import { cameraViews } from './camera-views.ts';

/** Number of joint samples that are kept: longer than any delay of a camera at 500 Hz. */
const KEPT_JOINTS = 128;

/** What a finder needs of a {@link ThingDetector}, which may be in another thread. */
export type PictureDetector = Pick<ThingDetector, 'cameras' | 'find'>;

/** Names and positions of joints at one time. */
interface JointSample {
  readonly stamp: number;
  readonly joints: Readonly<Record<string, number>>;
}

/**
 * Finds things in the newest pictures of a robot's cameras, each placed by the joints at the time of its exposure, and follows them from look
 * to look. It subscribes to the streams of the robot until it is closed.
 */
export class ThingFinder {
  readonly #setup: RobotSetup;
  readonly #detector: PictureDetector;
  readonly #pictures = new Map<string, Stamped<ImageFrame>>();
  readonly #joints: JointSample[] = [];
  readonly #tracker = new ThingTracker();
  readonly #subscriptions: Subscription[];

  constructor(robot: Robot, setup: RobotSetup, detector: PictureDetector) {
    this.#setup = setup;
    this.#detector = detector;
    const names = robot.spec.streams.find(({ name }) => name === 'joints')?.names ?? [];
    this.#subscriptions = setup.cameras
      .filter(({ name }) => detector.cameras.includes(name))
      .map(({ name }) =>
        robot.stream(`images.${name}`).subscribe((sample) => {
          this.#pictures.set(name, sample as Stamped<ImageFrame>);
        }),
      );
    this.#subscriptions.push(robot.stream('joints').subscribe((sample) => this.#keepJoints(names, sample)));
  }

  /** The newest picture of each camera, for models with eyes. */
  get pictures(): readonly ContextPicture[] {
    return [...this.#pictures].map(
      ([
        camera,
        {
          value: { width, height, data },
        },
      ]) => ({
        ...{ camera, width, height },
        rgb: data as Uint8Array,
      }),
    );
  }

  /** True once every camera has sent a picture. */
  get isReady(): boolean {
    return this.#detector.cameras.every((camera) => this.#pictures.has(camera));
  }

  /**
   * Finds things in the newest pictures. Callers must await each call before the next.
   * @throws {PolicyError} when a picture does not fit the detection
   */
  async find(options: FindOptions): Promise<readonly SeenThing[]> {
    const sightings: Sighting[] = [];
    const views = [];
    for (const [camera, { value, stamp }] of this.#pictures) {
      const view = cameraViews(this.#setup, this.#jointsAt(stamp)).find(({ name }) => name === camera);
      if (!view) throw new PolicyError(`detection: robot ${this.#setup.name} has no camera ${camera}`);
      views.push(view);
      for (const detection of await this.#detector.find(camera, value)) sightings.push({ ...detection, camera });
    }
    return this.#tracker.update(locateThings(sightings, views, options), options);
  }

  /** Begins anew with the next look; only the thing in the fingers stays known. */
  forget(): void {
    this.#tracker.forget();
  }

  close(): void {
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
  }

  #keepJoints(names: readonly string[], { value, stamp }: Stamped<StreamValue>): void {
    const { position } = value as JointState;
    this.#joints.push({ stamp, joints: Object.fromEntries(names.map((name, i) => [name, position[i]])) });
    if (this.#joints.length > KEPT_JOINTS) this.#joints.shift();
  }

  /** The joints nearest to a time. */
  #jointsAt(stamp: number): JointSample['joints'] {
    const gap = (sample: JointSample) => Math.abs(sample.stamp - stamp);
    return this.#joints.reduce<JointSample>((best, each) => (gap(each) < gap(best) ? each : best), {
      stamp: -Infinity,
      joints: {},
    }).joints;
  }
}
