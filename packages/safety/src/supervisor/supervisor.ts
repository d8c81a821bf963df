import {
  type ArmCommand,
  BindError,
  errorMessage,
  type JointState,
  type Stamped,
  type StreamValue,
  type Wrench,
} from '@praxis/core';
import type { Observable } from 'rxjs';
import type { Stop, StopMode } from '../config/filter-config.ts';
import { CommandFilter } from '../filter/command-filter.ts';
import type { StoppingEstimate } from '../filter/stop/stopping-forecast.ts';
import type { Verdict } from '../filter/verdict.ts';
import { Contact } from './contact/contact.ts';
import type { Expectation } from './contact/force-monitor.ts';
import { ClockJumpMonitor } from './monitors/clock-jump-monitor.ts';
import { CommandInbox } from './monitors/command-inbox.ts';
import { JointMonitor } from './monitors/joint-monitor.ts';
import { type BeatSource, LoopWatchdog } from './monitors/loop-watchdog.ts';
import { type Monitor, milliseconds } from './monitors/monitor.ts';
import { OutputMonitor } from './monitors/output-monitor.ts';
import type { QueueState } from './monitors/queue-monitor.ts';
import { SensorWatchdog } from './monitors/sensor-watchdog.ts';
import type { RequestResult, SupervisorOptions, SupervisorOutput, SupervisorView } from './options.ts';
import { MeasuredArm } from './states/measured-arm.ts';
import type { SafetyCause, SafetyData, SafetyEvent } from './states/state-machine.ts';
import { isStop, type SafetyState, StateMachine } from './states/state-machine.ts';
import { StopController } from './stop-controller.ts';

const OK: RequestResult = { ok: true };

/**
 * Stands between a controller and a robot. It filters every command, monitors commands, sensors, heartbeats, contact
 * and the clock, and stops the arm by itself. A stop latches until {@link reset}, which moves nothing: the arm is then
 * `ready`, and only {@link start} lets commands through again.
 *
 * Its owner passes it all input and calls {@link tick} every `period`, with or without input. Its output is a function
 * of its inputs and their times alone. It allocates nothing per tick. It is engineering, not a certified safety
 * function.
 */
export class Supervisor implements SupervisorView {
  /** Every change of state and every reported fault, as it happens. */
  readonly events$: Observable<SafetyEvent>;
  readonly #machine = new StateMachine();
  readonly #filter: CommandFilter;
  readonly #arm: MeasuredArm;
  readonly #inbox: CommandInbox;
  readonly #clock: ClockJumpMonitor;
  readonly #loop: LoopWatchdog;
  readonly #outputMonitor = new OutputMonitor();
  readonly #sensors: SensorWatchdog;
  readonly #contact: Contact;
  readonly #jointMonitor: JointMonitor | undefined;
  readonly #stopController: StopController;
  readonly #monitors: readonly Monitor[];
  /** 1 for each monitor whose lasting fault was already reported since the start; used for the reaction `report`. */
  readonly #reported: Uint8Array;
  readonly #standstillVelocity: number;
  readonly #joints: string;
  readonly #wrench: string | undefined;
  readonly #followsMeasurement: boolean;
  readonly #output: { -readonly [K in keyof SupervisorOutput]: SupervisorOutput[K] };

