import {
  type ActionChunk,
  armBlocks,
  type Policy,
  type PolicySpec,
  type Robot,
  type RobotSpec,
  type Stamped,
  type StreamValue,
  SystemClock,
} from '@praxis/core';
import { HOME_JOINTS_RAD, ROBOT_SPEC } from '@praxis/sim';
import { Subject } from 'rxjs';

/** Control period (ms). */
export const PERIOD_MS = 2;
const [WIDTH, HEIGHT, CAMERA_HZ] = [640, 480, 30];
const CAMERAS = ['images.wrist', 'images.front'];

export const spec: RobotSpec = {
  ...ROBOT_SPEC,
  streams: ROBOT_SPEC.streams.map((stream) => {
    if (stream.name === 'wrench') return { ...stream, rateHz: 1000 };
    return CAMERAS.includes(stream.name) ? { ...stream, shape: [HEIGHT, WIDTH, 3], rateHz: CAMERA_HZ } : stream;
  }),
};
const jointNames = spec.streams.find(({ name }) => name === 'joints')!.names!;

/** Pictures of a smooth scene with the noise of a camera, which compress as such. */
const PICTURES = Array.from({ length: 8 }, (_, n) =>
  new Uint8Array(WIDTH * HEIGHT * 3).map((_, i) => 90 + 60 * Math.sin((i + 9000 * n) / 40_000) + 3 * Math.random()),
);

/** A robot at rest whose sensors publish at the rates of a real one. */
export class RobotAtRest implements Robot {
  readonly spec = spec;
  readonly clock = new SystemClock();
  readonly published = new Map<string, number>(spec.streams.map(({ name }) => [name, 0]));
  readonly #streams = new Map(spec.streams.map(({ name }) => [name, new Subject<Stamped<StreamValue>>()]));
  readonly #position = Float64Array.from(jointNames, (_, i) => HOME_JOINTS_RAD[i] ?? 0.04);

  stream(name: string) {
    return this.#streams.get(name)!.asObservable();
  }

  command(): void {}
  async start(): Promise<void> {}
  async stop(): Promise<void> {}

  /** Publishes what arrives in the n-th period. */
  publish(n: number): void {
    const now = this.clock.now();
    for (const stamp of [now - 0.001, now]) this.#next('wrench', Float64Array.from({ length: 6 }, Math.random), stamp);
    const state = {
      names: jointNames,
      position: this.#position.slice(),
      velocity: new Float64Array(jointNames.length),
    };
    this.#next('joints', state, now);
    const frame = Math.floor((n * PERIOD_MS * CAMERA_HZ) / 1000);
    if (frame === Math.floor(((n - 1) * PERIOD_MS * CAMERA_HZ) / 1000)) return;
    for (const [i, camera] of CAMERAS.entries()) {
      this.#next(camera, { width: WIDTH, height: HEIGHT, data: PICTURES[(frame + i) % PICTURES.length] }, now - 0.02);
    }
  }

  #next(name: string, value: StreamValue, stamp: number): void {
    this.published.set(name, this.published.get(name)! + 1);
    this.#streams.get(name)!.next({ value, stamp, received: this.clock.now() });
  }
}

const policySpec: PolicySpec = {
  name: 'stand still',
  inputs: spec.streams.filter(({ rateHz }) => rateHz > 0).map((stream) => ({ ...stream, maximumAge: 1, window: 1 })),
  horizon: 10,
  actionPeriod: 0.1,
  inferencePeriod: 0.1,
};

/** Keeps the arm where it is. */
export class StandStill implements Policy {
  readonly spec = policySpec;
  readonly #pose: Float64Array;

  constructor(pose: Float64Array) {
    this.#pose = pose;
  }

  async infer({ stamp }: { readonly stamp: number }): Promise<ActionChunk> {
    const poses = Float64Array.from({ length: 70 }, (_, i) => this.#pose[i % 7]);
    return { stamp, period: 0.1, horizon: 10, gates: {}, blocks: armBlocks(poses, new Float64Array(10).fill(0.08)) };
  }

  reset(): void {}
  async close(): Promise<void> {}
}
