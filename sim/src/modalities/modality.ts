import { isDue, Random, type SignalSpec, type Stamped, type StreamValue } from '@praxis/core';
import { Subject } from 'rxjs';
import type { WorldView } from '../mujoco/world-view.ts';
import type { TaskInstance } from '../tasks/task.ts';

/** What a simulated sensor may know of its episode. */
export interface SensedScene {
  /** Seed of the episode. */
  readonly seed: number;
  /** Stream of random numbers of this sensor in this episode. */
  readonly random: Random;
  /** The drawn task, for hidden properties that only this sensor reveals. */
  readonly task: TaskInstance;
  /** Poses, contacts and rays of the scene. */
  readonly world: WorldView;
}

/**
 * A sensor of your own: the spec of its stream, and how the simulator makes its samples. A policy that names the stream among its
 * inputs receives them; no package needs to know the modality.
 * @example
 * import type { ModalityDefinition } from '@praxis/sim';
 *
 * // Distance below the hand (m), 50 times a second.
 * export const height: ModalityDefinition = {
 *   spec: { name: 'height', modality: 'range', dtype: 'float64', shape: [1], unit: 'm', frame: 'tool0', rateHz: 50 },
 *   simulate: ({ world, random }) => () => {
 *     const [x, y, z] = world.pose('tool0');
 *     const hit = world.ray([x, y, z], [0, 0, -1], 'tool0');
 *     return Float64Array.of((hit?.distance ?? 2) + random.normal(0, 0.001));
 *   },
 * };
 */
export interface ModalityDefinition {
  /** Name, modality, dtype, shape, unit, frame and rate (Hz, above 0) of the stream. */
  readonly spec: SignalSpec;
  /**
   * Starts the sensor of one episode.
   * @returns a function that takes one sample; the simulator calls it at the rate of the spec, in order of time (s)
   */
  simulate(scene: SensedScene): (time: number) => StreamValue;
}

/** The stream of one modality in one episode. */
export class OwnSensor {
  readonly spec: SignalSpec;
  readonly stream = new Subject<Stamped<StreamValue>>();
  readonly #take: (time: number) => StreamValue;
  #samples = 0;

  constructor({ spec, simulate }: ModalityDefinition, scene: Omit<SensedScene, 'random'>) {
    this.spec = spec;
    this.#take = simulate({ ...scene, random: new Random(scene.seed, `modality ${spec.name}`) });
  }

  /** Publishes a sample if one is due at this time (s). */
  publishDue(now: number): void {
    if (!isDue(now, this.#samples / this.spec.rateHz)) return;
    this.#samples++;
    this.stream.next({ value: this.#take(now), stamp: now, received: now });
  }
}
