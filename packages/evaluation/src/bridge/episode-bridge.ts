import { type ImageFrame, InputError, type Robot, type SignalSpec } from '@praxis/core';
import type { OperatorRequest } from '@praxis/safety';
import type { EpisodeTap, TappedEpisode } from '@praxis/sim';
import { messageCodec } from '@praxis/wire';
import type { BridgeInput, BridgeOutput, BridgeTopic, BridgeWorld, TriggerResponse } from '@praxis/wire/bridge';
import {
  CommandTap,
  connectRecorder,
  headerOf,
  LoopRecorder,
  nanosecondsOf,
  recordingChannels,
  streamTopic,
} from '@praxis/wire/recording';
import { CompressedCameras, compressedTopic } from './jpeg/compressed-cameras.ts';
import type { JpegThread } from './jpeg/jpeg-thread.ts';
import { LinkTransforms } from './link-transforms.ts';

/** Clients get the time, and poses of the links, so often (s of the world's clock). */
const TIME_PERIOD_S = 1 / 60;
/** Share of a control period in which messages are encoded, beside a loop that goes on: what is left waits for the next one. */
const ENCODING_SHARE = 0.6;
/** After so many periods with messages that wait, all are encoded at once. */
const PERIODS_PUT_OFF = 10;
/** A loop that may wait lets connections work so often (ms, wall clock). */
const YIELD_PERIOD_MS = 5;

/** Topics of an episode beside those of a recording; the names are those of the ROS nodes. */
const MORE_TOPICS = {
  transforms: { topic: '/tf', type: 'tf2_msgs/msg/TFMessage' },
  state: { topic: '/supervisor_node/state', type: 'std_msgs/msg/String', history: 'latched' },
  description: { topic: '/robot_description', type: 'std_msgs/msg/String', history: 'latched' },
} as const satisfies Readonly<Record<string, BridgeTopic>>;

/** The stream that a tool's pose would be, which names its topic. */
const TOOL_POSE = 'tool_pose';
const TOOL_POSE_TYPE = 'geometry_msgs/msg/PoseStamped';

const IMAGE_TYPE = 'sensor_msgs/msg/Image';
const INSTRUCTION_STREAM = 'instruction';
const INSTRUCTION_TOPIC = streamTopic(INSTRUCTION_STREAM);

/** Services and the requests that they pass on. */
const SERVICES: Readonly<Record<string, OperatorRequest>> = {
  '/supervisor_node/start': 'start',
  '/supervisor_node/hold': 'hold',
  '/supervisor_node/stop': 'stop',
  '/supervisor_node/reset': 'reset',
};

/** Ends the episode, so that the next one begins. */
const NEXT_SERVICE = '/sim_node/next';

/**
 * What clients may do beside looking.
 * - `nothing`: they only look, and the episode goes as without them.
 * - `checkInstruction`: they ask the supervisor, end the episode, and give the policy an instruction. It returns the text that the policy
 *   receives. @throws {InputError} for one that must not move the arm
 * - `acceptText`: they ask the supervisor, and a text of theirs goes to whoever drives the arm by words. @throws {InputError} for one that is
 *   no command
 */
export type ClientControl =
  | 'nothing'
  | { readonly checkInstruction: (text: string) => string }
  | { readonly acceptText: (text: string) => void };

/** Options of an {@link EpisodeBridge}. */
export interface EpisodeBridgeOptions {
  readonly hub: BridgeOutput;
  readonly jpeg: JpegThread;
  /** Facts of the episode, which clients read as parameters `/praxis/NAME`. */
  readonly facts: Readonly<Record<string, string | number>>;
  readonly control: ClientControl;
  /** Topics that clients may publish beside the instruction. Default: none. */
  readonly inputs?: readonly BridgeInput[];
  /** URDF of the robot, as text. Default: it is not published. */
  readonly urdf?: string;
  /** `waits`: the episode waits for pictures and connections, as in a simulation in lock step. `goes on`: it leaves out what they miss. */
  readonly pace: 'waits' | 'goes on';
  readonly onRemark: (line: string) => void;
}

/** Shows one episode to the clients of a bridge, and passes their requests to its supervisor. */
export class EpisodeBridge implements EpisodeTap {
  readonly #options: EpisodeBridgeOptions;
  #parts: TappedEpisode | undefined;
  #recorder: LoopRecorder | undefined;
  #cameras: CompressedCameras | undefined;
  #transforms: LinkTransforms | undefined;
  /** Numbers of the topics; `tools`: that of the first arm's tool, which the other arms' follow. */
  #index: Readonly<Record<keyof typeof MORE_TOPICS | 'tools', number>> | undefined;
  #nextTime = Number.NEGATIVE_INFINITY;
  /** Periods since all messages were encoded. */
  #putOff = 0;
  #yielded = performance.now();
  #state = '';
  #instruction = '';
  #isOver = false;

