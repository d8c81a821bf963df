import { InputError } from '@praxis/core';
import type { ForbiddenRegion, KnownPlace, Skill } from '@praxis/planner';
import type { Fault, ModalityDefinition, Task } from '@praxis/sim';
import type { PlannerFactory, PolicyEntry, PraxisConfig } from './config.ts';
import shipped from './shipped.ts';

/** A configuration and the file that it comes from. */
export interface ConfigSource {
  readonly config: PraxisConfig;
  /** Name of the file, for messages. */
  readonly source: string;
  /** Folder that relative paths of the configuration start from; undefined for a configuration without paths. */
  readonly folder?: string;
}

/** A registered policy and the folder that its path is relative to. */
export interface RegisteredPolicy {
  readonly entry: PolicyEntry;
  readonly folder: string | undefined;
}

/** A registered robot: a folder with a `robot.yaml`, and the folder that its path is relative to. */
export interface RegisteredRobot {
  readonly path: string;
  readonly folder: string | undefined;
}

/** Entries of one kind by name. */
export class Named<T> {
  readonly #kind: string;
  readonly #spelling: (name: string) => string;
  readonly #entries = new Map<string, { readonly value: T; readonly source: string }>();
  readonly #aliases = new Map<string, string>();

  /**
   * @param kind word for an entry in messages, such as `task`
   * @param spelling turns a name that somebody asks for into the spelling of the entries. Default: as it is
   */
  constructor(kind: string, spelling: (name: string) => string = (name) => name) {
    this.#kind = kind;
    this.#spelling = spelling;
  }

  /** Names in the order of their registration. */
  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** Entries in the order of their registration. */
  get values(): readonly T[] {
    return [...this.#entries.values()].map(({ value }) => value);
  }

  /** @throws {InputError} when the name is taken */
  add(name: string, value: T, source: string, aliases: readonly string[] = []): void {
    const taken = this.#entries.get(name);
    if (taken) throw new InputError(`${source}: ${this.#kind} "${name}" is already defined by ${taken.source}`);
    this.#entries.set(name, { value, source });
    for (const alias of aliases) this.#aliases.set(alias, name);
  }

  /** Returns the entry of a name or of one of its aliases; undefined for an unknown one. */
  get(name: string): T | undefined {
    const spelled = this.#spelling(name);
    return this.#entries.get(this.#aliases.get(spelled) ?? spelled)?.value;
  }

  /** @throws {InputError} with the known names for an unknown one */
  find(name: string): T {
    const found = this.get(name);
    if (found === undefined) {
      throw new InputError(`unknown ${this.#kind} "${name}": expected one of ${this.names.join(', ')}`);
    }
    return found;
  }
}

/** Every task, fault, modality, policy, robot, skill, planner and place that a program can name: those that come with Praxis and those of its configuration. */
export class Registry {
  readonly tasks = new Named<Task>('task');
  readonly modalities = new Named<ModalityDefinition>('modality');
  readonly policies = new Named<RegisteredPolicy>('policy');
  readonly robots = new Named<RegisteredRobot>('robot');
  readonly skills = new Named<Skill>('skill');
  readonly planners = new Named<PlannerFactory>('planner');
  readonly places = new Named<KnownPlace>('place');
  readonly forbidden = new Named<ForbiddenRegion>('forbidden region');
  /** Hyphens count as underscores, and aliases are names too. */
  readonly faults = new Named<Fault>('fault', (name) => name.replaceAll('-', '_'));

  /** @throws {InputError} when two entries of one kind have the same name */
  constructor(sources: readonly ConfigSource[] = []) {
    for (const each of [{ config: shipped, source: 'Praxis' }, ...sources]) this.#add(each);
  }

  /** The tasks that a policy does with one instruction. The others take a planner. */
  get policyTasks(): readonly Task[] {
    return this.tasks.values.filter(({ drivenBy = 'policy' }) => drivenBy === 'policy');
  }

  /** Names of {@link policyTasks}: what `all` stands for. */
  get policyTaskNames(): readonly string[] {
    return this.policyTasks.map(({ name }) => name);
  }

  /** Names of the tasks that take a planner. */
  get plannerTaskNames(): readonly string[] {
    return this.tasks.values.filter(({ drivenBy }) => drivenBy === 'planner').map(({ name }) => name);
  }

  #add({ config, source, folder }: ConfigSource): void {
    for (const task of config.tasks ?? []) this.tasks.add(task.name, task, source);
    for (const fault of config.faults ?? []) this.faults.add(fault.name, fault, source, fault.aliases);
    for (const modality of config.modalities ?? []) this.modalities.add(modality.spec.name, modality, source);
    for (const [name, entry] of Object.entries(config.policies ?? {}))
      this.policies.add(name, { entry, folder }, source);
    for (const [name, path] of Object.entries(config.robots ?? {})) this.robots.add(name, { path, folder }, source);
    for (const skill of config.skills ?? []) this.skills.add(skill.name, skill, source);
    for (const [name, make] of Object.entries(config.planners ?? {})) this.planners.add(name, make, source);
    for (const place of config.places ?? []) this.places.add(place.name, place, source);
    for (const region of config.forbidden ?? []) this.forbidden.add(region.name, region, source);
  }
}
