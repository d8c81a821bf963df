import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadProject } from '@praxis/evaluation';
import { tinyPolicy } from '@praxis/policy/testing';
import type { VoiceServer } from '@praxis/speech/node';
import type { StudioApi } from '@praxis/studio';
import { type Browser, chromium, type Page, type ViewportSize } from 'playwright-core';
import { configFolders } from '../packages/cli/src/studio/config-bundle.ts';
import { studioFolders } from '../packages/cli/src/studio/folders.ts';
import { registeredRobots, robotFiles } from '../packages/cli/src/studio/robot-files.ts';
import { serve } from '../packages/cli/src/studio/serve.ts';
// @ts-expect-error plain JavaScript, so that it runs before the dependencies are installed
import { buildStudio, studioDist } from '../scripts/build.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

declare global {
  interface Window {
    praxis?: StudioApi;
  }
}

const shipped = join(root, 'models', 'default');
export const hasShippedPolicy = existsSync(join(shipped, 'manifest.json'));

/** Longest wait (ms) for another test file that builds the page; below the time-out of a hook, so that the reason is seen. */
const LOCK_TIMEOUT_MS = 110_000;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Lets one test file at a time build the page and unpack the browser; each test file runs in a process of its own. */
async function withLock<T>(work: () => T | Promise<T>): Promise<T> {
  const lock = join(root, 'node_modules', '.cache', 'praxis-browser-test.pid');
  mkdirSync(dirname(lock), { recursive: true });
  for (const start = Date.now(); ; ) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
      // A killed process leaves its lock behind.
      if (owner > 0 && !isAlive(owner)) rmSync(lock, { force: true });
      if (Date.now() - start > LOCK_TIMEOUT_MS) throw new Error(`${lock} is taken: remove it`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/**
 * Retries a test in a new browser. On a busy machine the browser occasionally stops sending frames to a page without a GPU,
 * and the page waits for them forever.
 */
export const RETRY_ONCE = { retry: 1 };

/**
 * Unpacks the packaged Chromium once and returns its path. The package would unpack it into the system's temporary folder, and run a
 * program of that name that another user has put there.
 */
async function unpackedBrowser(): Promise<string> {
  const folder = join(root, 'node_modules', '.cache', 'praxis', 'chromium');
  mkdirSync(folder, { recursive: true });
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    return await packaged.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}

/**
 * Writes the configuration of fonts for the packaged Chromium, and returns its path. That of the package names folders of a
 * server that does not exist elsewhere, and a browser without any font ends at the first page.
 */
function fontConfiguration(folder: string): string {
  const file = join(folder, 'praxis-fonts.conf');
  const folders = [join(folder, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'];
  const dirs = folders.map((each) => `<dir>${each}</dir>`).join('');
  const content = `<?xml version="1.0"?><fontconfig>${dirs}<cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>\n`;
  writeFileSync(file, content);
  return file;
}

/** Starts the packaged Chromium. @param args further command line arguments */
export async function startBrowser(args: readonly string[]): Promise<Browser> {
  // The package reads this variable on import and then unpacks libraries that a minimal system lacks.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x';
  const executablePath = await unpackedBrowser();
  return chromium.launch({
    executablePath,
    env: { ...process.env, FONTCONFIG_FILE: fontConfiguration(dirname(executablePath)) },
    // The package's own arguments use a single process, which exits when the first page is closed.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--enable-unsafe-swiftshader', ...args],
    headless: true,
  });
}

/** Builds the page if its sources are newer, and starts the packaged Chromium. @param args further command line arguments */
export const startTestBrowser = (args: readonly string[] = []): Promise<Browser> =>
  withLock(() => {
    buildStudio();
    return startBrowser(args);
  });

/** A served studio and a browser. */
export interface StudioServer {
  /** Address of the page, with a trailing slash. */
  readonly url: string;
  readonly browser: Browser;
  /** Folder and path of the shipped policy, or of a small untrained policy when none is shipped. */
  readonly model: { readonly directory: string; readonly path: string };
  close(): Promise<void>;
}

export interface StudioServerOptions {
  /** Recognises the pages' audio; the default is no recogniser. */
  readonly voice?: VoiceServer;
  /** Configuration of tasks, sensors and policies; the default is none. */
  readonly config?: string;
  /** Folders of further robots by their names; the default is none. */
  readonly robots?: Readonly<Record<string, string>>;
  /** Command line arguments of the browser. */
  readonly args?: readonly string[];
}

export async function openStudio({
  voice,
  config,
  robots = {},
  args = [],
}: StudioServerOptions = {}): Promise<StudioServer> {
  const folder = mkdtempSync(join(tmpdir(), 'praxis-studio-'));
  const directory = join(folder, 'model');
  if (hasShippedPolicy) cpSync(shipped, directory, { recursive: true });
  else {
    mkdirSync(directory);
    for (const [file, bytes] of await tinyPolicy()) writeFileSync(join(directory, file), bytes);
  }
  const browser = await startTestBrowser(args);
  const own = config === undefined ? {} : await configFolders(config);
  const { registry } = await loadProject(config);
  const folders = { ...studioFolders(studioDist), '/models/tested': directory, ...own };
  const all = new Map([...registeredRobots(registry), ...Object.entries(robots)]);
  const server = await serve(folders, { voice, made: robotFiles(all) });
  return {
    url: server.url,
    browser,
    model: { directory, path: '/models/tested' },
    async close() {
      await browser.close();
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A page's console lines, uncaught errors and requests. */
export interface PageLog {
  readonly lines: string[];
  readonly requests: string[];
}

/** Pixels of the screen for one of the page: half of the page's processor time draws pixels, since the machine has no GPU. */
const DEVICE_SCALE = 0.5;

/** Chromium's message about a canvas that it draws without a GPU. */
const SOFTWARE_WEBGL = /GL Driver Message .*GPU stall due to ReadPixels/;

export const openPage = (
  { browser, url }: StudioServer,
  query: string,
  viewport?: ViewportSize,
): Promise<{ page: Page; log: PageLog }> => openTab(browser, url + query, viewport);

/** Opens an address in a new tab. */
export async function openTab(
  browser: Browser,
  address: string,
  viewport: ViewportSize = { width: 960, height: 640 },
): Promise<{ page: Page; log: PageLog }> {
  const page = await browser.newPage({ viewport, deviceScaleFactor: DEVICE_SCALE });
  const log: PageLog = { lines: [], requests: [] };
  page.on('console', (message) => {
    const line = `${message.type()}: ${message.text()}`;
    if (!SOFTWARE_WEBGL.test(line)) log.lines.push(line);
  });
  page.on('pageerror', (error) => log.lines.push(`uncaught: ${error.message}`));
  page.on('request', (request) => log.requests.push(request.url()));
  page.setDefaultTimeout(60_000);
  await page.goto(address);
  return { page, log };
}
