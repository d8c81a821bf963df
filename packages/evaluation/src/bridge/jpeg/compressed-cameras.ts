import { errorMessage, type ImageFrame } from '@praxis/core';
import { type Header, messageCodec } from '@praxis/wire';
import type { BridgeOutput, BridgeTopic } from '@praxis/wire/bridge';
import type { JpegThread } from './jpeg-thread.ts';

const codec = messageCodec('sensor_msgs/msg/CompressedImage');

/** The topic of a camera's pictures as JPEG, `/camera_NAME/image_raw/compressed`, as ROS's image transport names it. */
export const compressedTopic = ({ topic, metadata }: BridgeTopic): BridgeTopic => ({
  topic: `${topic}/compressed`,
  type: 'sensor_msgs/msg/CompressedImage',
  metadata,
});

/** Options of a {@link CompressedCameras}. */
export interface CompressedCamerasOptions {
  readonly hub: BridgeOutput;
  readonly jpeg: JpegThread;
  readonly onRemark: (line: string) => void;
}

/** A picture of a camera. */
export interface CameraPicture {
  readonly image: ImageFrame;
  readonly header: Header;
  /** Time of receipt (ns). */
  readonly logTime: bigint;
}

/** Publishes pictures as JPEG, while a client wants them. One that comes while the last one of its topic is in work waits, and the next one replaces it. */
export class CompressedCameras {
  readonly #options: CompressedCamerasOptions;
  /** The newest picture of each topic that is in work. */
  readonly #next = new Map<number, CameraPicture | undefined>();
  #onIdle: (() => void) | undefined;
  #failed = false;

  constructor(options: CompressedCamerasOptions) {
    this.#options = options;
  }

  /** Takes a picture for a topic of the hub's world. */
  accept(topic: number, picture: CameraPicture): void {
    if (!this.#options.hub.wants(topic)) return;
    const isWorking = this.#next.has(topic);
    this.#next.set(topic, picture);
    if (!isWorking) void this.#work(topic);
  }

  /** Waits until no picture is in work; undefined if none is. */
  idle(): Promise<void> | undefined {
    if (this.#next.size === 0) return undefined;
    return new Promise((resolve) => {
      this.#onIdle = resolve;
    });
  }

  async #work(topic: number): Promise<void> {
    const { hub, jpeg, onRemark } = this.#options;
    for (let picture = this.#next.get(topic); picture; picture = this.#next.get(topic)) {
      this.#next.set(topic, undefined);
      const { image, header, logTime } = picture;
      try {
        const data = await jpeg.encode(image);
        hub.publish(topic, logTime, codec.write({ header, format: 'rgb8; jpeg compressed bgr8', data }));
      } catch (error) {
        if (!this.#failed) onRemark(`bridge: a picture was left out: ${errorMessage(error)}`);
        this.#failed = true;
      }
    }
    this.#next.delete(topic);
    if (this.#next.size > 0) return;
    this.#onIdle?.();
    this.#onIdle = undefined;
  }
}
