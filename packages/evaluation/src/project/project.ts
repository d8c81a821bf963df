import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { InputError, moduleBeside } from '@praxis/core';
import { ROBOT_FILE } from '@praxis/model';
import { DEFAULT_POLICY_FOLDER } from '@praxis/models';
import { importDefault } from '@praxis/policy/node';
import { checkConfig } from '../config/config.ts';
import { type ConfigSource, Registry } from '../config/registry.ts';

/** Names of the configuration file, in the order of precedence. */
export const CONFIG_FILES: readonly string[] = ['ts', 'mts', 'js', 'mjs'].map((each) => `praxis.config.${each}`);

/** Folder of the robots that come with Praxis, in a checkout; a published package has none. */
const ROBOTS_FOLDER = fileURLToPath(new URL('../../../../robots', import.meta.url));

/** The folder of each robot that comes with Praxis, by the folder's name. */
function shippedRobots(): Record<string, string> {
  if (!import.meta.url.endsWith('.ts') || !existsSync(ROBOTS_FOLDER)) return {};
  const names = readdirSync(ROBOTS_FOLDER).filter((name) => existsSync(join(ROBOTS_FOLDER, name, ROBOT_FILE)));
  return Object.fromEntries(names.sort().map((name) => [name, join(ROBOTS_FOLDER, name)]));
}

const SHIPPED: ConfigSource = {
  config: { policies: { default: DEFAULT_POLICY_FOLDER }, robots: shippedRobots() },
  source: 'Praxis',
};

/** What the commands can name in one working directory. */
export interface Project {
  readonly registry: Registry;
  /** Absolute path of the configuration file; undefined without one. */
  readonly config: string | undefined;
}

/** Returns the configuration file of a directory; undefined without one. */
export const findConfig = (directory: string): string | undefined =>
  CONFIG_FILES.map((name) => join(directory, name)).find((path) => existsSync(path));

/**
 * Reads a configuration file and registers what it defines beside what comes with Praxis.
 * @param file path of the file. Default: no configuration
 * @throws {InputError} that names the file when it is missing, does not compile, or defines something that is not valid
 */
export async function loadProject(file?: string): Promise<Project> {
  if (file === undefined) return { registry: new Registry([SHIPPED]), config: undefined };
  const config = resolve(file);
  if (!existsSync(config))
    throw new InputError(`--config ${file}: not found, expected a file such as ${CONFIG_FILES[0]}`);
  const source = basename(config);
  const checked = checkConfig(await importDefault(config), source);
  return { registry: new Registry([SHIPPED, { config: checked, source, folder: dirname(config) }]), config };
}

/** Reads the configuration file that an option names, or the one in the working directory. @throws {InputError} as {@link loadProject} */
export const openProject = (file: string | undefined, directory: string): Promise<Project> =>
  loadProject(file ?? findConfig(directory));

/** URLs of the modules that list a project's tasks and modalities, for threads that must import them themselves. */
export const moduleUrls = ({ config }: Pick<Project, 'config'>): readonly string[] => [
  moduleBeside('../config/shipped', import.meta.url).href,
  ...(config === undefined ? [] : [pathToFileURL(config).href]),
];
