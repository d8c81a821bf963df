import { errorMessage, type ImageFrame, type Robot, type SignalSpec, type Stamped } from '@praxis/core';
import { messageCodec, timeOf } from '@praxis/wire';
import type { BridgeHub, BridgeTopic } from '@praxis/wire/bridge';
import { nanosecondsOf, streamTopic } from '@praxis/wire/recording';
import type { JpegThread } from './jpeg-thread.ts';

const codec = messageCodec('sensor_msgs/msg/CompressedImage');

/** True for the stream of a camera. */
const isCamera = ({ dtype, shape }: SignalSpec): boolean => dtype === 'uint8' && shape.length === 3;

/** The topics of pictures as JPEG: `/camera_NAME/image_raw/compressed`, as ROS's image transport names them. */
export const compressedTopics = (streams: readonly SignalSpec[]): readonly BridgeTopic[] =>
  streams.filter(isCamera).map(({ name, frame, rateHz }) => ({
    topic: `${streamTopic(name)}/compressed`,
    type: 'sensor_msgs/msg/CompressedImage',
    metadata: { stream: name, frame, rate_hz: String(rateHz) },
  }));

/** Options of {@link CompressedCameras}. */
export interface CompressedCamerasOptions {
  readonly hub: BridgeHub;
  readonly robot: Pick<Robot, 'spec' | 'stream'>;
  /** Number of the first of {@link compressedTopics} among the topics of the world. */
  readonly first: number;
  readonly jpeg: JpegThread;
  readonly onRemark: (line: string) => void;
}

/** One camera: the picture in work, and the newest one after it. */
interface Camera {
  readonly topic: number;
  readonly frame: string;
  working: boolean;
  next: Stamped<ImageFrame> | undefined;
}

/** Publishes the pictures of the cameras as JPEG, while a client wants them. A picture that comes while two others wait replaces the newer one. */
export class CompressedCameras {
  readonly #options: CompressedCamerasOptions;
  readonly #subscriptions: readonly { unsubscribe(): void }[];
  #working = 0;
  #onIdle: (() => void) | undefined;
  #failed = false;

  constructor(options: CompressedCamerasOptions) {
    this.#options = options;
    const { robot, first } = options;
    this.#subscriptions = robot.spec.streams.filter(isCamera).map(({ name, frame }, i) => {
      const camera: Camera = { topic: first + i, frame, working: false, next: undefined };
      return robot.stream(name).subscribe({
        next: (sample) => this.#accept(camera, sample as Stamped<ImageFrame>),
        error: () => {},
      });
    });
  }

  /** Waits until no picture is in work; undefined if none is. */
  idle(): Promise<void> | undefined {
    if (this.#working === 0) return undefined;
    return new Promise((resolve) => {
      this.#onIdle = resolve;
    });
  }

  close(): void {
    for (const each of this.#subscriptions) each.unsubscribe();
  }

  #accept(camera: Camera, sample: Stamped<ImageFrame>): void {
    if (!this.#options.hub.wants(camera.topic)) return;
    camera.next = sample;
    if (!camera.working) void this.#work(camera);
  }

  async #work(camera: Camera): Promise<void> {
    camera.working = true;
    this.#working++;
    while (camera.next) {
      const { value, stamp, received } = camera.next;
      camera.next = undefined;
      try {
        const data = await this.#options.jpeg.encode(value);
        const header = { stamp: timeOf(stamp), frame_id: camera.frame };
        this.#options.hub.publish(
          camera.topic,
          nanosecondsOf(received),
          codec.write({ header, format: 'rgb8; jpeg compressed bgr8', data }),
        );
      } catch (error) {
        if (!this.#failed) this.#options.onRemark(`bridge: a picture was left out: ${errorMessage(error)}`);
        this.#failed = true;
      }
    }
    camera.working = false;
    this.#working--;
    if (this.#working > 0) return;
    this.#onIdle?.();
    this.#onIdle = undefined;
  }
}
