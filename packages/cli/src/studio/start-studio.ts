import { findConfig } from '@praxis/evaluation';
import { configFolders } from './config-bundle.ts';
import { pageFolder, studioFolders } from './folders.ts';
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
  options.buildPage?.();
  return serve({ ...studioFolders(pageFolder()), ...own }, { port: options.port, tries: PORT_TRIES, voice });
}
