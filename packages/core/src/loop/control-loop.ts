import { type Observable, Subject, Subscription } from 'rxjs';
import type { AdmittanceOptions } from '../control/admittance.ts';
import {
  type ControlState,
  EndEffectorController,
  type EndEffectorControllerOptions,
} from '../control/end-effector-controller.ts';
import { BindError } from '../errors.ts';
import type { Kinematics } from '../kinematics.ts';
import type { ActionChunk, Observation, Policy } from '../policy.ts';
import type { Robot } from '../robot.ts';
import type { ChunkScheduler } from '../scheduler.ts';
import type { Modality } from '../specs.ts';
import { type BoundInput, bindInputs, checkMask } from './bind.ts';
import { commandOrder } from './bind-joints.ts';
import type { ToolLoad } from './contact-wrench.ts';
import { DerivedStreams } from './derived.ts';
import { LoopCounters, type LoopEvent, type LoopHappening, type LoopStats } from './events.ts';
import { type InferenceResult, InferenceRunner, type InferenceTiming } from './inference.ts';
import { ObservationAssembler } from './observation.ts';
import { ToolContact } from './tool-contact.ts';

export interface ControlLoopOptions {
  readonly robot: Robot;
  readonly policy: Policy;
  readonly kinematics: Kinematics;
  readonly scheduler: ChunkScheduler;
  readonly inference: InferenceTiming;
  readonly controller?: EndEffectorControllerOptions;
  /** What hangs on the force/torque sensor; without it there is no `wrench.contact` and no admittance. */
  readonly tool?: ToolLoad;
  /** Modalities or stream names that the policy is not to see. */
  readonly mask?: Iterable<Modality | string>;
  /** Milliseconds of a monotonic clock, for the statistics only. Default `performance.now`. */
  readonly performanceNow?: () => number;
  /** Frame in which the kinematics work. Default `base_link`. */
  readonly baseFrame?: string;
  /** Joints whose sum is the gripper's width. Default `finger_joint1`, `finger_joint2`. */
  readonly fingerJoints?: readonly string[];
  /** The command that takes arm targets. Default `arm`. */
  readonly command?: string;
}

export type LoopState = 'idle' | 'running' | 'holding' | 'stopped';

