import type { ControlLoop, Policy, Robot } from '@praxis/core';
import { isStop, type OperatorRequest, type RequestResult, type SupervisorView } from '@praxis/safety';
import { struckBody } from '../faults/impact/struck-body.ts';
import { bodyName } from '../mjcf/robot-bodies.ts';
import { Heartbeat } from '../safety/heartbeat.ts';
import { type SupervisedMachine, supervise } from '../safety/supervised-machine.ts';
import { FaultHarness } from './fault-harness.ts';
import { FaultProbe } from './fault-probe.ts';
import type { EpisodeOptions } from './options.ts';
import type { FaultResult, SafetyResult } from './result.ts';
import type { BuiltScene } from './scene.ts';

/** Number of the supervisor's events that a result keeps. */
const MAX_EVENT_COUNT = 20;

/** The parts of an episode that its supervisor and its fault connect to. */
export interface EpisodeSupervisionOptions extends Pick<EpisodeOptions, 'seed' | 'safety' | 'fault'> {
  readonly scene: BuiltScene;
  /** The simulated arm, or a robot that wraps it. */
  readonly robot: Robot;
  readonly policy: Policy;
  /** Simulated seconds of one inference. */
  readonly inferenceDelay: number;
}

/** The supervisors between an episode's loop and its robot, and the injection of the episode's fault. */
export class EpisodeSupervision {
  /** The policy and the robot that the loop is bound to. */
  readonly policy: Policy;
  readonly robot: Robot;
  readonly #scene: BuiltScene;
  readonly #harness: FaultHarness | undefined;
  readonly #machine: SupervisedMachine | undefined;
  readonly #probe: FaultProbe | undefined;
  /** Heartbeat of the policy's process. */
  readonly #heartbeat: Heartbeat;
  #stoppedAt: number | undefined;
  #falseStops = 0;

  constructor({ seed, safety = 'on', scene, robot, policy, fault, inferenceDelay }: EpisodeSupervisionOptions) {
    const { world, setup } = scene;
    const struck = struckBody(setup);
    const hand = struck?.body ?? bodyName(setup.toolLink);
    this.#scene = scene;
    this.#harness = fault && new FaultHarness({ fault, seed, world, hand, struck, robot, policy, inferenceDelay });
    const sensed = this.#harness?.robot ?? robot;
    const config = typeof safety === 'object' ? safety : undefined;
    this.#machine = safety === 'off' ? undefined : supervise(sensed, world, setup, config);
    const supervised = this.#machine ?? sensed;
    this.robot = this.#harness?.bind(supervised) ?? supervised;
    this.policy = this.#harness?.policy ?? policy;
    this.#heartbeat = this.#harness?.heartbeat ?? new Heartbeat();
    this.#probe = this.#harness && new FaultProbe({ ...this.#harness, world, setup, supervisor: this.supervisor });
  }

  /** Undefined in an episode without a supervisor. */
  get supervisor(): SupervisorView | undefined {
    return this.#machine?.supervisor;
  }

  /** Time at which the present stop began (s, simulated time); undefined while there is none. */
  get stoppedAt(): number | undefined {
    return this.#stoppedAt;
  }

  /** True while the supervisor lets commands move the arm, or there is none. */
  get isRunning(): boolean {
    return this.supervisor === undefined || this.supervisor.state === 'running';
  }

  /** True while the supervisor is in state `running` after the injection of a fault. */
  get toleratesFault(): boolean {
    return this.#harness?.injector.injectedAt !== undefined && this.supervisor?.state === 'running';
  }

  /** Passes an operator's request to the supervisor. It returns the reason of a refusal. */
  request(request: OperatorRequest): RequestResult {
    return this.#machine?.request(request) ?? { ok: false, reason: 'the arm has no supervisor' };
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
    const supervised = this.#machine;
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
    if (!this.#machine) return undefined;
    const { supervisor, violations } = this.#machine;
    return {
      state: supervisor.state,
      falseStops: this.#falseStops,
      limitViolations: { ...violations },
      ...(supervisor.stopCause ? { stopCause: supervisor.stopCause } : {}),
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
