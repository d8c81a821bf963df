import type { ArmCommand, Clock, Emit } from '@praxis/core';
import { QUEUE_STATES } from '@praxis/safety';
import { type Header, secondsOf } from '@praxis/wire';
import type { Output, Target } from '../../output/arm-outputs.ts';
import { catchErrors } from '../../rcl/catch-errors.ts';
import { TickCounter } from '../../rcl/tick-timing.ts';
import { describeRobot } from '../../robot/description.ts';
import { BlockedOutput } from './blocked-output.ts';
import { supervisorEnds } from './shared-channels.ts';
import { SupervisorRunner } from './supervisor-runner.ts';
import type { SupervisorService, SupervisorSetup } from './supervisor-service.ts';

/** Monotonic time (s). */
const monotonicNow = (): number => performance.now() / 1000;

/**
 * The supervisor's periods in a thread of its own. Nothing in it can wait for the middleware: it reads samples and commands
 * from shared memory and leaves its targets there.
 */
export class SupervisorLoop {
  readonly runner: SupervisorRunner;
  readonly #ends: ReturnType<typeof supervisorEnds>;
  readonly #clock: Clock;
  readonly #monotonic: () => number;
  readonly #emit: Emit<SupervisorService>;
  readonly #timing = new TickCounter();
  readonly #blocked: BlockedOutput;
  /** Number of the newest target. */
  #sent = 0;
  #started: boolean;
  #heartbeatReceived = false;

  /**
   * @param outputName names of the topics of the targets, for reports
   * @throws {InputError} when the configuration does not fit the robot
   */
  constructor(
    { description, config, cameras, autoStart, channels, outputName }: SupervisorSetup,
    clock: Clock,
    emit: Emit<SupervisorService>,
    monotonic = monotonicNow,
  ) {
    this.#ends = supervisorEnds(channels);
    this.#clock = clock;
    this.#monotonic = monotonic;
    this.#emit = emit;
    this.#started = !autoStart;
    this.#blocked = new BlockedOutput(this.#ends.progress, outputName);
    this.runner = new SupervisorRunner({
      description,
      robot: describeRobot(description),
      config,
      clock,
      outputs: [this.#targetOutput(description.joints.length)],
      cameras,
      onPower: (power) => emit('power', power),
    });
    this.runner.supervisor.events$.subscribe((event) => emit('safety', event));
    const log = { error: (line: string) => emit('error', line) };
    this.tick = catchErrors(log, 'supervisor', (due: number, newest: boolean) => this.#tick(due, newest));
  }

  /** Runs one period. @param due time of the period (s) @param newest false for a late period, whose target is not sent */
  readonly tick: (due: number, newest: boolean) => void;

  #tick(due: number, newest: boolean): void {
    const { progress } = this.#ends;
    const { supervisor } = this.runner;
    if (supervisor.state !== 'idle') this.#timing.add(due, this.#clock.now());
    this.#receive();
    supervisor.reportOutput(this.#blocked.check(this.#sent, this.#monotonic()));
    this.runner.tick(due, newest);
    if (!this.#started && this.#heartbeatReceived && supervisor.state === 'ready')
      this.#started = this.runner.start(this.#clock.now()).ok;
    progress.timing = this.#timing;
    progress.ticks++;
  }

  /** Passes on what has arrived since the last period. */
  #receive(): void {
    const { samples, commands, heartbeats } = this.#ends;
    const { supervisor } = this.runner;
    for (const { stream, reader } of samples) {
      for (let sample = reader.next(); sample; sample = reader.next())
        supervisor.acceptSample(stream, sample, sample.received);
    }
    for (let sample = commands.next(); sample; sample = commands.next()) {
      const values = sample.value as Float64Array;
      const value: ArmCommand = { position: values.subarray(0, -1), gripperWidth: values[values.length - 1] };
      this.runner.acceptCommand({ ...sample, value });
    }
    for (let sample = heartbeats.next(); sample; sample = heartbeats.next()) {
      const queue = QUEUE_STATES[(sample.value as Float64Array)[0]];
      this.#heartbeatReceived = true;
      supervisor.beat('policy', sample.received);
      supervisor.reportQueue(queue, sample.received);
    }
  }

  /** Leaves targets in the shared memory and tells the thread of ROS. */
  #targetOutput(joints: number): Output {
    const { targets } = this.#ends;
    const values = new Float64Array(2 + 2 * joints);
    return {
      name: 'targets',
      kind: 'topic',
      listeners: 1,
      send: ({ position, velocity, gripperWidth }: Target, { stamp }: Header) => {
        values[0] = ++this.#sent;
        values.set(position, 1);
        values.set(velocity, 1 + joints);
        values[1 + 2 * joints] = gripperWidth;
        const time = secondsOf(stamp);
        targets.send({ value: values, stamp: time, received: time });
        this.#emit('target', this.#sent);
      },
      close: () => undefined,
    };
  }
}
