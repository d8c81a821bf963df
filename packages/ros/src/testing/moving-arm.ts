import { SimulatedClock } from '@praxis/core';
import { ARM_LAYOUT, HOME_JOINTS_RAD } from '@praxis/sim';
import { SupervisorRunner } from '../nodes/supervisor/supervisor-runner.ts';
import type { Output, Target } from '../output/output.ts';
import { CONTROL_PERIOD_S } from '../robot/command-topic.ts';
import { praxisArmGroup } from './praxis-arm.ts';

/** Time (s) in which the commanded joints go back and forth once. */
const SWING_PERIOD_S = 3;

/** An arm that follows its supervisor's targets at once, its sensors, and a node that commands a swing of all joints. */
export class MovingArm {
  readonly clock = new SimulatedClock(1000);
  readonly runner: SupervisorRunner;
  /** Joint positions (rad). */
  readonly position = Float64Array.from(HOME_JOINTS_RAD);
  /** Joint velocities (rad/s). */
  readonly velocity = new Float64Array(HOME_JOINTS_RAD.length);
  /** False: no node commands the arm. */
  commanded = true;
  readonly #from = this.position.slice();
  #started = 0;

  constructor() {
    const { model, group } = praxisArmGroup('not watched');
    const output: Output = {
      ...{ name: 'controller', kind: 'topic', listeners: 1, close: () => undefined },
      send: (target) => this.#move(target),
    };
    this.runner = new SupervisorRunner({
      ...{ model, clock: this.clock, onPower: () => undefined },
      groups: [{ ...group, outputs: [output] }],
    });
  }

  /** Greatest speed of a joint (rad/s). */
  get speed(): number {
    return Math.max(...this.velocity.map(Math.abs));
  }

  /** Starts the swing from the present position. */
  start(): void {
    this.#from.set(this.position);
    this.#started = this.clock.now();
    const result = this.runner.start(this.clock.now());
    if (!result.ok) throw new Error(result.reason);
  }

  /** Runs this long (s). */
  run(seconds: number): void {
    for (let k = Math.round(seconds / CONTROL_PERIOD_S); k > 0; k--) this.step();
  }

  /** Runs one period: sensors, commands, supervisor. */
  step(): void {
    this.clock.advance(CONTROL_PERIOD_S);
    const now = this.clock.now();
    const fingers = [0.02, 0.02];
    const value = {
      names: [...ARM_LAYOUT.joints, ...ARM_LAYOUT.fingers],
      position: Float64Array.of(...this.position, ...fingers),
      velocity: Float64Array.of(...this.velocity, 0, 0),
    };
    this.runner.acceptSample('joints', { value, stamp: now, received: now }, now);
    if (this.commanded) this.#command(now);
    this.velocity.fill(0);
    this.runner.tick(now, true);
  }

  #command(now: number): void {
    const t = now - this.#started;
    const angle = 0.1 * (1 - Math.cos((2 * Math.PI * t) / SWING_PERIOD_S));
    const position =
      this.runner.linked.view.state === 'running' ? this.#from.map((q) => q + angle) : this.position.slice();
    this.runner.acceptCommand('arm', { value: { position, gripperWidth: 0.04 }, stamp: now, received: now });
  }

  #move({ position }: Target): void {
    for (let i = 0; i < position.length; i++) {
      this.velocity[i] = (position[i] - this.position[i]) / CONTROL_PERIOD_S;
      this.position[i] = position[i];
    }
  }
}
