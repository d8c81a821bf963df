import type { ArmCommand, Clock, ControlLoop, Robot, RobotCommand, Stamped } from '@praxis/core';
import { RobotDecorator } from '@praxis/core';
import {
  isStop,
  type PerJoint,
  type SafetyConfig,
  type SharedSafety,
  SupervisedRobot,
  SupervisorHost,
} from '@praxis/safety';
import type { World } from '../mujoco/world.ts';
import type { ArmSetup } from '../robot/arm-setup.ts';
import { Brakes } from '../robot/brakes.ts';
import type { RobotSetup } from '../robot/setup.ts';
import { safetyOf } from './config.ts';
import { LimitAudit, type LimitViolations } from './limit-audit.ts';
import { armSupervisor } from './make-supervisors.ts';

/** The simulated arm with its supervisor, simulated brakes and an independent audit of the limits. */
export class SupervisedArm extends SupervisedRobot {
  readonly #recorder: CommandRecorder;
  readonly #audit: LimitAudit;
  readonly #brakes: Brakes;
  #started = false;
  #faultStops = 0;

  /**
   * @param robot robot that receives the supervised commands
   * @param config Default: the configuration of the robot's definition, over the derived one
   * @throws {InputError} for a configuration that does not fit the arm
   */
  constructor(robot: Robot, world: World, setup: RobotSetup, config: SafetyConfig = safetyOf(setup)) {
    const recorder = new CommandRecorder(robot, setup.joints.length);
    const supervisor = armSupervisor(setup, robot.spec.streams, world.timestep, config);
    const brakes = new Brakes(world, setup.joints);
    super(recorder, supervisor, { onPower: (power) => (power === 'on' ? brakes.open() : brakes.close()) });
    this.#recorder = recorder;
    this.#brakes = brakes;
    supervisor.events$.subscribe(({ from, to, cause }) => {
      if (from === 'running' && isStop(to) && !cause.endsWith('_request')) this.#faultStops++;
    });
    this.#audit = limitAudit(world, setup, config);
  }

  get powered(): boolean {
    return this.power === 'on';
  }

  /** Connects the supervisor to a loop in another thread. @param clock clock of the supervisor */
  hostFor(shared: SharedSafety, clock: Clock): SupervisorHost {
    return new SupervisorHost(this.supervisor, shared, clock);
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
  observeLoop({ queue }: Pick<ControlLoop, 'queue'>): void {
    this.beat('loop');
    this.supervisor.reportQueue(queue, this.clock.now());
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

/** Makes the audit of an arm's limits. */
export function limitAudit(
  world: World,
  { joints, kinematics }: Pick<ArmSetup, 'joints' | 'kinematics'>,
  { filter }: SafetyConfig,
): LimitAudit {
  const { lower, upper, maxVelocity } = kinematics;
  const limits = (value: PerJoint | null) =>
    Float64Array.from(joints, (name) =>
      typeof value === 'number' ? value : (value?.[name] ?? Number.POSITIVE_INFINITY),
    );
  const acceleration = limits(filter.limits.acceleration);
  const jerk = limits(filter.limits.jerk);
  return new LimitAudit(world, joints, { lower, upper, maxVelocity, acceleration, jerk });
}

/** Passes commands on to a robot and records the last one of an arm that the robot accepted. */
export class CommandRecorder extends RobotDecorator {
  /** Joint targets of the last accepted command (rad). */
  readonly commanded: Float64Array;
  /** False before the first command. */
  hasCommand = false;

  readonly #name: string;

  /**
   * @param joints number of joints in a command
   * @param name name of the arm's command
   */
  constructor(robot: Robot, joints: number, name = 'arm') {
    super(robot);
    this.#name = name;
    this.commanded = new Float64Array(joints);
  }

  override command(name: string, command: Stamped<RobotCommand>): void {
    super.command(name, command);
    if (name !== this.#name) return;
    this.commanded.set((command.value as ArmCommand).position);
    this.hasCommand = true;
  }
}
