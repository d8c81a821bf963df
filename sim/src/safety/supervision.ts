import type { ControlLoop, Robot } from '@praxis/core';
import { isStop, type SafetyConfig, SupervisedRobot, Supervisor } from '@praxis/safety';
import type { World } from '../mujoco/world.ts';
import { ARM_JOINTS, type ArmModel } from '../robot/arm.ts';
import { Brakes } from '../robot/brakes.ts';
import { CommandTap } from './command-tap.ts';
import { SIM_SAFETY } from './config.ts';
import { LimitAudit, type LimitViolations } from './limit-audit.ts';

/** What a person may ask of the supervisor; `resume` is a reset and, when that succeeds, a start. */
export type GuardAct = 'hold' | 'stop' | 'resume';

/** The supervisor of a simulated arm with what it stands between, and an audit that trusts neither. */
export class Supervision {
  readonly supervisor: Supervisor;
  /** The robot as whoever commands it sees it. */
  readonly robot: SupervisedRobot;
  readonly #tap: CommandTap;
  readonly #audit: LimitAudit;
  readonly #brakes: Brakes;
  #started = false;
  #stops = 0;
  #power: 'on' | 'off' = 'off';

  constructor(robot: Robot, world: World, { model, kinematics, tool }: ArmModel, config: SafetyConfig = SIM_SAFETY) {
    const joints = ARM_JOINTS.length;
    this.#tap = new CommandTap(robot, joints);
    this.supervisor = new Supervisor({
      names: ARM_JOINTS,
      streams: robot.spec.streams,
      model,
      kinematics,
      tool,
      config,
      period: world.timestep,
    });
    this.#brakes = new Brakes(world);
    this.robot = new SupervisedRobot(this.#tap, this.supervisor, {
      onPower: (power) => {
        this.#power = power;
        if (power === 'on') this.#brakes.open();
        else this.#brakes.close();
      },
    });
    this.supervisor.events$.subscribe(({ from, to, cause }) => {
      if (from === 'running' && isStop(to) && !cause.endsWith('_request')) this.#stops++;
    });
    const { lower, upper, maxVelocity } = kinematics;
    const of = (value: unknown) => new Float64Array(joints).fill(typeof value === 'number' ? value : Infinity);
    const { acceleration, jerk } = config.filter.limits;
    this.#audit = new LimitAudit(world, { lower, upper, maxVelocity, acceleration: of(acceleration), jerk: of(jerk) });
  }

  get violations(): LimitViolations {
    return this.#audit.violations;
  }

  /** Off: the arm's brakes are closed. */
  get power(): 'on' | 'off' {
    return this.#power;
  }

  /** How often motion was stopped while nobody asked for it. */
  get stops(): number {
    return this.#stops;
  }

  /** The loop has ticked: its heartbeat, and whether it has actions. */
  hear({ controller }: ControlLoop): void {
    this.beat('loop');
    const { state } = controller;
    if (state !== 'waiting') this.supervisor.reportQueue(state === 'tracking' ? 'filled' : 'empty', this.#now);
  }

  beat(source: 'loop' | 'policy'): void {
    this.supervisor.beat(source, this.#now);
  }

  /** Once a period, after the loop or without it. */
  tick(): void {
    this.robot.tick();
    if (this.#power === 'off') this.#brakes.update();
    // Whoever runs the episode starts the arm, once, as soon as everything is there.
    if (!this.#started && this.supervisor.state === 'ready') this.#started = this.supervisor.start(this.#now).ok;
    if (this.#tap.known) this.#audit.check(this.#tap.told, this.#power);
  }

  /** What a person asks for. */
  ask(act: GuardAct): void {
    if (act === 'hold') this.supervisor.hold(this.#now, 'hold asked for');
    else if (act === 'stop') this.supervisor.protectiveStop(this.#now, 'stop asked for');
    else if (this.supervisor.state === 'ready' || this.supervisor.reset(this.#now).ok) this.supervisor.start(this.#now);
  }

  get #now(): number {
    return this.robot.clock.now();
  }
}
