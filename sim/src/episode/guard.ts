import type { ControlLoop, Policy, Robot } from '@praxis/core';
import { isStop, type Supervisor } from '@praxis/safety';
import type { Fault } from '../faults/fault.ts';
import { Heartbeat } from '../safety/heartbeat.ts';
import { type GuardAct, Supervision } from '../safety/supervision.ts';
import { FaultProbe } from './fault-probe.ts';
import { FaultRig } from './fault-rig.ts';
import type { EpisodeOptions } from './options.ts';
import type { FaultResult, SafetyResult } from './result.ts';
import { arm, type BuiltScene } from './scene.ts';

/** Events of the supervisor that a result keeps. */
const KEPT_EVENTS = 20;

export interface EpisodeGuardOptions extends Pick<EpisodeOptions, 'seed' | 'urdf' | 'safety'> {
  readonly scene: BuiltScene;
  /** The arm, with whatever was put around it. */
  readonly robot: Robot;
  readonly policy: Policy;
  readonly fault: Fault | undefined;
  /** Simulated seconds of one inference. */
  readonly inferenceDelay: number;
}

/** What stands between an episode's loop and its arm: the supervisor, and where there is a fault, what makes it happen. */
export class EpisodeGuard {
  /** What the loop asks, and what it is bound to. */
  readonly policy: Policy;
  readonly robot: Robot;
  readonly #scene: BuiltScene;
  readonly #rig: FaultRig | undefined;
  readonly #supervision: Supervision | undefined;
  readonly #probe: FaultProbe | undefined;
  /** Of the policy's process. */
  readonly #heartbeat: Heartbeat;
  #stoppedAt: number | undefined;
  #falseStops = 0;

  constructor({ seed, urdf, safety = 'on', scene, robot, policy, fault, inferenceDelay }: EpisodeGuardOptions) {
    const { world, tool } = scene;
    this.#scene = scene;
    this.#rig = fault && new FaultRig({ fault, seed, world, robot, policy, inferenceDelay });
    const sensed = this.#rig?.robot ?? robot;
    const config = typeof safety === 'object' ? safety : undefined;
    this.#supervision = safety === 'off' ? undefined : new Supervision(sensed, world, arm(urdf), config);
    const guarded = this.#supervision?.robot ?? sensed;
    this.robot = this.#rig?.bind(guarded) ?? guarded;
    this.policy = this.#rig?.policy ?? policy;
    this.#heartbeat = this.#rig?.heartbeat ?? new Heartbeat();
    this.#probe = this.#rig && new FaultProbe({ ...this.#rig, world, tool, supervisor: this.supervisor });
  }

  /** Undefined when nothing guards the arm. */
  get supervisor(): Supervisor | undefined {
    return this.#supervision?.supervisor;
  }

  /** When the stop that lasts began (s, true time); undefined while there is none. */
  get stoppedAt(): number | undefined {
    return this.#stoppedAt;
  }

  /** True when something has gone wrong and the supervisor lets the arm go on. */
  get bears(): boolean {
    return this.#rig?.injector.injectedAt !== undefined && this.supervisor?.state === 'running';
  }

  ask(act: GuardAct): void {
    this.#supervision?.ask(act);
  }

  /** Between physics and loop; `blocked` when the loop's thread is. */
  before(loop: ControlLoop): 'free' | 'blocked' {
    if (!this.#rig) return 'free';
    this.#rig.update(loop.lastChunk !== undefined);
    return this.#rig.link.blocked(this.#scene.world.time) ? 'blocked' : 'free';
  }

  /** Hands out what the policy's process answers at this very time; true when the loop is to wait for it. */
  release(): boolean {
    return this.#rig?.policy.release(this.#rig.robot.clock.now()) ?? false;
  }

  /**
   * What the policy computes now. A result counts only when it is due; waiting for it at once keeps physics and pictures off
   * the policy's clock.
   */
  computing(loop: ControlLoop): Promise<void> | undefined {
    return this.#rig ? this.#rig.policy.computing : loop.pending;
  }

  /** After the loop, and when it was blocked. */
  after(loop: ControlLoop, thread: 'free' | 'blocked'): void {
    const supervision = this.#supervision;
    if (supervision) {
      if (thread === 'free') supervision.hear(loop);
      if (this.#heartbeat.due(this.#scene.world.time)) supervision.beat('policy');
      supervision.tick();
      if (this.#rig?.injector.injectedAt === undefined) this.#falseStops = supervision.stops;
      if (!isStop(supervision.supervisor.state)) this.#stoppedAt = undefined;
      else this.#stoppedAt ??= this.#scene.world.time;
    }
    this.#probe?.update();
  }

  safety(): SafetyResult | undefined {
    if (!this.#supervision) return undefined;
    const { supervisor, violations } = this.#supervision;
    return {
      state: supervisor.state,
      falseStops: this.#falseStops,
      limitViolations: { ...violations },
      events: supervisor.log.slice(0, KEPT_EVENTS),
    };
  }

  /** @param ending `borne` when the task went on to its end in spite of the fault */
  fault(ending: 'borne' | 'stopped'): FaultResult | undefined {
    return this.#probe?.result(ending);
  }

  /** The episode is over: nobody is to wait for a policy that hangs. */
  close(): void {
    this.#rig?.close();
  }
}
