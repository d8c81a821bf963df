import type { Policy, Robot } from '@praxis/core';
import { PolicyError } from '@praxis/core';
import type { Fault, FaultContext } from '../faults/fault.ts';
import { Impactor } from '../faults/impact/impactor.ts';
import type { StruckBody } from '../faults/impact/struck-body.ts';
import { FaultyPolicy } from '../faults/injection/faulty-policy.ts';
import { FaultyRobot } from '../faults/injection/faulty-robot.ts';
import { LoopTransport } from '../faults/injection/loop-transport.ts';
import { FaultInjector } from '../faults/injector.ts';
import type { World } from '../mujoco/world.ts';
import { Heartbeat } from '../safety/heartbeat.ts';

/** The parts of an episode that a fault can affect. */
export interface FaultHarnessOptions {
  readonly fault: Fault;
  readonly seed: number;
  readonly world: World;
  /** Body whose motion decides when a fault is injected. */
  readonly hand: string;
  /** Body that an impact strikes; undefined for a robot without one. */
  readonly struck: StruckBody | undefined;
  /** The simulated arm. */
  readonly robot: Robot;
  readonly policy: Policy;
  /** Simulated seconds of one inference. */
  readonly inferenceDelay: number;
}

/**
 * Places the injection points of a fault between the parts of an episode: between loop and policy, between arm and
 * supervisor, and between supervisor and loop.
 */
export class FaultHarness {
  readonly policy: FaultyPolicy;
  readonly robot: FaultyRobot;
  /** Heartbeat of the policy's process. */
  readonly heartbeat = new Heartbeat();
  readonly impactor: Impactor | undefined;
  readonly injector: FaultInjector;
  readonly #world: World;
  readonly #hand: number;
  readonly #lastHandPosition = new Float64Array(3);
  #transport: LoopTransport | undefined;

  constructor({ fault, seed, world, hand, struck, robot, policy, inferenceDelay }: FaultHarnessOptions) {
    this.#world = world;
    this.policy = new FaultyPolicy(policy, inferenceDelay);
    this.robot = new FaultyRobot(robot);
    this.impactor = fault.impact && struck && new Impactor(world, fault.impact, struck);
    this.#hand = 3 * world.body(hand);
    this.#storeHandPosition();
    const harness = this;
    this.injector = new FaultInjector(fault, seed, {
      policy: this.policy,
      heartbeat: this.heartbeat,
      robot: this.robot,
      impactor: this.impactor,
      get transport() {
        return harness.transport;
      },
    });
  }

  /** Wraps the supervised {@link robot} in the transport that the control loop binds to. */
  bind(supervised: Robot): Robot {
    this.#transport = new LoopTransport(supervised);
    return this.#transport;
  }

  get transport(): LoopTransport {
    if (!this.#transport) throw new TypeError('fault harness: no robot is bound yet, expected a call of bind first');
    return this.#transport;
  }

  /** Injects the fault when it is due. Call it after physics and before the loop. @param begun true once the loop has a chunk */
  advance(begun: boolean): void {
    const x = this.#world.view('xpos');
    const dt = this.#world.timestep;
    const [vx, vy, vz] = [0, 1, 2].map((i) => (x[this.#hand + i] - this.#lastHandPosition[i]) / dt);
    const context: FaultContext = { time: this.#world.time, velocity: [vx, vy, vz] };
    this.#storeHandPosition();
    this.injector.advance(context, begun);
    this.impactor?.advance(dt);
  }

  /** Rejects pending inferences, so that closing the episode does not wait for a policy that hangs. */
  close(): void {
    this.policy.abandon(new PolicyError(`policy ${this.policy.spec.name}: the episode is over`));
  }

  #storeHandPosition(): void {
    const x = this.#world.view('xpos');
    for (let i = 0; i < 3; i++) this.#lastHandPosition[i] = x[this.#hand + i];
  }
}
