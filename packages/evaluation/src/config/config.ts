import { InputError, isPolicy, type PolicyFactory } from '@praxis/core';
import type { ForbiddenRegion, KnownPlace, Planner, Skill } from '@praxis/planner';
import type { Fault, ModalityDefinition, Task } from '@praxis/sim';

/**
 * Where a registered policy comes from: a folder with a `manifest.json`, a module whose default export is a {@link PolicyFactory}
 * (paths are relative to the configuration file), or the factory itself.
 */
export type PolicyEntry = string | PolicyFactory;

/** Makes a planner, which writes plans over skills. */
export type PlannerFactory = () => Planner | Promise<Planner>;

/** Tasks, faults, modalities, policies, robots, skills and planners that come from outside. What comes with Praxis is registered by a value of the same type. */
export interface PraxisConfig {
  /** Tasks, by their names: `--task NAME`. */
  readonly tasks?: readonly Task[];
  /** Faults, by their names: `--fault NAME`. */
  readonly faults?: readonly Fault[];
  /** Sensors that the simulator adds to the arm. */
  readonly modalities?: readonly ModalityDefinition[];
  /** Policies by name: `--policy NAME`. */
  readonly policies?: Readonly<Record<string, PolicyEntry>>;
  /** Robots by name: folders with a `robot.yaml`, relative to the configuration file. */
  readonly robots?: Readonly<Record<string, string>>;
  /** Skills that plans may use, by their names. */
  readonly skills?: readonly Skill[];
  /** Planners by name: `--planner NAME`. */
  readonly planners?: Readonly<Record<string, PlannerFactory>>;
  /** Places that plans can name, beside those of the task's scene (m, base frame of the arm). */
  readonly places?: readonly KnownPlace[];
  /** Boxes that the tool must not enter in a plan (m, base frame of the arm). */
  readonly forbidden?: readonly ForbiddenRegion[];
}

/**
 * Declares a configuration: the default export of `praxis.config.ts`. It returns its argument, so that the editor knows the type.
 * @example
 * // praxis.config.ts
 * import { defineConfig } from '@praxis/evaluation/config';
 * import { drag } from './drag.ts';
 *
 * export default defineConfig({ tasks: [drag], policies: { own: './model' } });
 */
export const defineConfig = (config: PraxisConfig): PraxisConfig => config;

const isFunction = (value: unknown): boolean => typeof value === 'function';
/** True for three finite numbers, or two. */
const isPoint = (value: unknown, length: 2 | 3): boolean =>
  Array.isArray(value) && value.length === length && value.every((each) => Number.isFinite(each));
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

type Holds = (value: Record<string, unknown>) => boolean;
type Check = readonly [label: string, expected: string, holds: Holds];

/** Checks a part of a modality's spec. */
const ofSpec =
  (holds: Holds): Holds =>
  ({ spec }) =>
    holds((spec ?? {}) as Record<string, unknown>);

/** Checks a part of a modality's topic, which may be absent as a whole. */
const ofTopic =
  (holds: Holds): Holds =>
  ({ topic }) =>
    topic === undefined || holds((topic ?? {}) as Record<string, unknown>);

/** The parts that each kind of entry must have; a missing one is named before anything runs. */
const ENTRY_CHECKS: Readonly<
  Record<'tasks' | 'faults' | 'modalities' | 'skills' | 'places' | 'forbidden', readonly Check[]>
