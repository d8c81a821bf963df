import { type Observable, Subject, Subscription } from 'rxjs';
import type { ActionChunk } from '../actions/specs.ts';
import type { AdmittanceOptions } from '../control/admittance.ts';
import type { ArmController } from '../control/arm-controller.ts';
import type { ControlState } from '../control/target-follower.ts';
import { BindError, errorMessage } from '../errors/errors.ts';
import { NO_ARM } from '../ports/kinematics.ts';
import type { Observation } from '../ports/policy.ts';
import type { Modality } from '../signals/specs.ts';
import { CLOCK_JUMP_S } from '../streams/sample-order.ts';
import { isStale } from '../streams/staleness.ts';
import { checkSpeeds } from './bind-joints.ts';
import { bindRobot } from './bind-robot.ts';
import { Cadence } from './cadence.ts';
import { CommandGroups } from './command-groups.ts';
import { CommittedRows } from './committed-rows.ts';
import { DerivedStreams } from './derived.ts';
import { LoopCounters, type LoopEvent, type LoopEventBody, type LoopStats } from './events.ts';
import { InferenceRunner } from './inference.ts';
import { PolicyInputs } from './observation.ts';
import type { ControlLoopOptions } from './options.ts';

/** State of a {@link ControlLoop}: before the start, moving, braking or standing without actions, or ended. */
export type LoopState = 'idle' | 'running' | 'holding' | 'stopped';

/**
 * Binds a policy to a robot and moves the robot: observation, asynchronous inference, scheduling, control.
 *
 * The owner calls {@link tick} once a control period (500 Hz) at the time of the robot's clock. A tick is synchronous.
 * In lock step with a simulator, await {@link ready} first; the run then depends only on the robot's samples and the
 * policy.
 *
 * @example
 * loop.start();
 * await robot.start();
 * while (!done) {
 *   simulator.step(0.002);
 *   await loop.ready();
 *   loop.tick();
 * }
 * loop.stop();
 */
export class ControlLoop {
  readonly derived: DerivedStreams;
  readonly observations$: Observable<Observation>;
  /** The chunks that the scheduler accepted: absolute, with their blocks in the order of the policy's actions. */
  readonly chunks$: Observable<ActionChunk>;
  readonly events$: Observable<LoopEvent>;
  /** How the robot differs from those that the policy was trained for, in one line, if the user accepted it; else undefined. */
  readonly otherRobot: string | undefined;
  readonly #options: ControlLoopOptions;
  readonly #inputs: PolicyInputs;
  readonly #cadence: Cadence;
  readonly #runner: InferenceRunner;
  readonly #groups: CommandGroups;
  /** Undefined for a policy that reads no committed actions. */
  readonly #committed: CommittedRows | undefined;
  readonly #counters = new LoopCounters();
  readonly #observations = new Subject<Observation>();
  readonly #chunks = new Subject<ActionChunk>();
  readonly #events = new Subject<LoopEvent>();
  /** Time of the last bad sample of each stream (s). */
  readonly #badSamples = new Map<string, number>();
  #subscription = Subscription.EMPTY;
  #lastTick = Number.NEGATIVE_INFINITY;
  #state: LoopState = 'idle';
  #controlled = false;
  #lastChunk: ActionChunk | undefined;
  /** True when the newest chunk was dropped, because of its age or because the policy refused after it. */
  #dropped = false;
  /** Why the policy refuses; undefined while it does not. */
  #refusal: string | undefined;

  /** @throws {BindError} when policy, robot and kinematics do not match; the message names the difference. */
  constructor(options: ControlLoopOptions) {
    const { robot, policy, kinematics = NO_ARM, inference, mask = [] } = options;
    this.#options = options;
    const others = Object.values(options.arms ?? {});
    for (const each of [kinematics, ...others.map((arm) => arm.kinematics)]) checkSpeeds(each);
    this.otherRobot = bindRobot(policy.spec, robot.spec, kinematics, options.acceptRobot);
    this.derived = new DerivedStreams(options);
    this.#inputs = new PolicyInputs(robot, policy.spec, this.derived, mask);
    this.#groups = new CommandGroups(options, this.derived);
    if (policy.spec.committedRows !== undefined)
      this.#committed = new CommittedRows(options.scheduler, policy.spec, this.#groups.actions);
    this.#cadence = new Cadence(policy.spec.inferencePeriod);
    const performanceNow = options.performanceNow ?? (() => performance.now());
    this.#runner = new InferenceRunner(policy, inference, performanceNow);
    this.observations$ = this.#observations.asObservable();
    this.chunks$ = this.#chunks.asObservable();
    this.events$ = this.#events.asObservable();
  }

  /** Controller of the main arm. @throws {BindError} for a robot without one */
  get controller(): ArmController {
    return this.#groups.main;
  }

  state(): LoopState {
    return this.#state;
  }

  /** State of control, the same for every command group. */
  get controlState(): ControlState {
    return this.#groups.state;
  }