  constructor(options: EpisodeBridgeOptions) {
    this.#options = options;
  }

  wrapRobot(robot: Robot): Robot {
    return new CommandTap(robot, (name, command) => this.#recorder?.addCommand('robotCommand', name, command));
  }

  wrapLoopRobot(robot: Robot): Robot {
    return new CommandTap(robot, (name, command) => this.#recorder?.addCommand('loopCommand', name, command));
  }

  begin(parts: TappedEpisode): void {
    const { hub, jpeg, onRemark, urdf } = this.#options;
    const { robot, loop, supervisor, setup } = parts;
    this.#parts = parts;
    const recorded = recordingChannels(robot.spec).map((channel, i): BridgeTopic => {
      if (channel.topic === INSTRUCTION_TOPIC) return { ...channel, history: 'latched' };
      return { ...channel, keep: i < robot.spec.streams.length ? 'newest' : 'each' };
    });
    const pictures = recorded.filter(({ type }) => type === IMAGE_TYPE);
    const first = recorded.length + pictures.length;
    this.#index = { transforms: first, state: first + 1, description: first + 2, tools: first + 3 };
    const tools = setup.arms.map(({ name }): BridgeTopic => {
      const stream = name === 'arm' ? TOOL_POSE : `${TOOL_POSE}.${name}`;
      return { topic: streamTopic(stream), type: TOOL_POSE_TYPE };
    });
    const more = [...pictures.map(compressedTopic), ...Object.values(MORE_TOPICS), ...tools];
    hub.setWorld(this.#world([...recorded, ...more]));
    this.#recorder = new LoopRecorder({
      robot: robot.spec,
      output: {
        backlogBytes: 0,
        wants: (i) => hub.wants(i),
        bufferFor: (bytes) => hub.bufferFor?.(bytes),
        write: ({ channel, logTime, data }) => hub.publish(channel, logTime, data),
      },
    });
    connectRecorder(this.#recorder, { robot, loop, safetyEvents$: supervisor?.events$ });
    this.#cameras = new CompressedCameras({ hub, jpeg, onRemark });
    for (const [i, picture] of pictures.entries()) {
      this.#followCamera(robot, robot.spec.streams[recorded.indexOf(picture)], recorded.length + i);
    }
    const joints = robot.spec.streams.filter(({ modality }) => modality === 'joints').map(({ name }) => name);
    const transforms = new LinkTransforms(setup.tree, setup.held, joints);
    this.#transforms = transforms;
    for (const name of joints) {
      robot.stream(name).subscribe({ next: ({ value }) => transforms.observe(name, value), error: () => {} });
    }
    this.#followInstruction(robot);
    if (urdf !== undefined) this.#publishText('description', urdf, 0);
  }

  /** True once a client has asked for the next episode. */
  get isOver(): boolean {
    return this.#isOver;
  }

  operatorInput(kind: 'request' | 'driver' | 'text', text: string): void {
    this.#recorder?.addOperatorInput(kind, text, this.#parts!.robot.clock.now());
  }

  endPeriod(loopTicked: boolean): Promise<void> | undefined {
    if (!this.#parts || !this.#recorder) return undefined;
    const { robot, loop, supervisor, driver } = this.#parts;
    const time = robot.clock.now();
    const safetyState = supervisor?.state ?? '';
    this.#recorder.endPeriod({ time, loopTicked, safetyState, driver });
    this.#recorder.addStats(loop.stats, time);
    this.#drain(this.#recorder);
    if (safetyState !== this.#state) {
      this.#state = safetyState;
      this.#publishText('state', safetyState, time);
      this.#options.hub.reportParameters();
    }
    if (time >= this.#nextTime) {
      this.#nextTime = time + TIME_PERIOD_S;
      this.#options.hub.setTime(nanosecondsOf(time));
      if (this.#transforms?.isReady) {
        this.#publishTransforms(time);
        this.#publishToolPoses(time);
      }
    }
    return this.#options.pace === 'waits' ? this.#settle() : undefined;
  }

  /** Waits for the last pictures of the episode; its topics and services stay until the next one. */
  async finish(): Promise<void> {
    this.#recorder?.drain();
    await this.#cameras?.idle();
  }

  /** Encodes what was recorded, and hands it to the bridge. Pictures take as long as a period or longer, and come together. */
  #drain(recorder: LoopRecorder): void {
    const isDue = this.#options.pace === 'waits' || this.#putOff >= PERIODS_PUT_OFF;
    recorder.drain(isDue ? undefined : ENCODING_SHARE * this.#parts!.period * 1000);
    this.#putOff = recorder.backlogBytes > 0 ? this.#putOff + 1 : 0;
  }

  #followCamera(robot: Robot, { name, frame }: SignalSpec, topic: number): void {
    robot.stream(name).subscribe({
      next: ({ value, stamp, received }) => {
        if (!this.#options.hub.wants(topic)) return;
        const header = headerOf(stamp, frame);
        this.#cameras?.accept(topic, { image: value as ImageFrame, header, logTime: nanosecondsOf(received) });
      },
      error: () => {},
    });
  }

  #followInstruction(robot: Robot): void {
    if (robot.spec.streams.every(({ name }) => name !== INSTRUCTION_STREAM)) return;
    robot.stream(INSTRUCTION_STREAM).subscribe({
      next: ({ value }) => {
        this.#instruction = String(value);
        this.#options.hub.reportParameters();
      },
      error: () => {},
    });
  }

  #publishTransforms(time: number): void {
    const { transforms: index } = this.#index!;
    const { hub } = this.#options;
    if (!hub.wants(index)) return;
    const message = { transforms: this.#transforms!.transforms(time) };
    hub.publish(index, nanosecondsOf(time), messageCodec(MORE_TOPICS.transforms.type).write(message));
  }

  #publishToolPoses(time: number): void {
    const { hub } = this.#options;
    for (const [i, { baseLink, toolLink }] of this.#parts!.setup.arms.entries()) {
      const index = this.#index!.tools + i;
      if (!hub.wants(index)) continue;
      const message = this.#transforms!.poseIn(baseLink, toolLink, time);
      hub.publish(index, nanosecondsOf(time), messageCodec(TOOL_POSE_TYPE).write(message));
    }
  }

  #publishText(topic: 'state' | 'description', data: string, time: number): void {
    const bytes = messageCodec('std_msgs/msg/String').write({ data });
    this.#options.hub.publish(this.#index![topic], nanosecondsOf(time), bytes);
  }

