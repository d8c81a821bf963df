import { type Clock, type ControlLoop, InputError, type Robot } from '@praxis/core';
import {
  GroupsHost,
  isStop,
  type OperatorRequest,
  type RequestResult,
  type SafetyConfig,
  type SharedSafety,
  SupervisedGroups,
  type Supervisor,
  type SupervisorHost,
  type SupervisorView,
} from '@praxis/safety';
import type { World } from '../mujoco/world.ts';
import type { ArmSetup } from '../robot/arm-setup.ts';
import { Brakes } from '../robot/brakes.ts';
import { hasOneArm, type RobotSetup } from '../robot/setup.ts';
import { groupSafety } from './config.ts';
import type { LimitAudit, LimitViolations } from './limit-audit.ts';
import { groupArmSupervisor, supervisedBases } from './make-supervisors.ts';
import { CommandRecorder, limitAudit, SupervisedArm } from './supervised-arm.ts';

/** A simulated robot behind its supervisors, in lock step with a control loop. */
export interface SupervisedMachine extends Robot {
  readonly supervisor: SupervisorView;
  /** Number of limit violations by commands and by joints of the arms. */
  readonly violations: LimitViolations;
  /** Number of stops that no request caused. */
  readonly faultStops: number;
  /** Reports a tick of the loop to the supervisors: its heartbeat, and whether the scheduler has an action. */
  observeLoop(loop: Pick<ControlLoop, 'queue'>): void;
  /** Reports a heartbeat to the supervisors. */
  beat(source: 'loop' | 'policy'): void;
  /** Runs supervisors, brakes and audits for one control period, and starts the robot once it is ready. */
  tick(): void;
  /** Passes a person's request on. It returns the reason of a refusal. */
  request(request: OperatorRequest): RequestResult;
  /** True while every arm has power. */
  readonly powered: boolean;
  /** Connects the supervisors to a loop in another thread. @param clock clock of the supervisors */
  hostFor(shared: SharedSafety, clock: Clock): MachineHost;
}

/** The supervisors' end of the memory that they share with a loop in another thread. */
export type MachineHost = Pick<SupervisorHost, 'poll' | 'publish'>;

/**
 * Puts a simulated robot behind its supervisors: one for an only arm, one for each group of a robot with several arms or a driven base,
 * which stop together.
 * @param robot robot that receives the supervised commands
 * @param config configuration of the only arm. Default: that of the robot's definition, over the derived one
 * @throws {InputError} for a configuration that does not fit the robot
 */
export function supervise(robot: Robot, world: World, setup: RobotSetup, config?: SafetyConfig): SupervisedMachine {
  if (hasOneArm(setup)) return new SupervisedArm(robot, world, setup, config);
  if (config) {
    throw new InputError(
      `robot ${setup.name}: a configuration of one arm is given, expected settings by command group in its definition`,
    );
  }
  return new SupervisedSimGroups(robot, world, setup);
}

/** Brakes and audit of one of several arms. */
class GuardedArm {
  readonly audit: LimitAudit;
  readonly recorder: CommandRecorder;
  readonly supervisor: Supervisor;
  readonly name: string;
  readonly #brakes: Brakes;
  #power: 'on' | 'off' = 'off';

  constructor(robot: Robot, world: World, setup: RobotSetup, arm: ArmSetup, config: SafetyConfig) {
    this.name = arm.name;
    this.recorder = new CommandRecorder(robot, arm.joints.length, arm.name);
    this.audit = limitAudit(world, arm, config);
    this.#brakes = new Brakes(world, arm.joints);
    this.supervisor = groupArmSupervisor(setup, arm, config, world.timestep);
  }

  readonly onPower = (power: 'on' | 'off'): void => {
    this.#power = power;
    if (power === 'on') this.#brakes.open();
    else this.#brakes.close();
  };

  /** Runs brakes and audit for one control period. */
  check(): void {
    if (this.#power === 'off') this.#brakes.engage();
    if (this.recorder.hasCommand) this.audit.check(this.recorder.commanded, this.#power);
  }
}

/** The simulated arms or base of a robot with their supervisors, brakes, and an independent audit of the limits of each arm. */
class SupervisedSimGroups extends SupervisedGroups implements SupervisedMachine {
  readonly #arms: readonly GuardedArm[];
  #started = false;
  #faultStops = 0;

  constructor(robot: Robot, world: World, setup: RobotSetup) {
    const configs = groupSafety(setup);
    const arms: GuardedArm[] = [];
    for (const arm of setup.arms) {
      arms.push(new GuardedArm(arms.at(-1)?.recorder ?? robot, world, setup, arm, configs.get(arm.name)!));
    }
    super(
      arms.at(-1)?.recorder ?? robot,
      Object.fromEntries(arms.map((arm) => [arm.name, arm])),
      supervisedBases(setup, configs, world.timestep),
    );
    this.#arms = arms;
    this.supervisor.events$.subscribe(({ from, to, cause }) => {
      if (from === 'running' && isStop(to) && !cause.endsWith('_request')) this.#faultStops++;
    });
  }

  get violations(): LimitViolations {
    const all = this.#arms.map(({ audit }) => audit.violations);
    return {
      commands: all.reduce((sum, { commands }) => sum + commands, 0),
      joints: all.reduce((sum, { joints }) => sum + joints, 0),
    };
  }

  get faultStops(): number {
    return this.#faultStops;
  }

  observeLoop({ queue }: Pick<ControlLoop, 'queue'>): void {
    this.beat('loop');
    this.reportQueue(queue);
  }

  hostFor(shared: SharedSafety, clock: Clock): MachineHost {
    return new GroupsHost(this, shared, clock);
  }

  override tick(): void {
    super.tick();
    if (!this.#started && this.supervisor.state === 'ready') this.#started = this.startGroups().ok;
    for (const arm of this.#arms) arm.check();
  }
}
