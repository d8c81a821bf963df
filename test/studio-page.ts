import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tinyPolicy } from '@praxis/policy/testing';
import type { VoiceServer } from '@praxis/speech/node';
import type { StudioApi } from '@praxis/studio';
import { type Browser, chromium, type Page } from 'playwright-core';
import { configFolders } from '../packages/cli/src/studio/config-bundle.ts';
import { studioFolders } from '../packages/cli/src/studio/folders.ts';
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

/** Longest wait (ms) for another test file that builds the page. */
const LOCK_TIMEOUT_MS = 120_000;

/** Lets one test file at a time build the page and unpack the browser; each test file runs in a process of its own. */
async function withLock<T>(work: () => T | Promise<T>): Promise<T> {
  const lock = join(root, 'node_modules', '.cache', 'praxis-browser-test');
  mkdirSync(dirname(lock), { recursive: true });
  for (const start = Date.now(); ; ) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      // A killed process leaves its lock behind.
      if (Date.now() - start > LOCK_TIMEOUT_MS) throw new Error(`${lock} is taken: remove it`, { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true });
  }
}

/**
 * Retries a test in a new browser. On a busy machine the browser occasionally stops sending frames to a page without a GPU,
 * and the page waits for them forever.
 */
export const RETRY_ONCE = { retry: 1 };

/** Starts the packaged Chromium. @param args further command line arguments */
export async function startBrowser(args: readonly string[]): Promise<Browser> {
  // The package reads this variable on import and then unpacks libraries that a minimal system lacks.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    // The package's own arguments use a single process, which exits when the first page is closed.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--enable-unsafe-swiftshader', ...args],
    headless: true,
  });
}

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
  /** Command line arguments of the browser. */
  readonly args?: readonly string[];
}

export async function openStudio({ voice, config, args = [] }: StudioServerOptions = {}): Promise<StudioServer> {
  const folder = mkdtempSync(join(tmpdir(), 'praxis-studio-'));
  const directory = join(folder, 'model');
  if (hasShippedPolicy) cpSync(shipped, directory, { recursive: true });
  else {
    mkdirSync(directory);
    for (const [file, bytes] of await tinyPolicy()) writeFileSync(join(directory, file), bytes);
  }
  const browser = await withLock(() => {
    buildStudio();
    return startBrowser(args);
  });
  const own = config === undefined ? {} : await configFolders(config);
  const server = await serve({ ...studioFolders(studioDist), '/models/tested': directory, ...own }, { voice });
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

/** Chromium's message about a canvas that it draws without a GPU. */
const SOFTWARE_WEBGL = /GL Driver Message .*GPU stall due to ReadPixels/;

export async function openPage(
  { browser, url }: StudioServer,
  query: string,
  viewport = { width: 960, height: 640 },
): Promise<{ page: Page; log: PageLog }> {
  const page = await browser.newPage({ viewport });
  const log: PageLog = { lines: [], requests: [] };
  page.on('console', (message) => {
    const line = `${message.type()}: ${message.text()}`;
    if (!SOFTWARE_WEBGL.test(line)) log.lines.push(line);
  });
  page.on('pageerror', (error) => log.lines.push(`uncaught: ${error.message}`));
  page.on('request', (request) => log.requests.push(request.url()));
  page.setDefaultTimeout(60_000);
  await page.goto(url + query);
  return { page, log };
}
