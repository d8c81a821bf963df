import {
  holdPrevious,
  type ImageFrame,
  type JointState,
  resample,
  type Stamped,
  type StreamValue,
  type Wrench,
} from '@praxis/core';
import type { CameraSetup, TaskArm } from '@praxis/sim';
import { type CameraInfo, type Header, imageOf, jointStateMessageOf, timeOf, wrenchStampedOf } from '@praxis/wire';
import { catchErrors } from '../../rcl/catch-errors.ts';
import type { RosSession } from '../../rcl/session.ts';
import { type OwnTopic, publishOwn } from '../../robot/own-topics.ts';
import { topicOf } from '../../robot/stream-topics.ts';
import { CdrPublisher } from '../../streams/cdr-publisher.ts';
import { ArmFrames } from './frames.ts';
import { PublishedJoints } from './joints.ts';

/** Control periods between two messages on `/clock`: 100 Hz. */
const PERIODS_PER_CLOCK = 5;
/** Rate of the transforms on `/tf` (Hz). */
const TF_RATE_HZ = 50;
/** No transforms are resampled across a gap in the joint states that is longer than this (s). */
const TF_MAXIMUM_GAP_S = 0.1;

/** Options of {@link SensorPublishers}. */
export interface SensorOptions {
  /** Publishes the time on `/clock`. */
  readonly clock: boolean;
  /** Publishes the arm's transforms on `/tf` and `/tf_static`. */
  readonly tf: boolean;
  /** Topics of the user's sensors. */
  readonly own: readonly OwnTopic[];
}

/** Publishes the samples of the simulated arm's sensors, stamped with the system clock. */
export class SensorPublishers {
  /** System time minus simulated time (s). */
  offset = 0;
  readonly #joints: CdrPublisher<'sensor_msgs/msg/JointState'>;
  /** Undefined for an arm without a wrist sensor. */
  readonly #wrench: CdrPublisher<'geometry_msgs/msg/WrenchStamped'> | undefined;
  readonly #clock: CdrPublisher<'rosgraph_msgs/msg/Clock'> | undefined;
  readonly #tf: CdrPublisher<'tf2_msgs/msg/TFMessage'> | undefined;
  readonly #cameras = new Map<
    string,
    { image: CdrPublisher<'sensor_msgs/msg/Image'>; info: CdrPublisher<'sensor_msgs/msg/CameraInfo'> }
  >();
  /** Publishes one sample of a user's sensor, by the stream's name. An error in the user's code is logged. */
  readonly #own: ReadonlyMap<string, (value: StreamValue, header: Header) => void>;
  readonly #frames: ArmFrames;
  readonly #published: PublishedJoints;
  #periodCount = 0;

  constructor(session: RosSession, arm: TaskArm, { clock, tf, own }: SensorOptions) {
    const { rcl, node, log } = session;
    this.#joints = new CdrPublisher(rcl, node, 'sensor_msgs/msg/JointState', topicOf('joints'), 'published');
    this.#published = new PublishedJoints(arm.robot.setup);
    if (arm.robot.setup.sensorLink !== undefined)
      this.#wrench = new CdrPublisher(rcl, node, 'geometry_msgs/msg/WrenchStamped', topicOf('wrench'), 'published');
    this.#clock = clock ? new CdrPublisher(rcl, node, 'rosgraph_msgs/msg/Clock', '/clock', 'published') : undefined;
    this.#tf = tf ? new CdrPublisher(rcl, node, 'tf2_msgs/msg/TFMessage', '/tf', 'published') : undefined;
    for (const { name } of arm.cameras) {
      const topic = topicOf(`images.${name}`);
      this.#cameras.set(name, {
        image: new CdrPublisher(rcl, node, 'sensor_msgs/msg/Image', topic, 'published'),
        info: new CdrPublisher(
          rcl,
          node,
          'sensor_msgs/msg/CameraInfo',
          topic.replace('image_raw', 'camera_info'),
          'published',
        ),
      });
    }
    this.#own = new Map(
      own.map((topic) => [topic.spec.name, catchErrors(log, topic.name, publishOwn(session, topic))]),
    );
    this.#frames = new ArmFrames(arm.model);
    if (tf) {
      const fixed = new CdrPublisher(rcl, node, 'tf2_msgs/msg/TFMessage', '/tf_static', 'latched');
      fixed.publish({ transforms: this.#frames.fixed(timeOf(session.clock.now())) });
    }
  }

  /** Publishes the samples of this arm until it is stopped. */
  attach(arm: TaskArm): void {
    const { robot } = arm;
    const specs = new Map(robot.spec.streams.map((spec) => [spec.name, spec]));
    const header = (name: string, stamp: number) => ({
      stamp: timeOf(this.offset + stamp),
      frame_id: specs.get(name)?.frame ?? '',
    });
    robot.stream('joints').subscribe(({ value, stamp }) => {
      this.#joints.publish(jointStateMessageOf(this.#published.stateOf(value as JointState), header('joints', stamp)));
    });
    if (this.#tf) {
      robot
        .stream('joints')
        .pipe(resample({ rateHz: TF_RATE_HZ, interpolate: holdPrevious, maximumGap: TF_MAXIMUM_GAP_S }))
        .subscribe(({ value, stamp }) => this.#publishFrames(value as JointState, this.offset + stamp));
    }
    const wrench = this.#wrench;
    if (wrench) {
      robot.stream('wrench').subscribe(({ value, stamp }) => {
        wrench.publish(wrenchStampedOf(value as Wrench, header('wrench', stamp)));
      });
    }
    for (const [name, publish] of this.#own) {
      robot.stream(name).subscribe(({ value, stamp }) => publish(value, header(name, stamp)));
    }
    for (const setup of arm.cameras) {
      const name = `images.${setup.name}`;
      const { image, info } = this.#cameras.get(setup.name)!;
      robot.stream(name).subscribe(({ value, stamp }: Stamped<unknown>) => {
        const frame = value as ImageFrame;
        const head = header(name, stamp);
        image.publish(imageOf(frame, head));
        info.publish(cameraInfoOf(setup, frame, head));
      });
    }
  }

  /** Publishes the clock when it is due. Call it once a control period. @param now time of the system clock (s) */
  tick(now: number): void {
    this.#periodCount++;
    if (this.#periodCount % PERIODS_PER_CLOCK === 0) this.#clock?.publish({ clock: timeOf(now) });
  }

  /** @param time time of the system clock (s) */
  #publishFrames(sample: JointState, time: number): void {
    const { names, position } = this.#published.stateOf(sample);
    const joints = Object.fromEntries(names.map((name, i) => [name, position[i]]));
    this.#tf?.publish({ transforms: this.#frames.moving(joints, timeOf(time)) });
  }
}

/**
 * Intrinsics of a pinhole camera without distortion (`sensor_msgs/msg/CameraInfo`); its pixels are square.
 * @param size width and height of the images (pixels)
 */
export function cameraInfoOf(
  { fovY }: Pick<CameraSetup, 'fovY'>,
  { width, height }: Pick<ImageFrame, 'width' | 'height'>,
  header: Header,
): CameraInfo {
  const f = height / 2 / Math.tan(fovY / 2);
  const [cx, cy] = [width / 2, height / 2];
  return {
    ...{ header, height, width },
    distortion_model: 'plumb_bob',
    d: new Float64Array(5),
    k: Float64Array.of(f, 0, cx, 0, f, cy, 0, 0, 1),
    r: Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
    p: Float64Array.of(f, 0, cx, 0, 0, f, cy, 0, 0, 0, 1, 0),
  };
}
