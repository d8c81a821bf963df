import { Worker } from 'node:worker_threads';
import {
  type ArmCommand,
  describeExit,
  execArgvOf,
  type ImageFrame,
  moduleBeside,
  ServiceClient,
  type SignalSpec,
  type Stamped,
  type StreamValue,
  type ThreadLike,
  threadTransport,
} from '@praxis/core';
import {
  QUEUE_STATES,
  type QueueState,
  type RequestResult,
  type SafetyCause,
  type SafetyEvent,
  type SafetyState,
} from '@praxis/safety';
import type { GroupOutputs } from '../../output/group-outputs.ts';
import type { Target } from '../../output/output.ts';
import { catchErrors, type ErrorLog } from '../../rcl/catch-errors.ts';
import { type StampClock, SYSTEM_STAMPS, stampAt } from '../../rcl/stamp-clock.ts';
import type { TickTiming } from '../../rcl/tick-timing.ts';
import { OUTPUT_TIMEOUT_S } from './blocked-output.ts';
import { commandSize } from './group-setup.ts';
import { rosEnds, shareChannels } from './shared-channels.ts';
import type { SupervisorService, SupervisorSetup } from './supervisor-service.ts';

/** The program of the thread. */
const PROGRAM = moduleBeside('./supervisor-worker', import.meta.url);
/** Time (ms) between two checks that the supervisor ticks. */
const CHECK_INTERVAL_MS = 50;
/** The thread counts as dead after this many checks in which it did not tick. */
const MAX_CHECKS_WITHOUT_TICK = 8;

const STREAM_FAULTS: readonly SafetyCause[] = ['stream_lost', 'stream_frozen', 'bad_samples'];

const startWorker = (workerData: SupervisorSetup): ThreadLike =>
  new Worker(PROGRAM, { workerData, execArgv: execArgvOf(PROGRAM), name: 'supervisor' });

/** The outputs of one command group, and the buffer of its targets. */
interface PublishedGroup extends GroupOutputs {
  readonly target: Target;
}

/** Options of {@link SupervisorThread}. */
export interface SupervisorThreadOptions extends Omit<SupervisorSetup, 'channels' | 'outputName'> {
  /** Streams of the robot that the supervisors monitor. */
  readonly streams: readonly SignalSpec[];
  /** Outputs of every command group. */
  readonly outputs: readonly GroupOutputs[];
  /** Clock of the stamps of the targets. Default: the system's. */
  readonly stampClock?: StampClock;
  readonly log: ErrorLog;
  /** Called with each event, and with the state of all supervisors after it. */
  onEvent(event: SafetyEvent, state: SafetyState): void;
  /** Called with the new power state when the brakes of a group close (false) or open (true). */
  onPower(group: string, power: boolean): void;
  /** Called when the thread has ended or hangs; the arm has no supervisor then. */
  onDead(reason: string): void;
}

/**
 * The supervisor in a thread of its own, from the thread of ROS. A call of the middleware that blocks, a garbage collection or a
 * large message in the thread of ROS does not delay its periods. It holds the arm when its targets do not leave this thread.
 */
export class SupervisorThread {
  /** Longest time for which the publication of the targets of a period has taken (s). */
  longestPublishS = 0;
  /** Number of the thread in the operating system; 0 where it has none. */
  threadId = 0;
  /** First cause of the stop in force; undefined without a stop. */
  stopCause: SafetyEvent | undefined;
  /** States by the names of the command groups, of a robot with several arms or a driven base. */
  readonly groupStates = new Map<string, SafetyState>();
  /** Newest fault that was only reported in this state; undefined without one. */
  lastReport: SafetyEvent | undefined;
  #state: SafetyState = 'idle';
  #needed: readonly string[] | 'all' = 'all';
  #closed = false;
  readonly #service: ServiceClient<SupervisorService>;
  readonly #ends: ReturnType<typeof rosEnds>;
  readonly #groups: readonly PublishedGroup[];
  readonly #stampClock: StampClock;
  readonly #log: ErrorLog;
  readonly #specs: ReadonlyMap<string, SignalSpec>;
  readonly #stopWatching: () => void;