  /** @throws {InputError} on a wrong configuration; {BindError} if joints, streams and kinematics do not match. */
  constructor(options: SupervisorOptions) {
    const { names, streams, kinematics, tool, config, fingerJoints = ['finger_joint1', 'finger_joint2'] } = options;
    const joints = streams.find(({ modality, names: has }) => {
      return modality === 'joints' && names.every((name) => has?.includes(name));
    });
    if (!joints) throw new BindError(`supervisor: no stream of modality joints has all of ${names.join(', ')}`);
    const wrench = streams.find(({ modality }) => modality === 'wrench');
    if (wrench && !(wrench.shape.length === 1 && wrench.shape[0] === 6)) {
      throw new BindError(`supervisor: stream ${wrench.name} has shape ${wrench.shape.join(' x ')}, expected 6`);
    }
    this.#joints = joints.name;
    this.#wrench = wrench?.name;
    this.#followsMeasurement = options.whileReady === 'follow';
    this.events$ = this.#machine.events$;
    this.#standstillVelocity = config.stops.standstillVelocity;
    this.#filter = new CommandFilter({ ...options, config: config.filter });
    this.#arm = new MeasuredArm(names, fingerJoints, kinematics, joints);
    this.#inbox = new CommandInbox(names.length, config.watchdog.clock.ahead);
    this.#clock = new ClockJumpMonitor(config.watchdog.clock);
    this.#loop = new LoopWatchdog(config.watchdog);
    this.#sensors = new SensorWatchdog(streams, joints.name, config.watchdog);
    this.#contact = new Contact({ ...options, wrench, tool, filter: this.#filter, arm: this.#arm });
    this.#stopController = new StopController(options, this.#filter, this.#arm, this.#contact);
    const { joints: rule } = config.watchdog;
    this.#jointMonitor = rule ? new JointMonitor(names, this.#filter.limits.velocity, rule) : undefined;
    this.#monitors = [
      this.#clock,
      ...this.#contact.monitors,
      ...this.#contact.inputMonitors,
      ...(this.#jointMonitor ? [this.#jointMonitor] : []),
      this.#outputMonitor,
      ...this.#loop.monitors,
      ...this.#sensors.monitors,
    ];
    this.#reported = new Uint8Array(this.#monitors.length);
    this.#output = {
      state: 'idle',
      place: 'unknown',
      position: this.#filter.position,
      gripperWidth: 0,
      powered: false,
      verdict: undefined,
    };
  }

  /** The present state. */
  get state(): SafetyState {
    return this.#machine.state;
  }

  /**
   * The event that began the present stop: its first cause, in figures. What followed is history and stands in
   * {@link log}. Undefined while there is no stop.
   */
  get stopCause(): SafetyEvent | undefined {
    return this.#machine.stopCause;
  }

  /** The newest 1000 events, oldest first. */
  get log(): readonly SafetyEvent[] {
    return this.#machine.log;
  }

  /** Keeps this arm clear of the arms of other supervisors of the same model, see `CommandFilter.keepClearOf`. */
  keepClearOf(others: readonly Supervisor[]): void {
    this.#filter.keepClearOf(others.map((other) => other.#filter));
  }

  /** Counts of a stream's samples; undefined for an unknown stream. */
  counts(stream: string) {
    return this.#sensors.get(stream)?.counts;
  }

  /** Counts of the commands. */
  get commandCounts() {
    return this.#inbox.counts;
  }

  /** Estimates a stop that begins now. It returns the same object each time. */
  stoppingEstimate(mode: StopMode): StoppingEstimate {
    return this.#filter.stoppingEstimate(mode);
  }

  /** Accepts the newest command and copies it; ignores one that is older than the last or stamped in the future. */
  acceptCommand(command: Stamped<ArmCommand>, now: number): void {
    if (this.#inbox.accept(command, now)) this.#loop.observeCommand(command.stamp, now);
  }

  /**
   * Accepts a sample of a stream; counts and ignores one that is old, stamped in the future, or against its spec. It throws
   * on no sample, whatever its type: an error in a subscriber would end the process.
   */
  acceptSample(stream: string, sample: Stamped<StreamValue>, now: number): void {
    const monitor = this.#sensors.get(stream);
    if (!monitor) return;
    try {
      if (!monitor.acceptSample(sample, now, this.#stopController.motion)) return;
      if (monitor.jump !== 0) this.#handleStreamJump(stream, monitor.jump, now);
      this.#useSample(stream, sample, now);
    } catch (error) {
      monitor.reject(`${stream}: ${errorMessage(error)}`);
    }
  }

  /** Reports that a stream has ended; it is then lost until its next good sample. @param why reason in one line */
  reportStreamEnd(stream: string, why: string): void {
    const monitor = this.#sensors.get(stream);
    if (monitor) monitor.ended = why;
  }

  /**
   * Says which streams the policy, or whoever else moves the arm, reads from now on; until the first call it is `all`. A fault of
   * another stream is reported and stops nothing. Always needed are what the supervisor itself reads (joints and wrenches) and
   * streams of events, through which a person speaks.
   * @param streams names of streams; unknown ones are ignored
   */
  needStreams(streams: Iterable<string> | 'all'): void {
    this.#sensors.need(streams);
  }

  /** Reports a heartbeat at time `now` (s). */
  beat(source: BeatSource, now: number): void {
    this.#loop.beat(source, now);
  }

  /**
   * Reports whether the chunk scheduler has an action for `now` (s). A loop that does not move the arm, also during a
   * stop, reports `unknown`: an empty queue is then no fault any more.
   */
  reportQueue(state: QueueState, now: number): void {
    this.#loop.queue.report(state, now);
  }

  /**
   * Reports whether the targets of {@link tick} reach the robot. A fault holds the arm, and no start or reset succeeds
   * while it lasts.
   * @param fault reason in one line; undefined while they do
   */
  reportOutput(fault: string | undefined): void {
    this.#outputMonitor.fault = fault;
  }

  /**
   * Reports whether something moves that this supervisor stops and that is none of its joints, such as a driven base. A stop is over once
   * it stands. Until the first call nothing does.
   */
  reportMotion(motion: 'moving' | 'standing'): void {
    this.#stopController.otherMotion = motion;
  }

  /** Sets the contact that the task expects, until the next call. */
  expectContact(what: Expectation): void {
    this.#contact.setExpectation(what);
  }

  /** Measures the zero of the wrist sensor again. Nothing may touch the tool. */
  tare(): void {
    this.#contact.tare();
  }

  /** Whether {@link start} would let commands through now. It changes nothing. */
  canStart(now: number): RequestResult {
    if (!this.#machine.can('start')) return refused(`the supervisor is ${this.state}, expected ready`);
    const fault = this.#fault(now);
    return fault === undefined ? OK : refused(fault);
  }

  /**
   * Lets commands through; only from `ready` and without a fault. The first command must be near the arm's position.
   */
  start(now: number): RequestResult {
    const allowed = this.canStart(now);
    if (!allowed.ok) return allowed;
    this.#inbox.clear();
    this.#loop.start(now);
    this.#reported.fill(0);
    this.#machine.apply('start', now, 'start', {}, 'commands move the arm');
    return OK;
  }

  /** Stops under control and stays powered, until a reset. */
  hold(now: number, why: string): RequestResult {
    return this.#request('hold', 'hold_request', now, why);
  }

  /** Stops along the path and then closes the brakes, until a reset. A spoken stop uses this. */
  protectiveStop(now: number, why: string): RequestResult {
    return this.#request('protective_stop', 'protective_stop_request', now, why);
  }

  /** Stops as hard as the configured category says, until a reset. */
  emergencyStop(now: number, why: string): RequestResult {
    return this.#request('emergency_stop', 'emergency_stop_request', now, why);
  }

  /** Ends a stop whose cause has gone once the arm stands. The arm is then `ready` and does not move. */
  reset(now: number): RequestResult {
    if (!this.#machine.can('reset')) return refused(`the supervisor is ${this.state}, expected a stop`);
    if (!this.#arm.known) return refused('where the arm is was never measured');
    const slow = this.#arm.slowerThan(this.#standstillVelocity);
    if (slow && this.#stopController.phase === 'standing') this.#sensors.expectStandstill();
    const fault = this.#fault(now) ?? this.#inbox.fault();
    if (fault !== undefined) return refused(fault);
    if (this.#stopController.phase !== 'standing') return refused('the arm is still braking');
    if (!slow) return refused('the arm still moves');
    // A powered arm stands at its last target; an arm behind brakes may have sunk or been pushed.
    const place = this.#stopController.powered ? this.#filter.position : this.#arm.position;
    this.#filter.reset(place, this.#filter.gripperWidth, now);
    this.#inbox.clear();
    this.#loop.end();
    const closed = !this.#stopController.powered;
    this.#stopController.ready();
    this.#machine.apply('reset', now, 'reset', {}, 'reset: the arm stands and is ready');
    if (closed) this.#machine.note(now, 'power_on', {}, 'the brakes open');
    return OK;
  }

  /** Runs one period: checks every monitor and computes the output. It returns the same object each time. */
  tick(now: number): SupervisorOutput {
    if (this.#clock.observe(now)) this.#handleClockJump(now);
    this.#sensors.begin(now);
    for (let i = 0; i < this.#monitors.length; i++) {
      const monitor = this.#monitors[i];
      if (!monitor.check(now)) this.#reported[i] = 0;
      else if (monitor.reaction === 'report') this.#report(i, now);
      else this.#stopFor(monitor, now);
    }
    const output = this.#output;
    output.verdict = this.state === 'running' ? this.#filterCommand(now) : undefined;
    if (isStop(this.state)) this.#stopController.step(now, this.#machine);
    output.state = this.state;
    output.position = this.#filter.position;
    output.gripperWidth = this.#filter.gripperWidth;
    output.powered = this.#stopController.powered;
    return output;
  }

  /** Completes the events. */
  close(): void {
    this.#machine.close();
  }

  #filterCommand(now: number): Verdict | undefined {
    // Before the first command the arm stays at its position.
    if (!this.#inbox.filled) return undefined;
    const result = this.#filter.filter(this.#inbox.command, this.#inbox.stamp, now);
    this.#loop.rejections.observe(result, now);
    return result.verdict;
  }

  #useSample(stream: string, sample: Stamped<StreamValue>, now: number): void {
    if (stream === this.#joints) this.#observeJoints(sample as Stamped<JointState>, now);
    else if (stream === this.#wrench && this.#arm.known) {
      this.#contact.observeWrench(sample.value as Wrench, sample.stamp, now);
    } else return;
    // A reaction to contact cannot wait for the next tick.
    const { monitors } = this.#contact;
    for (let i = 0; i < monitors.length; i++) if (monitors[i].check(now)) this.#stopFor(monitors[i], now);
  }

  #observeJoints({ value, stamp }: Stamped<JointState>, now: number): void {
    this.#arm.observe(value);
    this.#contact.observeJoints(stamp);
    if (this.#output.place === 'unknown') this.#initialise(now);
    if (this.#followsMeasurement && this.state === 'ready')
      this.#filter.reset(this.#arm.position, this.#arm.gripperWidth, now);
    // An arm behind brakes may sink or be pushed.
    const target = this.#stopController.powered ? this.#filter.position : this.#arm.position;
    this.#jointMonitor?.observe(this.#arm.position, target, this.#filter.velocity, stamp, now);
  }

  /** Handles the first measurement of the arm. A stop that was requested before it stays a stop. */
  #initialise(now: number): void {
    this.#filter.reset(this.#arm.position, this.#arm.gripperWidth, now);
    this.#output.place = 'known';
    if (this.state !== 'idle') return;
    this.#stopController.ready();
    this.#machine.apply('initialise', now, 'initialised', {}, 'the arm is measured and ready');
  }

  #request(stop: Stop, cause: SafetyCause, now: number, why: string): RequestResult {
    if (!this.#machine.can(stop)) return this.state === 'idle' ? refused('the supervisor is idle') : OK;
    this.#stop(stop, now, cause, {}, why);
    return OK;
  }

  /** While no command moves the arm, only contact stops it; other faults prevent a start. */
  #stopFor(monitor: Monitor, now: number): void {
    const { reaction } = monitor;
    if (reaction === 'ignore' || reaction === 'report' || this.state === 'idle') return;
    if (this.state === 'ready' && !this.#contact.monitors.includes(monitor)) return;
    if (this.#machine.can(reaction)) this.#stop(reaction, now, monitor.cause, monitor.data(now), monitor.message(now));
  }

  #stop(stop: Stop, now: number, cause: SafetyCause, data: SafetyData, message: string): void {
    const estimate = this.#stopController.begin(stop, cause, now);
    this.#loop.rejections.restart();
    this.#machine.apply(stop, now, cause, { ...data, ...estimate }, message);
  }

  #report(i: number, now: number): void {
    if (this.#reported[i] === 1) return;
    this.#reported[i] = 1;
    const monitor = this.#monitors[i];
    this.#machine.note(now, monitor.cause, monitor.data(now), monitor.message(now));
  }

  /** The message of the first present fault that would stop the arm. */
  #fault(now: number): string | undefined {
    const stops = ({ reaction }: Monitor) => reaction !== 'ignore' && reaction !== 'report';
    return this.#monitors.find((monitor) => stops(monitor) && monitor.check(now))?.message(now);
  }

  /** Starts what depends on the stamps of a stream anew after their clock jumped. @param step step of the stamps (s) */
  #handleStreamJump(stream: string, step: number, now: number): void {
    if (stream === this.#joints) this.#jointMonitor?.restartTiming();
    if (stream === this.#joints || stream === this.#wrench) this.#contact.restartTiming();
    const message = `${stream}: the stamps went back by ${milliseconds(-step)}, the stream starts anew`;
    this.#machine.note(now, 'clock_jump', { stream, step_s: step }, message);
  }

  #handleClockJump(now: number): void {
    this.#sensors.restartTiming(now);
    this.#loop.restartTiming(now);
    this.#contact.restartTiming();
    this.#jointMonitor?.restartTiming();
    this.#stopController.restartTiming(now);
    this.#inbox.clear();
  }
}

const refused = (reason: string): RequestResult => ({ ok: false, reason });
