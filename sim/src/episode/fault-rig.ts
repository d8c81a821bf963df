import type { Policy, Robot } from '@praxis/core';
import { PolicyError } from '@praxis/core';
import type { Fault, Moment } from '../faults/fault.ts';
import { FaultInjector } from '../faults/injector.ts';
import { LoopLink } from '../faults/points/loop-link.ts';
import { FaultyPolicy } from '../faults/points/policy.ts';
import { FaultyRobot } from '../faults/points/robot.ts';
import { Striker } from '../faults/strike/striker.ts';
import type { World } from '../mujoco/world.ts';
import { Heartbeat } from '../safety/heartbeat.ts';

export interface FaultRigOptions {
  readonly fault: Fault;
  readonly seed: number;
  readonly world: World;
  /** The simulated arm. */
  readonly robot: Robot;
  readonly policy: Policy;
  /** Simulated seconds of one inference. */
  readonly inferenceDelay: number;
}

/** An episode's parts with a fault between them: what the loop asks, what the supervisor sees, what the loop sees. */
export class FaultRig {
  readonly policy: FaultyPolicy;
  readonly robot: FaultyRobot;
  /** Of the policy's process. */
  readonly heartbeat = new Heartbeat();
  readonly striker: Striker | undefined;
  readonly injector: FaultInjector;
  readonly #world: World;
  readonly #hand: number;
  readonly #last = new Float64Array(3);
  #link: LoopLink | undefined;

  constructor({ fault, seed, world, robot, policy, inferenceDelay }: FaultRigOptions) {
    this.#world = world;
    this.policy = new FaultyPolicy(policy, inferenceDelay);
    this.robot = new FaultyRobot(robot);
    this.striker = fault.strike && new Striker(world, fault.strike);
    this.#hand = 3 * world.body('hand');
    this.#remember();
    const rig = this;
    this.injector = new FaultInjector(fault, seed, {
      policy: this.policy,
      heartbeat: this.heartbeat,
      robot: this.robot,
      striker: this.striker,
      get link() {
        return rig.link;
      },
    });
  }

  /** What the loop is bound to, given what supervises {@link robot}. */
  bind(supervised: Robot): Robot {
    this.#link = new LoopLink(supervised);
    return this.#link;
  }

  get link(): LoopLink {
    if (!this.#link) throw new TypeError('fault rig: nothing is bound yet');
    return this.#link;
  }

  /** After physics and before the loop. @param begun whether the arm has been told to move */
  update(begun: boolean): void {
    const x = this.#world.view('xpos');
    const dt = this.#world.timestep;
    const [vx, vy, vz] = [0, 1, 2].map((i) => (x[this.#hand + i] - this.#last[i]) / dt);
    const moment: Moment = { time: this.#world.time, velocity: [vx, vy, vz] };
    this.#remember();
    this.injector.update(moment, begun);
    this.striker?.update(dt);
  }

  /** The episode is over: nobody is to wait for a policy that hangs. */
  close(): void {
    this.policy.abandon(new PolicyError(`policy ${this.policy.spec.name}: the episode is over`));
  }

  #remember(): void {
    const x = this.#world.view('xpos');
    for (let i = 0; i < 3; i++) this.#last[i] = x[this.#hand + i];
  }
}
