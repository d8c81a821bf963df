import { Random, type SignalSpec, type StreamValue } from '@praxis/core';
import type { WorldView } from '../mujoco/world-view.ts';
import { OwnSensor } from '../robot/own-sensor.ts';
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

/** Header of a ROS 2 message, `std_msgs/msg/Header`: time of validity and coordinate frame. */
export interface MessageHeader {
  readonly stamp: {
    /** Seconds since the clock's epoch. */
    readonly sec: number;
    readonly nanosec: number;
  };
  readonly frame_id: string;
}

/**
 * The ROS 2 topic of a sensor of your own: `sim_node` publishes the simulated samples on it, and `policy_node` subscribes to it,
 * whether the simulator or the driver of a real sensor publishes. Messages have the fields of the type's definition.
 * @example
 * import type { ModalityTopic } from '@praxis/sim';
 *
 * // A range finder (m). A driver that publishes sensor_msgs/msg/Range on another topic is remapped: --ros-args -r height:=NAME.
 * export const topic: ModalityTopic = {
 *   type: 'sensor_msgs/msg/Range',
 *   read: ({ range }: { readonly range: number }) => Float64Array.of(range),
 *   write: ([range]: Float64Array, header) => ({ header, min_range: 0.02, max_range: 2, range }),
 * };
 */
export interface ModalityTopic {
  /** Name of the topic, relative to the namespace of the nodes. Default: the name of the stream. */
  readonly name?: string;
  /**
   * Type of the messages as `package/msg/Name`: one of the standard packages (`MESSAGE_TYPES` of `@praxis/wire` lists them), with a
   * `header`, whose stamp is the sample's and whose `frame_id` must be the frame of the spec.
   */
  readonly type: string;
  /**
   * Converts a message to a sample that fits the spec. Its numeric arrays are views of the received bytes.
   * @throws {Error} for a message that holds no valid sample; it is not used, and the diagnostics show the error's text
   */
  read(message: object): StreamValue;
  /** Converts a simulated sample to a message. It passes on `header`; fields that it leaves out are zero. */
  write(value: StreamValue, header: MessageHeader): object;
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
  /** Topic of the sensor in ROS 2. Without it the sensor exists in the simulator alone. */
  readonly topic?: ModalityTopic;
}

/** Starts the sensor of a modality in one episode. */
export function startSensor({ spec, simulate }: ModalityDefinition, scene: Omit<SensedScene, 'random'>): OwnSensor {
  return new OwnSensor(spec, simulate({ ...scene, random: new Random(scene.seed, `modality ${spec.name}`) }));
}
