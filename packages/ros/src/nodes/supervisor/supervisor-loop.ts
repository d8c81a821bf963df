import type { ArmCommand, Clock, Emit } from '@praxis/core';
import { QUEUE_STATES } from '@praxis/safety';
import { type Header, secondsOf } from '@praxis/wire';
import type { Output, Target } from '../../output/output.ts';
import { catchErrors } from '../../rcl/catch-errors.ts';
import { TickCounter } from '../../rcl/tick-timing.ts';
import { BlockedOutput } from './blocked-output.ts';
import { commandSize, type GroupSetup } from './group-setup.ts';
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
    { model, groups, autoStart, channels, outputName }: SupervisorSetup,
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
      model,
      groups: groups.map((group) => ({ ...group, outputs: [this.#targetOutput(group)] })),
      clock,
      onPower: (group, power) => emit('power', { group, power }),
    });
    const { view } = this.runner.linked;
    view.events$.subscribe((event) => emit('safety', { event, state: view.state, stopCause: view.stopCause }));
    const log = { error: (line: string) => emit('error', line) };
    this.tick = catchErrors(log, 'supervisor', (due: number, newest: boolean) => this.#tick(due, newest));
  }

  /** Runs one period. @param due time of the period (s) @param newest false for a late period, whose target is not sent */
  readonly tick: (due: number, newest: boolean) => void;

  #tick(due: number, newest: boolean): void {
    const { progress } = this.#ends;
    const { view } = this.runner.linked;
    if (view.state !== 'idle') this.#timing.add(due, this.#clock.now());
    this.#receive();
    this.runner.reportOutput(this.#blocked.check(this.#sent, this.#monotonic()));
    const before = this.#sent;
    this.runner.tick(due, newest);
    if (this.#sent !== before) this.#emit('target', this.#sent);
    if (!this.#started && this.#heartbeatReceived && view.state === 'ready')
      this.#started = this.runner.start(this.#clock.now()).ok;
    progress.timing = this.#timing;
    progress.ticks++;
  }

  /** Passes on what has arrived since the last period. */
  #receive(): void {
    const { samples, commands, heartbeats } = this.#ends;
    for (const { stream, reader } of samples) {
      for (let sample = reader.next(); sample; sample = reader.next())
        this.runner.acceptSample(stream, sample, sample.received);
    }
    for (const [group, reader] of commands) {
      for (let sample = reader.next(); sample; sample = reader.next()) {
        const values = sample.value as Float64Array;
        const value: ArmCommand = { position: values.subarray(0, -1), gripperWidth: values[values.length - 1] };
        this.runner.acceptCommand(group, { ...sample, value });
      }
    }
    for (let sample = heartbeats.next(); sample; sample = heartbeats.next()) {
      const queue = QUEUE_STATES[(sample.value as Float64Array)[0]];
      this.#heartbeatReceived = true;
      this.runner.acceptHeartbeat(queue, sample.received);
    }
  }

  /** Leaves the targets of a group in the shared memory. */
  #targetOutput(group: GroupSetup): Output {
    const targets = this.#ends.targets.get(group.name)!;
    const size = commandSize(group);
    const values = new Float64Array(2 + 2 * size);
    return {
      name: 'targets',
      kind: 'topic',
      listeners: 1,
      send: ({ position, velocity, gripperWidth }: Target, { stamp }: Header) => {
        values[0] = ++this.#sent;
        values.set(position, 1);
        values.set(velocity, 1 + size);
        values[1 + 2 * size] = gripperWidth;
        const time = secondsOf(stamp);
        targets.send({ value: values, stamp: time, received: time });
      },
      close: () => undefined,
    };
  }
}
