import { setTimeout as sleep } from 'node:timers/promises';
import { errorMessage, InputError } from '@praxis/core';
import { definitionsOf, imageFrameOf, messageCodec } from '@praxis/wire';
import type { BridgeOutput, BridgeTopic, BridgeWorld } from '@praxis/wire/bridge';
import type { McapFile, ReadChannel, ReadMessage } from '@praxis/wire/mcap';
import { withMcapFile } from '../recording/file-source.ts';
import { FACTS } from '../recording/start-facts.ts';
import { CompressedCameras, compressedTopic } from './jpeg/compressed-cameras.ts';
import type { JpegThread } from './jpeg/jpeg-thread.ts';

/** Clients get the time so often (ns of the recording). */
const TIME_PERIOD_NS = 16_666_667n;
/** A message may be so much earlier than its time (ms): a pause for each would be imprecise. */
const LEAD_MS = 5;
/** Without pauses, connections are served so often (messages). */
const YIELD_MESSAGES = 50;
/** After its first subscription a client has so much time for the others (ms). */
const FURTHER_SUBSCRIPTIONS_MS = 200;
const NS_PER_MS = 1e6;

/** Facts of a recording that clients read as parameters `/praxis/NAME`. */
const SHOWN_FACTS = ['task', 'seed', 'policy', 'robot', 'started', 'fault'];

/** Options of {@link playRecording}. */
export interface PlayRecordingOptions {
  readonly hub: BridgeOutput;
  readonly jpeg: JpegThread;
  /** `realtime`: at the pace of the recording. `fast`: each message once the last one is handed over. */
  readonly pacing: 'realtime' | 'fast';
  /** `subscription`: the topics are there at once, and messages come from a client's first subscription on. Default: at once. */
  readonly begins?: 'at once' | 'subscription';
  /** Ends it early. */
  readonly signal: AbortSignal;
  readonly onRemark: (line: string) => void;
}

/** What was played. */
export interface PlayedRecording {
  readonly file: string;
  readonly messages: number;
  /** From the first message to the last (s). */
  readonly seconds: number;
}

/**
 * Plays a recording to the clients of a bridge: its topics in the order and at the pace of their receipt, pictures also as JPEG.
 * @throws {InputError} when the file cannot be read, or has no topic that can be shown
 * @throws {McapError} with the offset for a damaged file
 */
export const playRecording = (path: string, options: PlayRecordingOptions): Promise<PlayedRecording> =>
  withMcapFile(path, (file) => new RecordingPlayer(file, options).play());

/** A topic in the world of the hub, with the number of its pictures' topic. */
interface PlayedTopic {
  readonly index: number;
  readonly compressed: number | undefined;
}

class RecordingPlayer {
  readonly #file: McapFile;
  readonly #options: PlayRecordingOptions;
  readonly #cameras: CompressedCameras;
  /** Topics by the channel's id; undefined for one that cannot be shown. */
  readonly #played = new Map<number, PlayedTopic | undefined>();
  readonly #topics: BridgeTopic[] = [];

  constructor(file: McapFile, options: PlayRecordingOptions) {
    this.#file = file;
    this.#options = options;
    this.#cameras = new CompressedCameras(options);
    for (const channel of file.channels.values()) this.#add(channel);
    options.hub.setWorld(this.#world());
  }

  async play(): Promise<PlayedRecording> {
    const { hub, pacing, signal, begins } = this.#options;
    if (begins === 'subscription' && this.#topics.length > 0) await subscribed(hub, signal);
    const start = performance.now();
    let messages = 0;
    let first: bigint | undefined;
    let last = 0n;
    let nextTime = 0n;
    for await (const message of this.#file.messages()) {
      if (signal.aborted) break;
      const { logTime } = message;
      first ??= logTime;
      if (logTime > last) last = logTime;
      if (pacing === 'realtime') await waitUntil(start + Number(logTime - first) / NS_PER_MS, signal);
      else if (messages % YIELD_MESSAGES === 0)
        await Promise.all([this.#cameras.idle(), hub.settle?.(), yieldToConnections()]);
      if (logTime >= nextTime) {
        nextTime = logTime + TIME_PERIOD_NS;
        hub.setTime(logTime);
      }
      this.#publish(message);
      messages++;
    }
    await this.#cameras.idle();
    if (this.#topics.length === 0)
      throw new InputError(
        `${this.#file.name}: no topic whose messages can be shown, expected messages of ROS 2 in CDR`,
      );
    return { file: this.#file.name, messages, seconds: first === undefined ? 0 : Number(last - first) * 1e-9 };
  }

  #publish({ channelId, logTime, data }: ReadMessage): void {
    const { hub } = this.#options;
    if (!this.#played.has(channelId)) {
      const channel = this.#file.channels.get(channelId);
      if (channel) this.#add(channel);
      hub.setWorld(this.#world());
    }
    const topic = this.#played.get(channelId);
    if (!topic) return;
    if (hub.wants(topic.index)) hub.publish(topic.index, logTime, data.slice());
    if (topic.compressed === undefined || !hub.wants(topic.compressed)) return;
    try {
      const message = messageCodec('sensor_msgs/msg/Image').read(data);
      this.#cameras.accept(topic.compressed, { image: imageFrameOf(message), header: message.header, logTime });
    } catch (error) {
      this.#played.set(channelId, { ...topic, compressed: undefined });
      this.#options.onRemark(`${this.#topics[topic.index].topic}: no pictures as JPEG: ${errorMessage(error)}`);
    }
  }

  #add(channel: ReadChannel): void {
    const { id, topic, type, encoding, metadata } = channel;
    const reason =
      whyNot(channel) ?? (this.#topics.some((each) => each.topic === topic) ? 'is there twice' : undefined);
    if (reason !== undefined) {
      this.#played.set(id, undefined);
      this.#options.onRemark(`${topic}: left out: ${encoding} of ${type} ${reason}`);
      return;
    }
    const played: BridgeTopic = {
      ...{ topic, type, metadata },
      ...(type === 'std_msgs/msg/String' ? { history: 'latched' } : {}),
      keep: topic.startsWith('/praxis/') ? 'each' : 'newest',
    };
    const index = this.#topics.push(played) - 1;
    const isImage = type === 'sensor_msgs/msg/Image';
    const compressed = isImage ? this.#topics.push(compressedTopic(played)) - 1 : undefined;
    this.#played.set(id, { index, compressed });
  }

  #world(): BridgeWorld {
    const facts = this.#file.facts(FACTS) ?? {};
    return {
      topics: [...this.#topics],
      services: [],
      parameters: [
        { name: '/praxis/recording', get: () => this.#file.name },
        ...SHOWN_FACTS.filter((name) => facts[name] !== undefined).map((name) => {
          return { name: `/praxis/${name}`, get: () => facts[name] };
        }),
      ],
      inputs: [],
    };
  }
}

/** Why a channel cannot be shown; undefined if it can. */
function whyNot({ encoding, type }: ReadChannel): string | undefined {
  if (encoding !== 'cdr') return 'is no CDR';
  try {
    definitionsOf(type);
    return undefined;
  } catch {
    return 'is unknown here';
  }
}

/** Waits for the first subscription, and for those that follow it at once. */
async function subscribed(hub: BridgeOutput, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await Promise.race([hub.firstSubscription(), aborted]);
  await waitUntil(performance.now() + FURTHER_SUBSCRIPTIONS_MS, signal);
}

async function waitUntil(time: number, signal: AbortSignal): Promise<void> {
  const ahead = time - performance.now();
  if (ahead > LEAD_MS) await sleep(ahead, undefined, { signal }).catch(() => {});
}

const yieldToConnections = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
