import { firstLine, type ImageFrame, isDue, type Stamped } from '@praxis/core';
import type { SafetyEvent } from '@praxis/safety';
import type { Episode } from '@praxis/sim';
import type { CameraImage, SupervisorDisplay, TelemetryFrame } from '../protocol/protocol.ts';
import { PlottedSignal, plottedSensors } from './plotted-signal.ts';

/** Simulated time (s) between two points of the plots. */
const PLOT_PERIOD_S = 0.01;

const oneLineOf = (event: SafetyEvent | undefined): string =>
  event ? `${event.time.toFixed(2)} s: ${event.message}` : '';

/** Options of {@link Telemetry}. */
export interface TelemetryOptions {
  /** Returns the duration of the newest inference (ms). */
  readonly inferenceMs: () => number;
  /** Returns the stamp of the newest chunk of the driver that was chosen (s), see `SwitchedPolicy.learnedStamp`. */
  readonly learnedStamp: () => number | undefined;
}

/** Collects the data of an episode between two frames. Its memory is bounded at any frame rate. */
export class Telemetry {
  readonly #episode: Episode;
  readonly #inferenceMs: () => number;
  readonly #images = new Map<string, CameraImage>();
  readonly #subscriptions: readonly { unsubscribe(): void }[];
  readonly #plots: readonly PlottedSignal[];
  #nextRow = 0;
  /** Why the policy gives no actions, in one line; undefined while it does. */
  #fault: string | undefined;
  /** Why the policy refuses the instruction, in one line; undefined while it does not. */
  #refusal: string | undefined;

  constructor(episode: Episode, { inferenceMs, learnedStamp }: TelemetryOptions) {
    this.#episode = episode;
    this.#inferenceMs = inferenceMs;
    this.#plots = plottedSensors(episode.robot.setup).map((each) => new PlottedSignal(each, episode));
    const cameras = episode.robot.spec.streams.filter(({ modality }) => modality === 'vision');
    this.#subscriptions = [
      ...cameras.map(({ name }) =>
        episode.robot.stream(name).subscribe((sample) => this.#storeImage(name, sample as Stamped<ImageFrame>)),
      ),
      episode.loop.events$.subscribe((event) => {
        if (event.kind === 'policy_error') this.#fault = firstLine(event.data.message);
        if (event.kind === 'refused') this.#refusal = firstLine(event.data.message);
      }),
      // After a failure the supervisor holds, and the motion policy gives the chunks: they say nothing about the other policy.
      episode.loop.chunks$.subscribe(({ stamp }) => {
        this.#refusal = undefined;
        if (stamp === learnedStamp()) this.#fault = undefined;
      }),
    ];
  }

  /** Records the plotted signals when they are due. Call it after each control period. */
  recordSample(): void {
    const time = this.#episode.robot.clock.now();
    if (!isDue(time, this.#nextRow)) return;
    this.#nextRow = time + PLOT_PERIOD_S;
    for (const plot of this.#plots) plot.record(time);
  }

  /** Makes the frame of the data since the last one. Its buffers are new and may be transferred. */
  makeFrame(rate: number): TelemetryFrame {
    const { robot, loop, scene } = this.#episode;
    const { stats, lastChunk } = loop;
    const poses = new Float32Array(7 * scene.bodies.length);
    this.#episode.bodyPoses(poses);
    const images = [...this.#images.values()];
    this.#images.clear();
    return {
      kind: 'frame',
      time: robot.clock.now(),
      poses,
      images,
      signals: this.#plots.map((plot) => plot.removeRows()),
      gates: lastChunk?.gates,
      grounding: lastChunk?.grounding,
      inferences: stats.inferences,
      inferenceMs: this.#inferenceMs(),
      emptyQueueTicks: stats.emptyQueueTicks,
      policyFault: this.#fault,
      refusal: this.#refusal,
      supervisor: this.#supervisor(),
      rate,
    };
  }

  #supervisor(): SupervisorDisplay {
    const { supervisor } = this.#episode;
    if (!supervisor) return { state: 'idle', event: 'the robot has no supervisor', stopCause: undefined };
    const { state, log, stopCause } = supervisor;
    return { state, event: oneLineOf(log.at(-1)), stopCause: stopCause && oneLineOf(stopCause) };
  }

  close(): void {
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    for (const plot of this.#plots) plot.close();
  }

  #storeImage(stream: string, { value, stamp }: Stamped<ImageFrame>): void {
    const camera = stream.replace(/^images\./, '');
    this.#images.set(camera, { camera, width: value.width, height: value.height, data: value.data, stamp });
  }
}
