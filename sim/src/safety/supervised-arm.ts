import type { ArmCommand, ControlLoop, Robot, Stamped } from '@praxis/core';
import { RobotDecorator } from '@praxis/core';
import { isStop, type SafetyConfig, SupervisedRobot, Supervisor } from '@praxis/safety';
import type { World } from '../mujoco/world.ts';
import { ARM_JOINTS, type ArmModel } from '../robot/arm.ts';
import { Brakes } from '../robot/brakes.ts';
import { SIM_SAFETY } from './config.ts';
import { LimitAudit, type LimitViolations } from './limit-audit.ts';

/** The simulated arm with its supervisor, simulated brakes and an independent audit of the limits. */
export class SupervisedArm extends SupervisedRobot {
  readonly #recorder: CommandRecorder;
  readonly #audit: LimitAudit;
  readonly #brakes: Brakes;
  #started = false;
  #faultStops = 0;

  /**
   * @param robot robot that receives the supervised commands
   * @throws {InputError} for a configuration that does not fit the arm
   */
  constructor(robot: Robot, world: World, { model, kinematics, tool }: ArmModel, config: SafetyConfig = SIM_SAFETY) {
    const joints = ARM_JOINTS.length;
    const recorder = new CommandRecorder(robot, joints);
    const supervisor = new Supervisor({
      names: ARM_JOINTS,
      streams: robot.spec.streams,
      model,
      kinematics,
      tool,
      config,
      period: world.timestep,
    });
    const brakes = new Brakes(world);
    super(recorder, supervisor, { onPower: (power) => (power === 'on' ? brakes.open() : brakes.close()) });
    this.#recorder = recorder;
    this.#brakes = brakes;
    supervisor.events$.subscribe(({ from, to, cause }) => {
      if (from === 'running' && isStop(to) && !cause.endsWith('_request')) this.#faultStops++;
    });
    const { lower, upper, maxVelocity } = kinematics;
    const limits = (value: unknown) => new Float64Array(joints).fill(typeof value === 'number' ? value : Infinity);
    const acceleration = limits(config.filter.limits.acceleration);
    const jerk = limits(config.filter.limits.jerk);
    this.#audit = new LimitAudit(world, { lower, upper, maxVelocity, acceleration, jerk });
  }

  /** Number of limit violations by commands and by joints. */
  get violations(): LimitViolations {
    return this.#audit.violations;
  }

  /** Number of stops that no request caused. */
  get faultStops(): number {
    return this.#faultStops;
  }

  /** Reports a tick of the loop to the supervisor: its heartbeat, and whether the scheduler has an action. */
  observeLoop({ controller }: ControlLoop): void {
    this.beat('loop');
    const { state } = controller;
    if (state !== 'waiting') this.supervisor.reportQueue(state === 'tracking' ? 'filled' : 'empty', this.clock.now());
  }

  /** Reports a heartbeat to the supervisor. */
  beat(source: 'loop' | 'policy'): void {
    this.supervisor.beat(source, this.clock.now());
  }

  /**
   * Runs supervisor, brakes and audit for one control period, after the loop if it ran. It starts the arm once, as soon as
   * the supervisor is ready.
   */
  override tick(): void {
    super.tick();
    if (this.power === 'off') this.#brakes.engage();
    if (!this.#started && this.supervisor.state === 'ready') {
      this.#started = this.supervisor.start(this.clock.now()).ok;
    }
    if (this.#recorder.hasCommand) this.#audit.check(this.#recorder.commanded, this.power);
  }
}

/** Passes commands on to a robot and records the last one that the robot accepted. */
export class CommandRecorder extends RobotDecorator {
  /** Joint targets of the last accepted command (rad). */
  readonly commanded: Float64Array;
  /** False before the first command. */
  hasCommand = false;

  /** @param joints number of joints in a command */
  constructor(robot: Robot, joints: number) {
    super(robot);
    this.commanded = new Float64Array(joints);
  }

  override command(name: string, command: Stamped<ArmCommand>): void {
    super.command(name, command);
    this.commanded.set(command.value.position);
    this.hasCommand = true;
  }
}