  /**
   * Whether the scheduler has an action for now, as a supervisor expects it. `unknown`: none is due, because the loop has
   * not begun, waits for the first chunk, or stands because the policy refuses.
   */
  get queue(): 'filled' | 'empty' | 'unknown' {
    const { state } = this.#groups;
    if (state === 'waiting' || this.#refusal !== undefined) return 'unknown';
    return state === 'tracking' ? 'filled' : 'empty';
  }

  /**
   * Names of the streams that the policy reads: its inputs without those that are masked now. A supervisor need not stop the
   * arm for another one.
   */
  get reads(): readonly string[] {
    return this.#inputs.unmasked;
  }

  get stats(): LoopStats {
    this.#counters.reorderedSamples = this.#inputs.reordered;
    return this.#counters;
  }

  /** The newest chunk that the scheduler accepted. */
  get lastChunk(): ActionChunk | undefined {
    return this.#lastChunk;
  }

  /** Subscribes to the streams. Call it before the robot starts, or the instruction at the start is lost. */
  start(): void {
    if (this.#state !== 'idle') throw new BindError(`control loop: started while ${this.#state}, expected idle`);
    this.#options.policy.reset();
    this.#options.scheduler.reset();
    this.#subscription = this.#inputs.subscribe({
      onError: (stream, error) =>
        this.#emit({ kind: 'stream_error', data: { message: `${stream}: ${errorMessage(error)}`, error } }),
      onBadSample: (stream, message) => this.#reportBadSample(stream, message),
      onClockJump: (stream, step) => this.#emit({ kind: 'clock_jump', data: { stream, step } }),
    });
    this.#state = 'running';
    this.#emit({ kind: 'started', data: { inputs: this.#inputs.inputs } });
    if (this.otherRobot !== undefined) this.#emit({ kind: 'other_robot', data: { message: this.otherRobot } });
  }

  /** The promise to await before {@link tick}; undefined unless a simulated result is due and still being computed. */
  ready(): Promise<void> | undefined {
    return this.#runner.ready(this.#options.robot.clock.now());
  }

  /** The running inference, due or not. If awaited at once, its measured time is not disturbed by the simulator. */
  get pending(): Promise<void> | undefined {
    return this.#runner.pending;
  }

