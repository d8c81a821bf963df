import type { RobotSpec } from '@praxis/core';
import type { McapFile, ReadChannel } from '@praxis/wire/mcap';
import { type MarkReader, markReader } from './mark-reader.ts';
import { type SignalReader, signalReader, streamOf } from './signal-layout.ts';

/** Type of the pictures that are shown. */
export const IMAGE = 'sensor_msgs/msg/Image';

/** What a channel is to the player. */
export interface ShownChannel {
  readonly channel: ReadChannel;
  /** Name of the camera; undefined for other channels. */
  readonly camera: string | undefined;
  readonly signals: SignalReader | undefined;
  readonly marks: MarkReader | undefined;
}

/** The channels of a file of which something is shown. */
export class ShownChannels {
  readonly #file: McapFile;
  readonly #robot: Pick<RobotSpec, 'commands'> | undefined;
  readonly #known = new Map<number, ShownChannel>();

  /** @param robot says which joints commands move; undefined in a file that does not say it */
  constructor(file: McapFile, robot: Pick<RobotSpec, 'commands'> | undefined) {
    this.#file = file;
    this.#robot = robot;
  }

  /** Names of the cameras that are known so far. */
  get cameras(): readonly string[] {
    return [...this.#file.channels.values()].filter(isCamera).map(cameraOf);
  }

  /** The channel of an id; undefined for one of which nothing is shown. */
  get(id: number): ShownChannel | undefined {
    const known = this.#known.get(id);
    if (known) return known;
    const channel = this.#file.channels.get(id);
    if (!channel || !isShown(channel)) return undefined;
    const shown: ShownChannel = {
      channel,
      camera: isCamera(channel) ? cameraOf(channel) : undefined,
      signals: signalReader(channel, this.#robot),
      marks: markReader(channel),
    };
    this.#known.set(id, shown);
    return shown;
  }
}

/** True for a channel of which the player shows something. */
export const isShown = (channel: ReadChannel): boolean =>
  channel.encoding === 'cdr' &&
  (isCamera(channel) || signalReader(channel, undefined) !== undefined || markReader(channel) !== undefined);

const isCamera = ({ type }: ReadChannel): boolean => type === IMAGE;

const cameraOf = (channel: ReadChannel): string =>
  streamOf(channel)
    .replace(/^images\./, '')
    .replace(/^\/(?:camera_)?/, '')
    .replace(/\/image_raw$/, '');