> = {
  tasks: [
    ['name', 'a text', ({ name }) => isText(name)],
    ['draw', 'a function', ({ draw }) => isFunction(draw)],
    ['goals', 'a function', ({ goals }) => isFunction(goals)],
  ],
  faults: [
    ['name', 'lower case with underscores', ({ name }) => isText(name) && /^[a-z][a-z0-9_]*$/.test(String(name))],
    ['summary', 'a text', ({ summary }) => isText(summary)],
    ['when', '"any" or "moving"', ({ when }) => when === 'any' || when === 'moving'],
    ['inject', 'a function', ({ inject }) => isFunction(inject)],
  ],
  modalities: [
    ['spec.name', 'a text', ofSpec(({ name }) => isText(name))],
    ['spec.modality', 'a text', ofSpec(({ modality }) => isText(modality))],
    ['spec.rateHz', 'a number above 0', ofSpec(({ rateHz }) => Number(rateHz) > 0)],
    ['simulate', 'a function', ({ simulate }) => isFunction(simulate)],
    ['topic.type', 'a message type such as sensor_msgs/msg/Imu', ofTopic(({ type }) => isText(type))],
    ['topic.name', 'a text or nothing', ofTopic(({ name }) => name === undefined || isText(name))],
    ['topic.read', 'a function', ofTopic(({ read }) => isFunction(read))],
    ['topic.write', 'a function', ofTopic(({ write }) => isFunction(write))],
  ],
  skills: [
    ['name', 'lower case with underscores', ({ name }) => isText(name) && /^[a-z][a-z0-9_]*$/.test(String(name))],
    ['description', 'a text', ({ description }) => isText(description)],
    [
      'arguments',
      'a zod schema',
      ({ arguments: schema }) => isFunction((schema as { safeParse?: unknown })?.safeParse),
    ],
    ['uses', 'a list of capabilities', ({ uses }) => Array.isArray(uses)],
    ['timeout', 'a number above 0', ({ timeout }) => Number(timeout) > 0],
    ['unmet', 'a function', ({ unmet }) => isFunction(unmet)],
    ['expected', 'a function', ({ expected }) => isFunction(expected)],
    ['run', 'a function', ({ run }) => isFunction(run)],
  ],
  places: [
    ['name', 'a text', ({ name }) => isText(name)],
    ['position', 'three numbers (m)', ({ position }) => isPoint(position, 3)],
    ['halfSize', 'two numbers (m)', ({ halfSize }) => isPoint(halfSize, 2)],
  ],
  forbidden: [
    ['name', 'a text', ({ name }) => isText(name)],
    ['minimum', 'three numbers (m)', ({ minimum }) => isPoint(minimum, 3)],
    ['maximum', 'three numbers (m)', ({ maximum }) => isPoint(maximum, 3)],
  ],
};

const KEYS: readonly string[] = [...Object.keys(ENTRY_CHECKS), 'policies', 'robots', 'planners'];

/**
 * Checks the default export of a configuration.
 * @param source name of the file, for messages
 * @throws {InputError} that names the file, the entry, and what was expected
 */
export function checkConfig(value: unknown, source: string): PraxisConfig {
  if (typeof value !== 'object' || value === null) {
    throw new InputError(
      `${source}: no default export, expected one by defineConfig({ tasks, faults, modalities, policies })`,
    );
  }
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw new InputError(`${source}: unknown key "${unknown}", expected ${KEYS.join(', ')}`);
  const config = value as Record<string, unknown>;
  for (const [key, checks] of Object.entries(ENTRY_CHECKS)) checkEntries(config[key], key, checks, source);
  checkPolicies(config.policies, source);
  checkRobots(config.robots, source);
  checkPlanners(config.planners, source);
  return value as PraxisConfig;
}

function checkEntries(entries: unknown, key: string, checks: readonly Check[], source: string): void {
  if (entries === undefined) return;
  if (!Array.isArray(entries)) throw new InputError(`${source}: ${key} is ${typeof entries}, expected a list`);
  entries.forEach((entry: unknown, i) => {
    const location = `${source}: ${key}[${i}]`;
    if (typeof entry !== 'object' || entry === null)
      throw new InputError(`${location}: ${String(entry)}, expected an object`);
    for (const [label, expected, holds] of checks) {
      if (!holds(entry as Record<string, unknown>))
        throw new InputError(`${location}: ${label} is missing or wrong, expected ${expected}`);
    }
  });
}

function checkPolicies(policies: unknown, source: string): void {
  if (policies === undefined) return;
  if (typeof policies !== 'object' || policies === null || Array.isArray(policies)) {
    throw new InputError(`${source}: policies is no object, expected names with a folder, a module or a function each`);
  }
  for (const [name, entry] of Object.entries(policies)) {
    if (isText(entry) || isFunction(entry) || isPolicy(entry)) continue;
    throw new InputError(
      `${source}: policy "${name}" is ${typeof entry}, expected a folder, a module, a policy or a function`,
    );
  }
}

function checkRobots(robots: unknown, source: string): void {
  if (robots === undefined) return;
  if (typeof robots !== 'object' || robots === null || Array.isArray(robots)) {
    throw new InputError(`${source}: robots is no object, expected names with a folder each`);
  }
  for (const [name, folder] of Object.entries(robots)) {
    if (!isText(folder)) throw new InputError(`${source}: robot "${name}" is ${typeof folder}, expected a folder`);
  }
}

function checkPlanners(planners: unknown, source: string): void {
  if (planners === undefined) return;
  if (typeof planners !== 'object' || planners === null || Array.isArray(planners)) {
    throw new InputError(`${source}: planners is no object, expected names with a function each`);
  }
  for (const [name, factory] of Object.entries(planners)) {
    if (!isFunction(factory))
      throw new InputError(
        `${source}: planner "${name}" is ${typeof factory}, expected a function that makes a planner`,
      );
  }
}