  /** Runs one control period at the time of the robot's clock. It does nothing before the first joint state. */
  tick(): void {
    if (this.#state !== 'running' && this.#state !== 'holding') return;
    const now = this.#options.robot.clock.now();
    this.#counters.ticks++;
    const step = now - this.#lastTick;
    this.#lastTick = now;
    if (step < -CLOCK_JUMP_S) this.#restartTiming(step);
    if (!this.#controlled && !this.#synchronize(now)) return;
    this.#deliverResult(now);
    this.#dropStale(now);
    this.#infer(now);
    this.#control(now);
  }

  /**
   * Restarts control from the measured joints at the next {@link tick} and drops all chunks. Call it after another
   * component stopped or moved the arm: the commanded position then differs from the measured one.
   */
  resynchronize(): void {
    this.#controlled = false;
    this.#options.scheduler.reset();
  }

  /**
   * Masks modalities or streams of the policy while it runs. An empty mask shows all inputs again.
   * @throws {BindError} when the policy has no such modality or stream.
   */
  setMask(mask: Iterable<Modality | string>): void {
    this.#emit({ kind: 'masked', data: { mask: this.#inputs.setMask(mask) } });
  }

  /** Makes the main arm's tool compliant; see {@link ArmController.setAdmittance}. */
  setAdmittance(options: AdmittanceOptions | undefined): void {
    this.controller.setAdmittance(options);
  }

  /** Starts a new tare of every contact wrench. Nothing may touch the tool until it ends. */
  tare(): void {
    this.derived.contact?.tare();
    for (const contact of this.derived.contacts.values()) contact.tare();
  }

  /**
   * Ends the loop permanently; arms hold their last target, and bases stand. A second call does nothing. Await {@link pending}
   * before closing the policy.
   */
  stop(): void {
    if (this.#state === 'stopped') return;
    this.#subscription.unsubscribe();
    this.#state = 'stopped';
    if (this.#controlled)
      this.#groups.stopBases(this.#options.robot.clock.now(), (error) => this.#reportRefusal(error));
    this.#emit({ kind: 'stopped', data: {} });
    for (const subject of [this.#observations, this.#chunks, this.#events]) subject.complete();
  }

  /** Starts anew after the clock went back: chunks, the running inference and the schedule belong to the time before. */
  #restartTiming(step: number): void {
    this.resynchronize();
    this.#cadence.restart();
    this.#runner.restartTiming(step);
    this.#lastChunk = undefined;
    this.#refusal = undefined;
    this.#badSamples.clear();
    this.#emit({ kind: 'clock_jump', data: { step } });
  }

  #synchronize(now: number): boolean {
    if (!this.#groups.known) return false;
    this.#groups.reset(now);
    this.#controlled = true;
    return true;
  }

  #deliverResult(now: number): void {
    const result = this.#runner.removeResult(now);
    if (!result) return;
    this.#counters.recordInference(result.milliseconds);
    if (result.kind === 'error') {
      this.#fail(result.error);
      return;
    }
    if (result.kind === 'refusal') {
      this.#refuse(result.reason);
      return;
    }
    try {
      this.#options.scheduler.addChunk(result.chunk, now);
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#counters.chunks++;
    this.#lastChunk = result.chunk;
    this.#dropped = false;
    this.#refusal = undefined;
    this.#chunks.next(result.chunk);
  }

  /** Drops the rest of a chunk whose observation is too old. */
  #dropStale(now: number): void {
    const { maximumChunkAge = Number.POSITIVE_INFINITY, scheduler } = this.#options;
    if (!this.#lastChunk || this.#dropped) return;
    const age = now - this.#lastChunk.stamp;
    if (!isStale(age, maximumChunkAge)) return;
    this.#dropped = true;
    scheduler.reset();
    this.#emit({ kind: 'stale_chunk', data: { age, maximum: maximumChunkAge } });
  }

  /** After a failure of the policy its earlier actions may be wrong too: they are dropped, and the arm brakes. */
  #fail(error: unknown): void {
    this.#counters.policyErrors++;
    this.#refusal = undefined;
    this.#options.scheduler.reset();
    const before = this.#groups.state;
    this.#groups.hold();
    this.#emit({ kind: 'policy_error', data: { message: errorMessage(error), error } });
    if (this.#state !== 'stopped') this.#reportControlState(before, this.#groups.state);
  }

  /** Earlier actions belong to an earlier instruction: they are dropped, and the arm stands until the policy gives others. */
  #refuse(reason: string): void {
    this.#counters.refusals++;
    if (this.#refusal === reason) return;
    this.#refusal = reason;
    this.#dropped = true;
    this.#options.scheduler.reset();
    const before = this.#groups.state;
    this.#groups.hold();
    this.#emit({ kind: 'refused', data: { message: reason } });
    if (this.#state !== 'stopped') this.#reportControlState(before, this.#groups.state);
  }

  #infer(now: number): void {
    // The first inference waits for every stream. Later the mask of the observation handles a missing stream.
    if (!this.#cadence.due(now) || !(this.#cadence.started || this.#inputs.complete)) return;
    if (this.#runner.busy) {
      if (!this.#cadence.recordMiss()) return;
      this.#counters.missedDeadlines++;
      this.#emit({ kind: 'missed_deadline', data: {} });
      return;
    }
    this.#cadence.start(now);
    const observation = this.#observe(now);
    this.#observations.next(observation);
    const reference = this.#groups.reference();
    this.#runner.start(observation, (chunk) => this.#groups.prepare(chunk, reference));
  }

  #observe(now: number): Observation {
    const observation = this.#inputs.observe(now);
    const committed = this.#committed?.from(now, this.#runner.expectedDelay);
    return committed ? { ...observation, committed } : observation;
  }

  #control(now: number): void {
    // A listener may have stopped the loop during an event of this tick.
    if (this.#state === 'stopped') return;
    const before = this.#groups.state;
    const after = this.#groups.move(now);
    if (this.#refusal === undefined && (after === 'empty' || after === 'holding')) this.#counters.emptyQueueTicks++;
    this.#groups.send(now, this.#handleRefusal);
    this.#reportControlState(before, after);
  }

  /** Emits an event if the controller changed its state. */
  #reportControlState(before: ControlState, after: ControlState): void {
    if (before === after) return;
    this.#state = after === 'holding' ? 'holding' : 'running';
    if (after === 'empty') this.#emit({ kind: 'empty_queue', data: {} });
    if (after === 'holding') this.#emit({ kind: 'holding', data: {} });
    if (after === 'tracking' && before !== 'waiting') this.#emit({ kind: 'resumed', data: {} });
  }

  /** A robot may refuse 500 commands a second; only the first one emits an event. */
  readonly #handleRefusal = (error: unknown, isFirst: boolean): void => {
    this.#counters.commandsRefused++;
    if (isFirst) this.#reportRefusal(error);
  };

  #reportRefusal(error: unknown): void {
    this.#emit({ kind: 'command_refused', data: { message: errorMessage(error), error } });
  }

  /**
   * A broken sensor sends bad samples at its rate. Only the first one emits an event, and again after a second without
   * bad samples.
   */
  #reportBadSample(stream: string, message: string): void {
    this.#counters.badSamples++;
    const now = this.#options.robot.clock.now();
    const last = this.#badSamples.get(stream) ?? Number.NEGATIVE_INFINITY;
    this.#badSamples.set(stream, now);
    if (now - last > 1) this.#emit({ kind: 'bad_sample', data: { stream, message } });
  }

  #emit(event: LoopEventBody): void {
    this.#events.next({ time: this.#options.robot.clock.now(), ...event } as LoopEvent);
  }
}
