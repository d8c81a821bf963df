import { basename, resolve } from 'node:path';
import { findConfig, loadProject, robotFolder } from '@praxis/evaluation';
import { setupOf } from '@praxis/sim';
import { openRobotSource } from '@praxis/sim/node';
import { configFolders } from './config-bundle.ts';
import { pageFolder, studioFolders } from './folders.ts';
import { registeredRobots, robotFiles, type StudioRobots } from './robot-files.ts';
import { type RunningServer, serve } from './serve.ts';
import { openVoiceServer } from './voice-server.ts';

/** Number of ports that are tried, from the first one. */
const PORT_TRIES = 50;

/** Options of {@link startStudio}. */
export interface StudioOptions {
  /** First port to try; 0 takes any free one. */
  readonly port: number;
  /** Configuration file. Default: `praxis.config.ts` in the working directory, if it exists. */
  readonly config?: string;
  /** Robot that the page shows: a folder, or the name of a robot. Default: the Praxis arm. */
  readonly robot?: string;
  /** Folder of a speech model for sherpa-onnx. Default: PocketSphinx. */
  readonly voiceModel?: string;
  /** Word with which commands by voice begin. Default: none. */
  readonly wakeWord?: string;
  /** Builds the page once the other options are checked. Default: it is built already. */
  readonly buildPage?: () => void;
}

/**
 * Serves the studio on the loopback interface.
 * @throws {InputError} when the page is not built, and for a configuration, a model or a wake word that is not valid
 */
export async function startStudio(options: StudioOptions): Promise<RunningServer> {
  const voice = openVoiceServer({ model: options.voiceModel, wakeWord: options.wakeWord });
  const config = options.config ?? findConfig(process.cwd());
  const own = config === undefined ? {} : await configFolders(config);
  const { robots, chosen } = await studioRobots(options.robot, config);
  options.buildPage?.();
  const { port } = options;
  const made = robotFiles(robots);
  const server = await serve({ ...studioFolders(pageFolder()), ...own }, { port, tries: PORT_TRIES, made, voice });
  return chosen === undefined ? server : { ...server, url: `${server.url}?robot=${encodeURIComponent(chosen)}` };
}

/**
 * The robots that the page can show, and the one that it shows at first. A folder that no configuration registers has its own name.
 * @throws {InputError} for a robot that is neither a folder nor a name, and for one that is not valid
 */
async function studioRobots(
  named: string | undefined,
  config: string | undefined,
): Promise<{ readonly robots: StudioRobots; readonly chosen: string | undefined }> {
  const project = await loadProject(config);
  const registered = registeredRobots(project.registry);
  if (named === undefined) return { robots: registered, chosen: undefined };
  if (registered.has(named)) return { robots: registered, chosen: named };
  const folder = resolve(robotFolder(named, project) ?? named);
  // An error is told before the page opens.
  setupOf({ robot: await openRobotSource(folder) });
  const chosen = basename(folder);
  return { robots: new Map([...registered, [chosen, folder]]), chosen };
}
