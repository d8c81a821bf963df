import { basename, resolve } from 'node:path';
import { findConfig, loadProject, robotFolder } from '@praxis/evaluation';
import { setupOf } from '@praxis/sim';
import { openRobotSource } from '@praxis/sim/node';
import { configFolders } from './config-bundle.ts';
import { pageFolder, studioFolders } from './folders.ts';
import { PageGate } from './page-gate.ts';
import { registeredRobots, robotFiles, type StudioRobots } from './robot-files.ts';
import { type RunningServer, serve } from './serve.ts';
import { type StudioSite, type StudioSiteOptions, studioSite } from './studio-site.ts';
import { openVoiceServer } from './voice-server.ts';

/** Number of ports that are tried, from the first one. */
const PORT_TRIES = 50;

/** What the studio's page shows and hears. */
export interface StudioContent {
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

/** Options of {@link startStudio}. */
export interface StudioOptions extends StudioContent {
  /** First port to try; 0 takes any free one. */
  readonly port: number;
}

/**
 * Serves the studio on the loopback interface.
 * @throws {InputError} when the page is not built, and for a configuration, a model or a wake word that is not valid
 */
export async function startStudio({ port, ...content }: StudioOptions): Promise<RunningServer> {
  const { folders, query, ...options } = await studioParts(content);
  const server = await serve(folders, { port, tries: PORT_TRIES, ...options });
  return { ...server, url: `${server.url}${query}` };
}

/** The studio on the port of another server. */
export interface SharedStudio {
  readonly site: StudioSite;
  /** Query of the page's address, such as `?robot=NAME`; empty for the Praxis arm. */
  readonly query: string;
}

/**
 * Makes the studio for the port of another server.
 * @param token what requests must have; undefined: the server is on the loopback interface, and the page is served under its names alone
 * @throws {InputError} as {@link startStudio}
 */
export async function shareStudio(content: StudioContent, token: string | undefined): Promise<SharedStudio> {
  const { folders, query, ...options } = await studioParts(content);
  const gate = token === undefined ? undefined : new PageGate(token);
  return { site: studioSite(folders, { ...options, gate }), query };
}

/** Folders, made files and microphones of the studio, and the query of its address. */
async function studioParts(options: StudioContent): Promise<
  Pick<StudioSiteOptions, 'made' | 'voice'> & {
    readonly folders: Readonly<Record<string, string>>;
    readonly query: string;
  }
> {
  const voice = openVoiceServer({ model: options.voiceModel, wakeWord: options.wakeWord });
  const config = options.config ?? findConfig(process.cwd());
  const own = config === undefined ? {} : await configFolders(config);
  const { robots, chosen } = await studioRobots(options.robot, config);
  options.buildPage?.();
  return {
    folders: { ...studioFolders(pageFolder()), ...own },
    query: chosen === undefined ? '' : `?robot=${encodeURIComponent(chosen)}`,
    made: robotFiles(robots),
    voice,
  };
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
