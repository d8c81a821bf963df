import {
  type ArmCommand,
  type BaseCommand,
  CommandError,
  InputError,
  type Robot,
  type RobotCommand,
  RobotDecorator,
  type Stamped,
} from '@praxis/core';
import { Subscription } from 'rxjs';
import type { BaseSafety } from '../config/base-safety.ts';
import { LinkedSupervisors } from './linked-supervisors.ts';
import type { BeatSource } from './monitors/loop-watchdog.ts';
import type { QueueState } from './monitors/queue-monitor.ts';
import type { OperatorRequest } from './operator-request.ts';
import type { RequestResult, SupervisorView } from './options.ts';
import { SupervisedBase } from './supervised-base.ts';
import { SupervisedRobot } from './supervised-robot.ts';
import type { Supervisor } from './supervisor.ts';
import { watchStreams } from './watch-streams.ts';

/** An arm of a robot with several command groups. */
export interface SupervisedArmGroup {
  /** Supervisor of this arm alone: its joints, and the streams of its own sensors. */
  readonly supervisor: Supervisor;
  /** Called when the brakes of this arm must close or open. */
  readonly onPower?: (power: 'on' | 'off') => void;
}

/** A driven base of a robot with several command groups. */
export interface SupervisedBaseGroup extends BaseSafety {
  /**
   * Supervisor of the base alone: no joints, and the streams of its own sensors. It watches commands, sensors, heartbeats and clock as
   * that of an arm does. Default: none; the base then stops with the arms and when its commands cease.
   */
  readonly supervisor?: Supervisor;
}

/** What a base's supervisor sees in place of the joints that a base lacks. */
const NO_JOINTS: ArmCommand = { position: new Float64Array(0), gripperWidth: 0 };

/**
 * A robot with several arms, each behind a supervisor of its own, and driven bases. All stop together: a stop of one group stops the
 * others in the same way at once, and the bases brake. It replaces the robot for the control loop, and no command bypasses it.
 * Arms do not know of each other's place: the filter of each keeps clear of its own obstacles alone.
 *
 * @example
 * ```ts
 * const robot = new SupervisedGroups(bare, { left: { supervisor: left }, right: { supervisor: right } }, { base: limits });
 * robot.request('resetAndStart');
 * setInterval(() => robot.tick(), 2);
 * ```
 */
export class SupervisedGroups extends RobotDecorator {
  readonly #arms: ReadonlyMap<string, SupervisedRobot>;
  readonly #bases: ReadonlyMap<string, { readonly base: SupervisedBase; readonly supervisor?: Supervisor }>;
  readonly #linked: LinkedSupervisors;
  readonly #samples = new Subscription();

  /**
   * @param arms by the names of their commands
   * @param bases limits of driven bases by the names of their commands
   * @throws {BindError} when the robot has no such command; {InputError} without a supervisor or for a wrong limit
   */
  constructor(
    robot: Robot,
    arms: Readonly<Record<string, SupervisedArmGroup>>,
    bases: Readonly<Record<string, SupervisedBaseGroup>> = {},
  ) {
    const names = [...Object.keys(arms), ...Object.keys(bases)];
    super(robot, { ...robot.spec, commands: robot.spec.commands.filter(({ name }) => names.includes(name)) });
    const supervisors = supervisorsOf(arms, bases);
    if (supervisors.size === 0) {
      throw new InputError('supervised groups: no arm, expected at least one, or a base with a supervisor');
    }
    this.#linked = new LinkedSupervisors(supervisors);
    this.#arms = new Map(
      Object.entries(arms).map(([command, { supervisor, onPower }]) => {
        return [command, new SupervisedRobot(robot, supervisor, { command, onPower })];
      }),
    );
    this.#bases = new Map(
      Object.entries(bases).map(([name, { supervisor, ...limits }]) => {
        if (supervisor) this.#samples.add(watchStreams(robot, supervisor));
        return [name, { base: new SupervisedBase(robot, name, limits), supervisor }];
      }),
    );
  }

  /** All supervisors, seen as one. */
  get supervisor(): SupervisorView {
    return this.#linked.view;
  }

  /** The supervisor of each group. */
  get supervisors(): Iterable<Supervisor> {
    return this.#linked.supervisors;
  }

  /** Names of the commands of driven bases. */
  get baseNames(): Iterable<string> {
    return this.#bases.keys();
  }

  /** True while every arm has power, as {@link SupervisedRobot.power} says. */
  get powered(): boolean {
    for (const { power } of this.#arms.values()) if (power === 'off') return false;
    return true;
  }

  /**
   * Passes a command to the supervisor of its arm, or to its base. The next {@link tick} sends what comes of it.
   * @throws {CommandError} on a wrong name, a wrong size, or a value that is not finite
   */
  override command(name: string, command: Stamped<RobotCommand>): void {
    const arm = this.#arms.get(name);
    if (arm) {
      arm.command(name, command as Stamped<ArmCommand>);
      return;
    }
    const group = this.#bases.get(name);
    if (!group) {
      const names = [...this.#arms.keys(), ...this.#bases.keys()].join(', ');
      throw new CommandError(`no command "${name}": expected ${names}`);
    }
    group.base.acceptCommand(command as Stamped<BaseCommand>);
    const { stamp, received } = command;
    group.supervisor?.acceptCommand({ value: NO_JOINTS, stamp, received }, this.clock.now());
  }

  /** Runs one period of every supervisor at the time of the robot's clock, and sends the commands of arms and bases. */
  tick(): void {
    for (const arm of this.#arms.values()) arm.tick();
    const now = this.clock.now();
    for (const { supervisor } of this.#bases.values()) supervisor?.tick(now);
    const state = this.#linked.running ? 'running' : 'stopped';
    for (const { base, supervisor } of this.#bases.values()) {
      this.inner.command(base.name, base.tick(now, state));
      supervisor?.reportMotion(base.moves ? 'moving' : 'standing');
    }
  }

  /** Reports a heartbeat to every supervisor. */
  beat(source: BeatSource): void {
    this.#linked.beat(source, this.clock.now());
  }

  /** Reports to every supervisor whether the chunk scheduler has an action. */
  reportQueue(state: QueueState): void {
    this.#linked.reportQueue(state, this.clock.now());
  }

  /**
   * Passes a person's request to every supervisor. It returns the reason of the first one that refuses it; a start that one of them
   * refuses starts none.
   */
  request(request: OperatorRequest): RequestResult {
    return this.#linked.request(request, this.clock.now());
  }

  /** Lets commands through to every group; only when all are ready and none has a fault. It returns the first reason against it. */
  startGroups(): RequestResult {
    return this.#linked.start(this.clock.now());
  }

  /** Stops the given robot and no longer passes samples to the supervisors. */
  override async stop(): Promise<void> {
    this.#samples.unsubscribe();
    for (const arm of this.#arms.values()) await arm.stop();
    await super.stop();
    this.#linked.close();
  }
}

/** Supervisors by the names of their groups: those of the arms, then those of the bases. */
function supervisorsOf(
  arms: Readonly<Record<string, SupervisedArmGroup>>,
  bases: Readonly<Record<string, SupervisedBaseGroup>>,
): ReadonlyMap<string, Supervisor> {
  const found = new Map(Object.entries(arms).map(([name, { supervisor }]) => [name, supervisor]));
  for (const [name, { supervisor }] of Object.entries(bases)) if (supervisor) found.set(name, supervisor);
  return found;
}
