import type { ControlLoop, Policy, Robot } from '@praxis/core';
import { isStop, type OperatorRequest, type Supervisor } from '@praxis/safety';
import { Heartbeat } from '../safety/heartbeat.ts';
import { SupervisedArm } from '../safety/supervised-arm.ts';
import { FaultHarness } from './fault-harness.ts';
import { FaultProbe } from './fault-probe.ts';
import type { EpisodeOptions } from './options.ts';
import type { FaultResult, SafetyResult } from './result.ts';
import { armModelOf, type BuiltScene } from './scene.ts';

/** Number of the supervisor's events that a result keeps. */
const MAX_EVENT_COUNT = 20;

/** The parts of an episode that its supervisor and its fault connect to. */
export interface EpisodeSupervisionOptions extends Pick<EpisodeOptions, 'seed' | 'urdf' | 'safety' | 'fault'> {
  readonly scene: BuiltScene;
  /** The simulated arm, or a robot that wraps it. */
  readonly robot: Robot;
  readonly policy: Policy;
  /** Simulated seconds of one inference. */
  readonly inferenceDelay: number;
}

/** The supervisor between an episode's loop and its arm, and the injection of the episode's fault. */
export class EpisodeSupervision {
  /** The policy and the robot that the loop is bound to. */
  readonly policy: Policy;
  readonly robot: Robot;
  readonly #scene: BuiltScene;
  readonly #harness: FaultHarness | undefined;
  readonly #arm: SupervisedArm | undefined;
  readonly #probe: FaultProbe | undefined;
  /** Heartbeat of the policy's process. */
  readonly #heartbeat: Heartbeat;
  #stoppedAt: number | undefined;
  #falseStops = 0;

  constructor({ seed, urdf, safety = 'on', scene, robot, policy, fault, inferenceDelay }: EpisodeSupervisionOptions) {
    const { world, tool } = scene;
    this.#scene = scene;
    this.#harness = fault && new FaultHarness({ fault, seed, world, robot, policy, inferenceDelay });
    const sensed = this.#harness?.robot ?? robot;
    const config = typeof safety === 'object' ? safety : undefined;
    this.#arm = safety === 'off' ? undefined : new SupervisedArm(sensed, world, armModelOf(urdf), config);
    const supervised = this.#arm ?? sensed;
    this.robot = this.#harness?.bind(supervised) ?? supervised;
    this.policy = this.#harness?.policy ?? policy;
    this.#heartbeat = this.#harness?.heartbeat ?? new Heartbeat();
    this.#probe = this.#harness && new FaultProbe({ ...this.#harness, world, tool, supervisor: this.supervisor });
  }

  /** Undefined in an episode without a supervisor. */
  get supervisor(): Supervisor | undefined {
    return this.#arm?.supervisor;
  }

  /** Time at which the present stop began (s, simulated time); undefined while there is none. */
  get stoppedAt(): number | undefined {
    return this.#stoppedAt;
  }

  /** True while the supervisor is in state `running` after the injection of a fault. */
  get toleratesFault(): boolean {
    return this.#harness?.injector.injectedAt !== undefined && this.supervisor?.state === 'running';
  }

  /** Passes an operator's request to the supervisor. */
  request(request: OperatorRequest): void {
    this.#arm?.request(request);
  }

  /** Injects the fault when it is due, between physics and loop. It returns `blocked` while the fault blocks the loop's thread. */
  advanceFault(loop: ControlLoop): 'free' | 'blocked' {
    if (!this.#harness) return 'free';
    this.#harness.advance(loop.lastChunk !== undefined);
    return this.#harness.transport.isBlocked(this.#scene.world.time) ? 'blocked' : 'free';
  }

  /** Delivers the inference results that are due now; true if the loop must wait for one. */
  deliverDueResults(): boolean {
    return this.#harness?.policy.deliverDueResults(this.#harness.robot.clock.now()) ?? false;
  }

  /**
   * The inference in progress. Its result counts only when it is due; waiting for it at once keeps the time of physics and
   * rendering out of the policy's measured time.
   */
  pendingInference(loop: ControlLoop): Promise<void> | undefined {
    return this.#harness ? this.#harness.policy.pendingInference : loop.pending;
  }

  /** Runs after the loop, also in a period in which the loop is blocked. */
  runSupervisor(loop: ControlLoop, thread: 'free' | 'blocked'): void {
    const supervised = this.#arm;
    if (supervised) {
      if (thread === 'free') supervised.observeLoop(loop);
      if (this.#heartbeat.beatIfDue(this.#scene.world.time)) supervised.beat('policy');
      supervised.tick();
      if (this.#harness?.injector.injectedAt === undefined) this.#falseStops = supervised.faultStops;
      if (!isStop(supervised.supervisor.state)) this.#stoppedAt = undefined;
      else this.#stoppedAt ??= this.#scene.world.time;
    }
    this.#probe?.measure();
  }

  /** Returns the supervisor's report; undefined without a supervisor. */
  safetyResult(): SafetyResult | undefined {
    if (!this.#arm) return undefined;
    const { supervisor, violations } = this.#arm;
    return {
      state: supervisor.state,
      falseStops: this.#falseStops,
      limitViolations: { ...violations },
      events: supervisor.log.slice(0, MAX_EVENT_COUNT),
    };
  }

  /** Returns the effect of the fault; undefined before its injection. @param ending `tolerated` if the task ended in spite of it */
  faultResult(ending: 'tolerated' | 'stopped'): FaultResult | undefined {
    return this.#probe?.result(ending);
  }

  /** Ends the wait for a policy that hangs. */
  close(): void {
    this.#harness?.close();
  }
}
