import {
  holdPrevious,
  type ImageFrame,
  type JointState,
  resample,
  type Stamped,
  type StreamValue,
  type Wrench,
} from '@praxis/core';
import { type CameraSetup, odometryStream, type TaskArm, wrenchStream } from '@praxis/sim';
import {
  type CameraInfo,
  type Header,
  imageOf,
  jointStateMessageOf,
  odometryMessageOf,
  timeOf,
  topicOf,
  transformOf,
  wrenchStampedOf,
} from '@praxis/wire';
import { catchErrors } from '../../rcl/catch-errors.ts';
import type { RosSession } from '../../rcl/session.ts';
import { type OwnTopic, publishOwn } from '../../robot/own-topics.ts';
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
  /** Publishes the robot's transforms on `/tf` and `/tf_static`. */
  readonly tf: boolean;
  /** Publishes the place of a driven base by its odometry on `/tf`. */
  readonly odomTf: boolean;
  /** Topics of the user's sensors. */
  readonly own: readonly OwnTopic[];
}

/** Publishes the samples of the simulated robot's sensors, stamped with the system clock. */
export class SensorPublishers {
  /** System time minus simulated time (s). */
  offset = 0;
  readonly #joints: CdrPublisher<'sensor_msgs/msg/JointState'>;
  /** By the names of the streams of the wrist sensors. */
  readonly #wrenches: ReadonlyMap<string, CdrPublisher<'geometry_msgs/msg/WrenchStamped'>>;
  /** By the names of the streams, of each driven base. */
  readonly #odometry: ReadonlyMap<string, { odom: CdrPublisher<'nav_msgs/msg/Odometry'>; link: string }>;
  readonly #clock: CdrPublisher<'rosgraph_msgs/msg/Clock'> | undefined;
  readonly #tf: CdrPublisher<'tf2_msgs/msg/TFMessage'> | undefined;
  readonly #cameras = new Map<
    string,
    { image: CdrPublisher<'sensor_msgs/msg/Image'>; info: CdrPublisher<'sensor_msgs/msg/CameraInfo'> }
  >();
  /** Publishes one sample of a user's sensor, by the stream's name. An error in the user's code is logged. */
  readonly #own: ReadonlyMap<string, (value: StreamValue, header: Header) => void>;
  /** Undefined when the robot's transforms are not published. */
  readonly #frames: ArmFrames | undefined;
  readonly #odomTf: boolean;
  readonly #published: PublishedJoints;
  #periodCount = 0;

  constructor(session: RosSession, arm: TaskArm, { clock, tf, odomTf, own }: SensorOptions) {
    const { rcl, node, log } = session;
    const { spec, setup } = arm.robot;
    this.#joints = new CdrPublisher(rcl, node, 'sensor_msgs/msg/JointState', topicOf('joints'), 'published');
    this.#published = new PublishedJoints(setup);
    // A user's sensor may be a wrench too, with a topic of its own.
    const wrists = spec.streams.filter(({ name }) => setup.arms.some((each) => name === wrenchStream(each.name)));
    this.#wrenches = new Map(
      wrists.map(({ name }) => {
        return [name, new CdrPublisher(rcl, node, 'geometry_msgs/msg/WrenchStamped', topicOf(name), 'published')];
      }),
    );
    this.#odometry = new Map(
      setup.bases.map(({ name, link }) => {
        const stream = odometryStream(name, setup.bases);
        return [
          stream,
          { odom: new CdrPublisher(rcl, node, 'nav_msgs/msg/Odometry', topicOf(stream), 'published'), link },
        ];
      }),
    );
    this.#clock = clock ? new CdrPublisher(rcl, node, 'rosgraph_msgs/msg/Clock', '/clock', 'published') : undefined;
    this.#frames = tf ? new ArmFrames(arm.model) : undefined;
    this.#odomTf = odomTf && setup.bases.length > 0;
    const hasTf = tf || this.#odomTf;
    this.#tf = hasTf ? new CdrPublisher(rcl, node, 'tf2_msgs/msg/TFMessage', '/tf', 'published') : undefined;
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
    if (this.#frames) {
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
    const frames = this.#frames;
    const atTfRate = resample<StreamValue>({
      rateHz: TF_RATE_HZ,
      interpolate: holdPrevious,
      maximumGap: TF_MAXIMUM_GAP_S,
    });
    if (frames) {
      robot
        .stream('joints')
        .pipe(atTfRate)
        .subscribe(({ value, stamp }) => this.#publishFrames(frames, value as JointState, this.offset + stamp));
    }
    for (const [name, publisher] of this.#wrenches) {
      robot.stream(name).subscribe(({ value, stamp }) => {
        publisher.publish(wrenchStampedOf(value as Wrench, header(name, stamp)));
      });
    }
    for (const [name, { odom, link }] of this.#odometry) {
      robot.stream(name).subscribe(({ value, stamp }) => {
        odom.publish(odometryMessageOf(value as Float64Array, header(name, stamp), link));
      });
      if (!this.#odomTf) continue;
      robot
        .stream(name)
        .pipe(atTfRate)
        .subscribe(({ value, stamp }) => {
          this.#tf?.publish({ transforms: [transformOf(value as Float64Array, header(name, stamp), link)] });
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
  #publishFrames(frames: ArmFrames, sample: JointState, time: number): void {
    const { names, position } = this.#published.stateOf(sample);
    const joints = Object.fromEntries(names.map((name, i) => [name, position[i]]));
    this.#tf?.publish({ transforms: frames.moving(joints, timeOf(time)) });
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
