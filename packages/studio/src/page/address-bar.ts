import { type Driver, type EpisodeNames, NO_PLANNER } from '../protocol/protocol.ts';
import {
  driversOf,
  namesPolicy,
  type PageAddress,
  type PageChoice,
  queryOf,
  type RobotKind,
  unknownName,
} from '../view/address.ts';
import type { Choice, Controls } from '../view/controls.ts';
import type { StatusLine } from '../view/status-line.ts';

/** What the controls of the page have at present. */
type Chosen = Pick<Controls, 'choice' | 'speed' | 'mask' | 'firstTask'>;

/** The address of the page: what it asked for when it was opened, and the address that opens what the page shows. */
export class AddressBar {
  readonly opened: PageAddress;
  /** Kind of the robot that the page has opened. */
  kind: RobotKind = 'one arm';
  /** What can make plans, and the tasks that take a planner. */
  planning: Pick<EpisodeNames, 'planners' | 'plannerTasks'> = { planners: [], plannerTasks: [] };
  readonly #status: StatusLine;

  constructor(opened: PageAddress, status: StatusLine) {
    this.opened = opened;
    this.#status = status;
  }

  /** What can drive the robot, the default first. */
  get drivers(): readonly Driver[] {
    return driversOf(this.opened, this.kind);
  }

  /** True when the address names a policy. */
  get namesPolicy(): boolean {
    return namesPolicy(this.opened);
  }

  /** Displays what was wrong with the form of the address. */
  reportProblems(): void {
    this.#report(this.opened.problems);
  }

  /** The driver that the address names, or the default. A name that is not known is displayed, as are those of task and modalities. */
  chooseDriver(): Driver {
    return this.#known('driver of this robot', this.opened.driver, this.drivers) ?? this.drivers[0];
  }

  /** The task that the address names, or the first one. */
  chooseTask(tasks: readonly string[]): string {
    return this.#known('task', this.opened.task, tasks) ?? tasks[0];
  }

  /** The planner that the address names, or the default of the task. */
  choosePlanner(task: string): string {
    const known = [NO_PLANNER, ...this.planning.planners];
    return this.#known('planner', this.opened.planner, known) ?? this.defaultPlanner(task);
  }

  /** The first planner for a task that takes one; none for any other. */
  defaultPlanner(task: string): string {
    const { planners, plannerTasks } = this.planning;
    return plannerTasks.includes(task) ? planners[0] : NO_PLANNER;
  }

  /** The masked modalities that the address names. */
  chooseMask(modalities: readonly string[]): readonly string[] {
    for (const each of this.opened.mask) this.#known('modality', each, modalities);
    return this.opened.mask;
  }

  /** Opens the page with another robot. A policy learned one robot, so it is not kept, nor is the first task: that robot has its own. */
  openRobot(robot: string | undefined, { speed, choice, firstTask }: Chosen): void {
    const task = choice.task === firstTask ? undefined : choice.task;
    location.search = queryOf({ seed: choice.seed, task, speed, mask: [] }, { robot });
  }

  /** Opens the page with another policy. */
  openPolicy(policy: string | undefined, { speed, choice }: Chosen): void {
    const { robot, acceptRobot } = this.opened;
    const same = { ...choice, speed, planner: this.#named(choice) };
    location.search = queryOf({ ...same, driver: undefined, mask: [] }, { robot, acceptRobot, policy });
  }

  /** Lets the address open an episode again. */
  keep(episode: Choice, { speed, mask }: Chosen): void {
    const choice: PageChoice = { ...episode, speed, mask, planner: this.#named(episode) };
    history.replaceState(null, '', queryOf(choice, this.opened, this.kind));
  }

  /** The planner of a choice, as the address names it: undefined for the default. */
  #named({ task, planner }: Choice): string | undefined {
    return planner === this.defaultPlanner(task) ? undefined : planner;
  }

  /** A name if it is known; undefined, with a line about it, if it is not. */
  #known<T extends string>(kind: string, name: T | undefined, known: readonly T[]): T | undefined {
    if (name === undefined || known.includes(name)) return name;
    this.#report([unknownName(kind, name, known)]);
    return undefined;
  }

  /** Displays problems after those that are displayed already, until the user loads another episode. */
  #report(problems: readonly string[]): void {
    if (problems.length > 0) this.#status.error = [this.#status.errorText, ...problems].filter(Boolean).join('; ');
  }
}