/** Times are sums of rounded steps. */
const ROUNDING = 1e-9;

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
  readonly #bound: readonly BoundInput[];
  readonly #order: Int32Array;
  readonly #assembler: ObservationAssembler;
  readonly #runner: InferenceRunner;
  readonly #contact: ToolContact;
  readonly #counters = new LoopCounters();
  readonly #observations = new Subject<Observation>();
  readonly #chunks = new Subject<ActionChunk>();
  readonly #events = new Subject<LoopEvent>();
  readonly #subscription = new Subscription();
  readonly #command: { value: { position: Float64Array; gripperWidth: number }; stamp: number; received: number };
  #state: LoopState = 'idle';
  #controlled = false;
  #nextInference: number | undefined;
  #missed = false;
  #refused = false;
  #lastChunk: ActionChunk | undefined;

  /** @throws {BindError} when policy, robot and kinematics do not fit each other; the message says what differs. */
  constructor(options: ControlLoopOptions) {
    const { robot, policy, kinematics, scheduler, command = 'arm' } = options;
    this.#options = options;
    this.derived = new DerivedStreams(options);
    const given = new Set(robot.spec.streams.map((stream) => stream.name));
    const derived = this.derived.specs.filter((stream) => !given.has(stream.name));
    this.#bound = bindInputs(policy.spec, [...robot.spec.streams, ...derived]);
    const arm = robot.spec.commands.find((each) => each.name === command);
    if (!arm) throw new BindError(`robot ${robot.spec.name}: no command ${command}`);
    this.#order = commandOrder(arm, kinematics.jointNames);
    this.#command = {
      value: { position: new Float64Array(this.#order.length), gripperWidth: 0 },
      stamp: 0,
      received: 0,
    };
    this.#assembler = new ObservationAssembler(this.#bound, checkMask(policy.spec, options.mask ?? []));
    this.#runner = new InferenceRunner(policy, options.inference, options.performanceNow ?? (() => performance.now()));
    this.controller = new EndEffectorController(kinematics, scheduler, options.controller);
    this.#contact = new ToolContact(this.derived, options.tool);
    this.observations$ = this.#observations.asObservable();
    this.chunks$ = this.#chunks.asObservable();
    this.events$ = this.#events.asObservable();
  }

  state(): LoopState {
    return this.#state;
  }

  get stats(): LoopStats {
    this.#counters.reorderedSamples = this.#assembler.reordered;
    return this.#counters;
  }

  /** The newest chunk that the scheduler took. */
  get lastChunk(): ActionChunk | undefined {
    return this.#lastChunk;
  }

  /** Subscribes to the streams; call it before the robot starts, or instructions given at the start are missed. */
  start(): void {
    if (this.#state !== 'idle') throw new BindError(`control loop: started while ${this.#state}, expected idle`);
    const { robot, policy, scheduler } = this.#options;
    policy.reset();
    scheduler.reset();
    const derived = new Set(this.derived.specs.map((spec) => spec.name));
    const own = new Set(robot.spec.streams.map((spec) => spec.name));
    this.#bound.forEach(({ input: { name } }, i) => {
      const source = derived.has(name) && !own.has(name) ? this.derived.stream(name) : robot.stream(name);
      this.#subscription.add(
        source.subscribe({
          next: (sample) => this.#assembler.push(i, sample),
          error: (error) =>
            this.#emit({ kind: 'stream_error', data: { message: `${name}: ${messageOf(error)}`, error } }),
        }),
      );
    });
    this.#subscription.add(this.derived.connect());
    this.#state = 'running';
    this.#emit({ kind: 'started', data: { inputs: this.#bound.map(({ input }) => input.name) } });
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
    if (!this.#controlled && !this.#takeControl(now)) return;
    this.#deliver(now);
    this.#infer(now);
    this.#control(now);
  }

  /**
   * Blinds, mutes or numbs the policy while it runs: modalities or stream names; an empty list shows all again.
   * @throws {BindError} when the policy has no such modality or stream.
   */
  setMask(mask: Iterable<Modality | string>): void {
    const names = checkMask(this.#options.policy.spec, mask);
    this.#assembler.setMask(names);
    this.#emit({ kind: 'masked', data: { mask: [...names] } });
  }

  /** See {@link EndEffectorController.setAdmittance}. */
  setAdmittance(options: AdmittanceOptions | undefined): void {
    this.controller.setAdmittance(options);
  }

  /** Measures the zero of the contact wrench anew; nothing may touch the tool. */
  tare(): void {
    this.derived.contact?.tare();
  }

  /** Ends the loop for good; the robot holds its last target. Safe to call twice. */
  stop(): void {
    if (this.#state === 'stopped') return;
    this.#subscription.unsubscribe();
    this.#runner.cancel();
    this.#emit({ kind: 'stopped', data: {} });
    this.#state = 'stopped';
    for (const subject of [this.#observations, this.#chunks, this.#events]) subject.complete();
  }

  #takeControl(now: number): boolean {
    const { endEffector } = this.derived;
    if (!endEffector.known) return false;
    this.controller.reset(endEffector.joints, endEffector.width, now);
    this.#controlled = true;
    return true;
  }

  #deliver(now: number): void {
    const result = this.#runner.take(now);
    if (!result) return;
    this.#counters.inferred(result.milliseconds);
    if (result.kind === 'error') this.#fail(result.error);
    else this.#push(result, now);
  }

  #push({ chunk }: InferenceResult & { kind: 'chunk' }, now: number): void {
    try {
      this.#options.scheduler.push(chunk, now);
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#counters.chunks++;
    this.#lastChunk = chunk;
    this.#chunks.next(chunk);
  }

  /** A policy that failed once may be wrong in what it said before: its actions are dropped and the arm brakes. */
  #fail(error: unknown): void {
    this.#counters.policyErrors++;
    this.#options.scheduler.reset();
    this.#emit({ kind: 'policy_error', data: { message: messageOf(error), error } });
    const before = this.controller.state;
    this.controller.hold();
    this.#follow(before, this.controller.state);
  }

  #infer(now: number): void {
    const { inferencePeriod } = this.#options.policy.spec;
    if (this.#nextInference === undefined) {
      if (!this.#assembler.complete) return;
      this.#nextInference = now;
    }
    if (now < this.#nextInference - ROUNDING) return;
    if (this.#runner.busy) {
      if (!this.#missed) this.#miss();
      return;
    }
    // A late start does not shift the grid by less than a period: rates stay what the policy was trained with.
    this.#nextInference = this.#missed ? now + inferencePeriod : this.#nextInference + inferencePeriod;
    if (this.#nextInference <= now) this.#nextInference = now + inferencePeriod;
    this.#missed = false;
    const observation = this.#assembler.observe(now);
    this.#observations.next(observation);
    this.#runner.start(observation);
  }

  #miss(): void {
    this.#missed = true;
    this.#counters.missedDeadlines++;
    this.#emit({ kind: 'missed_deadline', data: {} });
  }

  #control(now: number): void {
    const before = this.controller.state;
    const after = this.controller.update(now, this.#contact.at(now));
    if (after === 'empty' || after === 'holding') this.#counters.emptyQueueTicks++;
    if (after !== before) this.#follow(before, after);
    this.#send(now);
  }

  /** Reports a change of the controller's state. */
  #follow(before: ControlState, after: ControlState): void {
    if (before === after) return;
    if (after === 'empty') this.#emit({ kind: 'empty_queue', data: {} });
    if (after === 'holding') this.#emit({ kind: 'holding', data: {} });
    if (after === 'tracking' && before !== 'waiting') this.#emit({ kind: 'resumed', data: {} });
    this.#state = after === 'holding' ? 'holding' : 'running';
  }

  #send(now: number): void {
    const { robot, command = 'arm' } = this.#options;
    const { value } = this.#command;
    for (let i = 0; i < this.#order.length; i++) value.position[i] = this.controller.joints[this.#order[i]];
    value.gripperWidth = this.controller.gripperWidth;
    this.#command.stamp = now;
    this.#command.received = now;
    try {
      robot.command(command, this.#command);
      this.#refused = false;
    } catch (error) {
      this.#counters.commandsRefused++;
      // A robot that refuses does so 500 times a second; one event tells it.
      if (!this.#refused) this.#emit({ kind: 'command_refused', data: { message: messageOf(error), error } });
      this.#refused = true;
    }
  }

  #emit(event: LoopHappening): void {
    this.#events.next({ time: this.#options.robot.clock.now(), ...event } as LoopEvent);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
