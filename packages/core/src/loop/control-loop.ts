import { type Observable, Subject, Subscription } from 'rxjs';
import type { AdmittanceOptions } from '../control/admittance.ts';
import { type ControlState, EndEffectorController } from '../control/end-effector-controller.ts';
import { BindError, errorMessage } from '../errors/errors.ts';
import type { ActionChunk, Observation } from '../ports/policy.ts';
import type { Modality } from '../signals/specs.ts';
import { isStale } from '../streams/staleness.ts';
import { ArmOutput } from './arm-output.ts';
import { Cadence } from './cadence.ts';
import { DerivedStreams } from './derived.ts';
import { LoopCounters, type LoopEvent, type LoopEventBody, type LoopStats } from './events.ts';
import { InferenceRunner } from './inference.ts';
import type { ControlLoopOptions } from './options.ts';
import { PolicyInputs } from './policy-inputs.ts';
import { ToolContact } from './tool-contact.ts';

export type LoopState = 'idle' | 'running' | 'holding' | 'stopped';

/**
 * Binds a policy to a robot and moves the robot: observation, inference beside execution, scheduling, control.
 *
 * The owner calls {@link tick} once a control period (500 Hz) at the time that the robot's clock shows; everything in
 * the tick is synchronous. In lock step with a simulator, await {@link ready} first, and the run is a function of the
 * robot's samples and the policy alone.
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
  readonly controller: EndEffectorController;
  readonly derived: DerivedStreams;
  readonly observations$: Observable<Observation>;
  readonly chunks$: Observable<ActionChunk>;
  readonly events$: Observable<LoopEvent>;
  readonly #options: ControlLoopOptions;
  readonly #inputs: PolicyInputs;
  readonly #cadence: Cadence;
  readonly #runner: InferenceRunner;
  readonly #contact: ToolContact;
  readonly #output: ArmOutput;
  readonly #counters = new LoopCounters();
  readonly #observations = new Subject<Observation>();
  readonly #chunks = new Subject<ActionChunk>();
  readonly #events = new Subject<LoopEvent>();
  /** When each stream last had a bad sample (s). */
  readonly #badSamples = new Map<string, number>();
  #subscription = Subscription.EMPTY;
  #state: LoopState = 'idle';
  #controlled = false;
  #refused = false;
  #lastChunk: ActionChunk | undefined;
  /** The newest chunk was dropped for its age. */
  #stale = false;

  /** @throws {BindError} when policy, robot and kinematics do not fit each other; the message says what differs. */
  constructor(options: ControlLoopOptions) {
    const { robot, policy, kinematics, scheduler, tool, inference, mask = [], command = 'arm', workspace } = options;
    this.#options = options;
    this.derived = new DerivedStreams(options);
    this.#inputs = new PolicyInputs(robot, policy.spec, this.derived, mask);
    this.#output = new ArmOutput(robot, command, kinematics);
    this.#cadence = new Cadence(policy.spec.inferencePeriod);
    const performanceNow = options.performanceNow ?? (() => performance.now());
    this.#runner = new InferenceRunner(policy, inference, performanceNow, workspace);
    this.controller = new EndEffectorController(kinematics, scheduler, options.controller);
    this.#contact = new ToolContact(this.derived, tool);
    this.observations$ = this.#observations.asObservable();
    this.chunks$ = this.#chunks.asObservable();
    this.events$ = this.#events.asObservable();
  }

  state(): LoopState {
    return this.#state;
  }

  get stats(): LoopStats {
    this.#counters.reorderedSamples = this.#inputs.reordered;
    return this.#counters;
  }

  /** The newest chunk that the scheduler took. */
  get lastChunk(): ActionChunk | undefined {
    return this.#lastChunk;
  }

  /** Subscribes to the streams; call it before the robot starts, or instructions given at the start are missed. */
  start(): void {
    if (this.#state !== 'idle') throw new BindError(`control loop: started while ${this.#state}, expected idle`);
    this.#options.policy.reset();
    this.#options.scheduler.reset();
    this.#subscription = this.#inputs.subscribe({
      onError: (stream, error) =>
        this.#emit({ kind: 'stream_error', data: { message: `${stream}: ${errorMessage(error)}`, error } }),
      onBadSample: (stream, message) => this.#reportBadSample(stream, message),
    });
    this.#state = 'running';
    this.#emit({ kind: 'started', data: { inputs: this.#inputs.inputs } });
  }

  /** What to await before {@link tick} when a simulated result is due and still being computed; undefined when nothing. */
  ready(): Promise<void> | undefined {
    return this.#runner.ready(this.#options.robot.clock.now());
  }

  /** The inference being computed, due or not. Awaiting it at once measures it undisturbed by the simulator. */
  get pending(): Promise<void> | undefined {
    return this.#runner.pending;
  }

  /** One control period at the time of the robot's clock. Does nothing before the first joint state. */
  tick(): void {
    if (this.#state !== 'running' && this.#state !== 'holding') return;
    const now = this.#options.robot.clock.now();
    this.#counters.ticks++;
    if (!this.#controlled && !this.#synchronize(now)) return;
    this.#deliverResult(now);
    this.#dropStale(now);
    this.#infer(now);
    this.#control(now);
  }

  /**
   * Takes the arm anew from where it is measured, at the next {@link tick}; chunks from before are dropped. For when somebody
   * else has stopped or moved it meanwhile: what was commanded since is not where it is.
   */
  resynchronize(): void {
    this.#controlled = false;
    this.#options.scheduler.reset();
  }

  /**
   * Blinds, mutes or numbs the policy while it runs: modalities or stream names; an empty list shows all again.
   * @throws {BindError} when the policy has no such modality or stream.
   */
  setMask(mask: Iterable<Modality | string>): void {
    this.#emit({ kind: 'masked', data: { mask: this.#inputs.setMask(mask) } });
  }

  /** See {@link EndEffectorController.setAdmittance}. */
  setAdmittance(options: AdmittanceOptions | undefined): void {
    this.controller.setAdmittance(options);
  }

  /** Measures the zero of the contact wrench anew; nothing may touch the tool. */
  tare(): void {
    this.derived.contact?.tare();
  }

  /**
   * Ends the loop for good; the robot holds its last target. Safe to call twice. Await {@link pending} before closing the
   * policy.
   */
  stop(): void {
    if (this.#state === 'stopped') return;
    this.#subscription.unsubscribe();
    this.#state = 'stopped';
    this.#emit({ kind: 'stopped', data: {} });
    for (const subject of [this.#observations, this.#chunks, this.#events]) subject.complete();
  }

  #synchronize(now: number): boolean {
    const { endEffector } = this.derived;
    if (!endEffector.known) return false;
    this.controller.reset(endEffector.joints, endEffector.width, now);
    this.#controlled = true;
    return true;
  }

  #deliverResult(now: number): void {
    const result = this.#runner.takeResult(now);
    if (!result) return;
    this.#counters.recordInference(result.milliseconds);
    if (result.kind === 'error') {
      this.#fail(result.error);
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
    this.#stale = false;
    this.#chunks.next(result.chunk);
  }

  /** What was planned on so old a sight of the world is not carried out to its end. */
  #dropStale(now: number): void {
    const { maximumChunkAge = Number.POSITIVE_INFINITY, scheduler } = this.#options;
    if (!this.#lastChunk || this.#stale) return;
    const age = now - this.#lastChunk.stamp;
    if (!isStale(age, maximumChunkAge)) return;
    this.#stale = true;
    scheduler.reset();
    this.#emit({ kind: 'stale_chunk', data: { age, maximum: maximumChunkAge } });
  }

  /** A policy that failed once may be wrong in what it said before: its actions are dropped and the arm brakes. */
  #fail(error: unknown): void {
    this.#counters.policyErrors++;
    this.#options.scheduler.reset();
    const before = this.controller.state;
    this.controller.hold();
    this.#emit({ kind: 'policy_error', data: { message: errorMessage(error), error } });
    if (this.#state !== 'stopped') this.#reportControlState(before, this.controller.state);
  }

  #infer(now: number): void {
    // Later on a stream that never came is the mask's affair.
    if (!this.#cadence.due(now) || !(this.#cadence.started || this.#inputs.complete)) return;
    if (this.#runner.busy) {
      if (!this.#cadence.recordMiss()) return;
      this.#counters.missedDeadlines++;
      this.#emit({ kind: 'missed_deadline', data: {} });
      return;
    }
    this.#cadence.start(now);
    const observation = this.#inputs.observe(now);
    this.#observations.next(observation);
    this.#runner.start(observation);
  }

  #control(now: number): void {
    // Whoever watches an event of this tick may have stopped the loop.
    if (this.#state === 'stopped') return;
    const before = this.controller.state;
    const after = this.controller.computeJointTargets(now, this.#contact.wrenchAt(now));
    if (after === 'empty' || after === 'holding') this.#counters.emptyQueueTicks++;
    this.#sendCommand(now);
    this.#reportControlState(before, after);
  }

  /** Reports a change of the controller's state. */
  #reportControlState(before: ControlState, after: ControlState): void {
    if (before === after) return;
    this.#state = after === 'holding' ? 'holding' : 'running';
    if (after === 'empty') this.#emit({ kind: 'empty_queue', data: {} });
    if (after === 'holding') this.#emit({ kind: 'holding', data: {} });
    if (after === 'tracking' && before !== 'waiting') this.#emit({ kind: 'resumed', data: {} });
  }

  #sendCommand(now: number): void {
    try {
      this.#output.send(this.controller.joints, this.controller.gripperWidth, now);
      this.#refused = false;
    } catch (error) {
      this.#counters.commandsRefused++;
      // A robot that refuses does so 500 times a second; one event tells it.
      if (!this.#refused) this.#emit({ kind: 'command_refused', data: { message: errorMessage(error), error } });
      this.#refused = true;
    }
  }

  /** A sensor that sends nonsense does so at its rate; one event tells it until it was good for a second. */
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
