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
import { GroupView } from './group-view.ts';
import type { BeatSource } from './monitors/loop-watchdog.ts';
import type { QueueState } from './monitors/queue-monitor.ts';
import { type OperatorRequest, passRequest, resetIfStopped } from './operator-request.ts';
import type { RequestResult, SupervisorView } from './options.ts';
import { isStop } from './states/state-machine.ts';
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
  /** Supervisors by the names of their groups: those of the arms, then those of the bases. */
  readonly #supervisors: ReadonlyMap<string, Supervisor>;
  readonly #view: GroupView;
  readonly #links = new Subscription();

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
    this.#supervisors = supervisorsOf(arms, bases);
    if (this.#supervisors.size === 0) {
      throw new InputError('supervised groups: no arm, expected at least one, or a base with a supervisor');
    }
    this.#view = new GroupView(this.#supervisors);
    this.#arms = new Map(
      Object.entries(arms).map(([command, { supervisor, onPower }]) => {
        return [command, new SupervisedRobot(robot, supervisor, { command, onPower })];
      }),
    );
    this.#bases = new Map(
      Object.entries(bases).map(([name, { supervisor, ...limits }]) => {
        if (supervisor) this.#links.add(watchStreams(robot, supervisor));
        return [name, { base: new SupervisedBase(robot, name, limits), supervisor }];
      }),
    );
    for (const [command, supervisor] of this.#supervisors) this.#link(command, supervisor);
  }

  /** All supervisors, seen as one. */
  get supervisor(): SupervisorView {
    return this.#view;
  }

  /** The supervisor of each group. */
  get supervisors(): Iterable<Supervisor> {
    return this.#supervisors.values();
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
    const state = this.#running ? 'running' : 'stopped';
    for (const { base, supervisor } of this.#bases.values()) {
      this.inner.command(base.name, base.tick(now, state));
      supervisor?.reportMotion(base.moves ? 'moving' : 'standing');
    }
  }

  /** Reports a heartbeat to every supervisor. */
  beat(source: BeatSource): void {
    for (const supervisor of this.#supervisors.values()) supervisor.beat(source, this.clock.now());
  }

  /** Reports to every supervisor whether the chunk scheduler has an action. */
  reportQueue(state: QueueState): void {
    for (const supervisor of this.#supervisors.values()) supervisor.reportQueue(state, this.clock.now());
  }

  /**
   * Passes a person's request to every supervisor. It returns the reason of the first one that refuses it; a start that one of them
   * refuses starts none.
   */
  request(request: OperatorRequest): RequestResult {
    const now = this.clock.now();
    const supervisors = [...this.#supervisors.values()];
    if (request !== 'resetAndStart') return firstRefusal(supervisors.map((each) => passRequest(each, request, now)));
    const reset = firstRefusal(supervisors.map((each) => resetIfStopped(each, now)));
    return reset.ok ? this.startGroups() : reset;
  }

  /** Lets commands through to every group; only when all are ready and none has a fault. It returns the first reason against it. */
  startGroups(): RequestResult {
    const now = this.clock.now();
    const supervisors = [...this.#supervisors.values()];
    const allowed = firstRefusal(supervisors.map((each) => each.canStart(now)));
    if (!allowed.ok) return allowed;
    return firstRefusal(supervisors.map((each) => each.start(now)));
  }

  /** Stops the given robot and no longer passes samples to the supervisors. */
  override async stop(): Promise<void> {
    this.#links.unsubscribe();
    for (const arm of this.#arms.values()) await arm.stop();
    await super.stop();
    this.#view.close();
  }

  /** True while every group follows commands. */
  get #running(): boolean {
    for (const { state } of this.#supervisors.values()) if (state !== 'running') return false;
    return true;
  }

  /** Stops every other group as this one stops. */
  #link(group: string, supervisor: Supervisor): void {
    const others = [...this.#supervisors].filter(([name]) => name !== group);
    this.#links.add(
      supervisor.events$.subscribe((event) => {
        const { from, to, message } = event;
        this.#view.record(group, event);
        if (from === to || !isStop(to)) return;
        const now = this.clock.now();
        const why = `${group} stopped: ${message}`;
        for (const [, other] of others) {
          if (other.state === to) continue;
          if (to === 'hold') other.hold(now, why);
          else if (to === 'protective_stop') other.protectiveStop(now, why);
          else other.emergencyStop(now, why);
        }
      }),
    );
  }
}

function supervisorsOf(
  arms: Readonly<Record<string, SupervisedArmGroup>>,
  bases: Readonly<Record<string, SupervisedBaseGroup>>,
): ReadonlyMap<string, Supervisor> {
  const found = new Map(Object.entries(arms).map(([name, { supervisor }]) => [name, supervisor]));
  for (const [name, { supervisor }] of Object.entries(bases)) if (supervisor) found.set(name, supervisor);
  return found;
}

const firstRefusal = (results: readonly RequestResult[]): RequestResult =>
  results.find(({ ok }) => !ok) ?? { ok: true };
