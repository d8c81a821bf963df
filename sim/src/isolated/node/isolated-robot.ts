import { Worker } from 'node:worker_threads';
import {
  execArgvOf,
  InputError,
  moduleBeside,
  type Robot,
  type RobotCommand,
  type RobotSpec,
  ServiceClient,
  SimulatedClock,
  type Stamped,
  type StreamValue,
  threadTransport,
  UnknownStreamError,
} from '@praxis/core';
import {
  type BeatSource,
  type QueueState,
  type SafetyEvent,
  SharedRobot,
  type SharedSafety,
  type SupervisorRequest,
  type SupervisorStatus,
  shareSafety,
} from '@praxis/safety';
import { type Observable, Subject } from 'rxjs';
import { setupOf } from '../../robot/setup.ts';
import type { PlantEvents, PlantReport, PlantService, PlantSetup } from '../messages.ts';

/** The program of the thread. */
const PROGRAM = moduleBeside('./plant-worker', import.meta.url);

/**
 * The simulated robot and its supervisors in a separate thread that follows the wall clock. They continue when this thread is
 * blocked or the policy's process ends. Commands and heartbeats go through shared memory and samples come back as messages.
 * {@link clock} shows the time of the last period received. Tick the control loop on {@link periods$}.
 */
export class IsolatedRobot implements Robot {
  #spec: RobotSpec;
  readonly clock = new SimulatedClock();
  /** Emits the simulated time (s) after the samples of each control period. */
  readonly periods$: Observable<number>;
  /** Emits the supervisor's events. */
  readonly events$: Observable<SafetyEvent>;
  readonly #plant: ServiceClient<PlantService>;
  readonly #shared: SharedRobot;
  #instruction = '';
  /** Reason of a termination by this side; undefined without one. */
  #ending: Error | undefined;
  readonly #streams = new Map<string, Subject<Stamped<StreamValue>>>();
  readonly #periods = new Subject<number>();
  readonly #events = new Subject<SafetyEvent>();

  private constructor(worker: Worker, shared: SharedSafety, spec: RobotSpec) {
    this.#spec = spec;
    this.#shared = new SharedRobot(this, shared);
    this.periods$ = this.#periods.asObservable();
    this.events$ = this.#events.asObservable();
    this.#plant = new ServiceClient<PlantService>(threadTransport(worker), {
      events: { period: (period) => this.#handlePeriod(period), safety: (event) => this.#events.next(event) },
      exitError: ({ error }) => this.#ending ?? error ?? new InputError('plant: its thread ended'),
      onNotificationError: (error) => void this.#terminate(error),
      onStatus: ({ kind }) => {
        if (kind !== 'exited') return;
        for (const subject of [...this.#streams.values(), this.#periods, this.#events]) subject.complete();
      },
    });
  }

  /**
   * Starts the thread and builds the scene in it.
   * @throws {InputError} for an unknown task, a seed out of range or an invalid URDF
   */
  static async open(options: Omit<PlantSetup, 'shared'>): Promise<IsolatedRobot> {
    const { arms, bases, spec } = setupOf(options);
    const shared = shareSafety([
      ...arms.map(({ name, joints }) => ({ name, size: joints.length })),
      ...bases.map(({ name }) => ({ name, size: spec.commands.find((each) => each.name === name)?.shape[0] ?? 0 })),
    ]);
    const setup: PlantSetup = { ...options, shared };
    const worker = new Worker(PROGRAM, {
      workerData: setup,
      // The worker must not inherit the loaders and debuggers of this thread.
      execArgv: execArgvOf(PROGRAM),
    });
    const robot = new IsolatedRobot(worker, shared, spec);
    try {
      const { instruction, streams } = await robot.#plant.ready;
      robot.#instruction = instruction;
      robot.#spec = { ...spec, streams };
      for (const { name } of streams) robot.#streams.set(name, new Subject());
      return robot;
    } catch (error) {
      await robot.stop();
      throw error;
    }
  }

  /** Streams and commands of the robot, with the modalities of the scene. */
  get spec(): RobotSpec {
    return this.#spec;
  }

  /** The task's own instruction. */
  get instruction(): string {
    return this.#instruction;
  }

  stream(name: string): Observable<Stamped<StreamValue>> {
    const stream = this.#streams.get(name);
    if (!stream) throw new UnknownStreamError(`no stream "${name}": expected one of ${[...this.#streams.keys()]}`);
    return stream.asObservable();
  }

  /**
   * Sends a command to the supervisor, which also receives invalid ones.
   * @throws {CommandError} for a wrong name, a wrong size or a value that is not finite
   */
  command(name: string, command: Stamped<RobotCommand>): void {
    this.#shared.command(name, command);
  }

  /** Starts simulated time. */
  async start(): Promise<void> {
    this.#plant.notify('start');
  }

  /** Ends the thread and completes every stream. Safe to call twice. */
  stop(): Promise<void> {
    return this.#terminate(new InputError('plant: it was stopped by its owner'));
  }

  /** Publishes a new instruction. */
  setInstruction(text: string): void {
    this.#plant.notify('setInstruction', text);
  }

  /** Passes a heartbeat on: of the loop once a control period, of the policy's process each time it beats. */
  beat(source: BeatSource): void {
    this.#shared.beat(source);
  }

  /** Reports whether the chunk scheduler has an action for the present time, or none is expected. */
  reportQueue(state: QueueState): void {
    this.#shared.reportQueue(state);
  }

  /**
   * Says which streams the loop reads, `loop.reads`: a fault of another one is reported and stops nothing. Until the first call all
   * of them are needed. See `Supervisor.needStreams`.
   */
  needStreams(streams: Iterable<string> | 'all'): void {
    this.#plant.notify('needStreams', streams === 'all' ? 'all' : [...streams]);
  }

  /** Requests a change of the supervisor's state. The outcome shows in {@link state}. */
  requestStateChange(request: SupervisorRequest): void {
    this.#shared.request(request);
  }

  /** Returns the supervisor's status after its last period. */
  state(): SupervisorStatus {
    return this.#shared.state();
  }

  /** Restarts the measurements of {@link report}. */
  startMeasurement(): void {
    this.#plant.notify('startMeasurement');
  }

  /** Returns the measurements since the last {@link startMeasurement}. */
  report(): Promise<PlantReport> {
    return this.#plant.call('report');
  }

  #handlePeriod({ time, samples }: PlantEvents['period']): void {
    this.clock.advanceTo(time);
    for (const { stream, sample } of samples) this.#streams.get(stream)?.next(sample);
    this.#periods.next(time);
  }

  async #terminate(why: Error): Promise<void> {
    this.#ending ??= why;
    this.#plant.kill();
    await this.#plant.exited;
  }
}