  /**
   * Starts the thread.
   * @throws {InputError} when the configuration does not fit the robot
   */
  static async start(options: SupervisorThreadOptions, startThread = startWorker): Promise<SupervisorThread> {
    const { model, groups, autoStart, streams, outputs } = options;
    const channels = shareChannels(
      streams,
      groups.map((group) => ({ name: group.name, size: commandSize(group) })),
    );
    const outputName = namesOf(outputs);
    const setup: SupervisorSetup = { model, groups, autoStart, outputName, channels };
    const thread = new SupervisorThread(startThread(setup), options, rosEnds(channels));
    thread.threadId = (await thread.#service.ready).threadId;
    return thread;
  }

  private constructor(worker: ThreadLike, options: SupervisorThreadOptions, ends: ReturnType<typeof rosEnds>) {
    const { groups, streams, outputs, stampClock = SYSTEM_STAMPS, log, onEvent, onPower, onDead } = options;
    const sizes = new Map(groups.map((group) => [group.name, commandSize(group)]));
    this.#ends = ends;
    this.#groups = outputs.map((each) => {
      const size = sizes.get(each.group) ?? 0;
      const [position, velocity] = [new Float64Array(size), new Float64Array(size)];
      return { ...each, target: { position, velocity, gripperWidth: 0 } };
    });
    this.#stampClock = stampClock;
    this.#log = log;
    this.#specs = new Map(streams.map((spec) => [spec.name, spec]));
    const die = (reason: string): void => {
      if (!this.#closed) onDead(reason);
      this.#closed = true;
    };
    this.#service = new ServiceClient<SupervisorService>(threadTransport(worker), {
      events: {
        safety: ({ event, state, stopCause }) => {
          this.#state = state;
          if (event.group !== undefined) this.groupStates.set(event.group, event.to);
          if (event.from !== event.to) this.lastReport = undefined;
          else if (STREAM_FAULTS.includes(event.cause)) this.lastReport = event;
          this.stopCause = stopCause;
          onEvent(event, state);
        },
        power: ({ group, power }) => onPower(group, power),
        target: catchErrors(log, 'targets', () => this.#publishTargets()),
        error: (line) => log.error(line),
      },
      onStatus: (status) => {
        if (status.kind === 'exited') die(`the thread of the supervisor ${describeExit(status.reason)}`);
      },
    });
    this.#stopWatching = this.#watchTicks(() => die('the thread of the supervisor does not tick'));
  }

  /** State of the supervisors, as this thread knows it: that of the one that allows least. */
  get state(): SafetyState {
    return this.#state;
  }

  /** How late the supervisor's periods began, since the first measurement of the arm. */
  get timing(): TickTiming {
    return this.#ends.progress.timing;
  }

  /** Passes a sample of a stream on. */
  acceptSample(stream: string, sample: Stamped<StreamValue>): void {
    const writer = this.#ends.samples.get(stream);
    if (!writer) this.#postSample(stream, sample);
    else writer.send(sample);
  }

  /** Passes a command to a group on. @param command position with one number for each joint; of a base its velocities */
  acceptCommand(group: string, { value, stamp, received }: Stamped<ArmCommand>): void {
    this.#ends.commands
      .get(group)
      ?.send({ value: Float64Array.of(...value.position, value.gripperWidth), stamp, received });
  }

  /** Passes a heartbeat of the policy on, with the state of its queue. */
  acceptHeartbeat({ value, stamp, received }: Stamped<QueueState>): void {
    this.#ends.heartbeats.send({ value: Float64Array.of(QUEUE_STATES.indexOf(value)), stamp, received });
  }

  /** Says which streams are needed from now on; see `Supervisor.needStreams`. */
  needStreams(streams: readonly string[] | 'all'): void {
    if (String(streams) === String(this.#needed)) return;
    this.#needed = streams;
    this.#service.notify('needStreams', streams);
  }

  /** False for a camera whose faults are only reported. */
  needs(stream: string): boolean {
    const isCamera = this.#specs.get(stream)?.modality === 'vision';
    return !isCamera || this.#needed === 'all' || this.#needed.includes(stream);
  }

  /** Lets commands move the arm; see `Supervisor.start`. */
  start(): Promise<RequestResult> {
    return this.#service.call('start');
  }

  /** Ends a stop; see `Supervisor.reset`. */
  reset(): Promise<RequestResult> {
    return this.#service.call('reset');
  }

  /** Stops under control and stays powered; see `Supervisor.hold`. */
  hold(why: string): Promise<RequestResult> {
    return this.#service.call('hold', why);
  }

  /** Stops along the path, then closes the brakes; see `Supervisor.protectiveStop`. */
  protectiveStop(why: string): Promise<RequestResult> {
    return this.#service.call('protectiveStop', why);
  }

  /** Stops as hard as configured; see `Supervisor.emergencyStop`. */
  emergencyStop(why: string): Promise<RequestResult> {
    return this.#service.call('emergencyStop', why);
  }

  /** Measures the zero of the wrist sensor again. */
  tare(): Promise<void> {
    return this.#service.call('tare');
  }

  /** Stops the arm under control and ends the thread. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      await this.#service.call('shutDown');
    } finally {
      this.#stopWatching();
      await this.#service.close();
    }
  }

  /** Publishes the newest target of each group; an older one is of no use any more. */
  #publishTargets(): void {
    const { progress } = this.#ends;
    const begin = performance.now();
    let published = progress.published;
    progress.publishing = true;
    try {
      for (const group of this.#groups) published = Math.max(published, this.#publishTarget(group) ?? published);
      progress.published = published;
    } finally {
      progress.publishing = false;
      this.#recordPublish((performance.now() - begin) / 1000);
    }
  }

  /** @returns number of the target; undefined when none waits */
  #publishTarget({ group, outputs, target }: PublishedGroup): number | undefined {
    const targets = this.#ends.targets.get(group)!;
    let sample: Stamped<StreamValue> | undefined;
    for (let next = targets.next(); next; next = targets.next()) sample = next;
    if (!sample) return undefined;
    const numbers = sample.value as Float64Array;
    const { position, velocity } = target;
    const size = position.length;
    for (let i = 0; i < size; i++) {
      position[i] = numbers[1 + i];
      velocity[i] = numbers[1 + size + i];
    }
    target.gripperWidth = numbers[1 + 2 * size];
    const header = { stamp: stampAt(this.#stampClock, sample.stamp), frame_id: '' };
    for (const output of outputs) output.send(target, header);
    return numbers[0];
  }

  /** An arm that is stopped or not moved is not held for a blocked publish, so the log says it in every state. */
  #recordPublish(seconds: number): void {
    this.longestPublishS = Math.max(this.longestPublishS, seconds);
    if (seconds <= OUTPUT_TIMEOUT_S) return;
    this.#log.error(
      `publish on ${namesOf(this.#groups)} has blocked for ${(1000 * seconds).toFixed(0)} ms in the middleware`,
    );
  }

  /** Posts an image in a buffer of its own, which is transferred. */
  #postSample(stream: string, sample: Stamped<StreamValue>): void {
    const image = sample.value as ImageFrame;
    const data = image.data.slice();
    const value = { ...image, data };
    this.#service.notify('acceptSample', { stream, sample: { ...sample, value } }, { transfer: [data.buffer] });
  }

  /** @returns stops the watch */
  #watchTicks(onSilence: () => void): () => void {
    let last = 0;
    let checks = 0;
    const timer = setInterval(() => {
      const { ticks } = this.#ends.progress;
      checks = ticks === last ? checks + 1 : 0;
      last = ticks;
      if (ticks > 0 && checks === MAX_CHECKS_WITHOUT_TICK) onSilence();
    }, CHECK_INTERVAL_MS);
    return () => clearInterval(timer);
  }
}

/** Names of all topics of the targets, for reports. */
const namesOf = (groups: readonly GroupOutputs[]): string =>
  groups.flatMap(({ outputs }) => outputs.map(({ name }) => name)).join(', ');