  /** Lets connections work from time to time, and waits for pictures and for the thread of the bridge. */
  #settle(): Promise<void> | undefined {
    const pending = this.#cameras?.idle() ?? this.#options.hub.settle?.();
    if (pending) return pending;
    if (performance.now() - this.#yielded < YIELD_PERIOD_MS) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        this.#yielded = performance.now();
        resolve();
      });
    });
  }

  #end(): TriggerResponse {
    this.#isOver = true;
    return { success: true, message: 'the next episode begins' };
  }

  /** Hands a text of a client over. */
  #instruct(value: unknown, control: Exclude<ClientControl, 'nothing'>): void {
    if (typeof value !== 'string') throw new InputError(`instruction: ${String(value)}, expected a text`);
    if ('acceptText' in control) control.acceptText(value);
    else this.#parts!.setInstruction(control.checkInstruction(value));
  }

  #world(topics: readonly BridgeTopic[]): BridgeWorld {
    const { request, supervisor } = this.#parts!;
    const { facts, control } = this.#options;
    const instruction = { name: '/praxis/instruction', get: () => this.#instruction };
    const parameters = [
      ...Object.entries(facts).map(([name, value]) => ({ name: `/praxis/${name}`, get: () => value })),
      { name: '/praxis/safety_state', get: () => supervisor?.state ?? '' },
    ];
    if (control === 'nothing') return { topics, services: [], parameters: [...parameters, instruction], inputs: [] };
    const next = { name: NEXT_SERVICE, call: () => this.#end() };
    return {
      topics,
      services: [
        ...('checkInstruction' in control ? [next] : []),
        ...Object.entries(SERVICES).map(([name, asked]) => ({
          name,
          call: (): TriggerResponse => {
            const result = request(asked);
            return { success: result.ok, message: result.ok ? (supervisor?.state ?? '') : result.reason };
          },
        })),
      ],
      parameters: [...parameters, { ...instruction, set: (value: unknown) => this.#instruct(value, control) }],
      inputs: [
        ...(this.#options.inputs ?? []),
        {
          topic: INSTRUCTION_TOPIC,
          type: 'std_msgs/msg/String',
          accept: (message) => {
            this.#instruct((message as { readonly data: string }).data, control);
          },
        },
      ],
    };
  }
}
