import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tinyPolicy } from '@praxis/policy/testing';
import type { VoiceServer } from '@praxis/speech/node';
import type { StudioApi } from '@praxis/studio';
import { type Browser, chromium, type Page } from 'playwright-core';
// @ts-expect-error plain JavaScript, so that it runs before anything is installed
import { buildStudio, studioDist } from '../scripts/build.mjs';
// @ts-expect-error as above
import { serve, studioFolders } from '../scripts/serve.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

declare global {
  interface Window {
    praxis?: StudioApi;
  }
}

const shipped = join(root, 'models', 'default');
export const hasShippedPolicy = existsSync(join(shipped, 'manifest.json'));

const LOCK_TIMEOUT_MS = 120_000;

/** Test files run in processes of their own: one builds the page and unpacks the browser, the others wait. */
async function withLock<T>(work: () => T | Promise<T>): Promise<T> {
  const lock = join(root, 'node_modules', '.cache', 'praxis-browser-test');
  mkdirSync(dirname(lock), { recursive: true });
  for (const start = Date.now(); ; ) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      // Left behind by a process that was killed.
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
 * Seldom, on a busy machine, a page drawn without a GPU is given no frame any more, and whatever waits for
 * one waits forever. For tests that have a browser each: another try starts another browser.
 */
export const RETRY_ONCE = { retry: 1 };

async function startBrowser(args: readonly string[]): Promise<Browser> {
  // Makes the package unpack the libraries that a bare system lacks; it looks when it is imported.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return chromium.launch({
    executablePath: await packaged.executablePath(),
    // Not the package's own arguments: they put everything into one process, which dies with the first page closed.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--enable-unsafe-swiftshader', ...args],
    headless: true,
  });
}

/** A served studio and a browser to look at it. */
export interface StudioServer {
  /** Ends with a slash. */
  readonly url: string;
  readonly browser: Browser;
  /** Folder and address of the shipped policy, or of a small one without skill where none is shipped. */
  readonly model: { readonly directory: string; readonly path: string };
  close(): Promise<void>;
}

export interface StudioServerOptions {
  /** Who listens to the pages' microphones; nobody unless given. */
  readonly voice?: VoiceServer;
  /** For the browser. */
  readonly args?: readonly string[];
}

export async function openStudio({ voice, args = [] }: StudioServerOptions = {}): Promise<StudioServer> {
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
  const server = await serve({ ...studioFolders(root, studioDist), '/models/tested': directory }, { voice });
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

/** What a page did that nobody sees: console lines, uncaught errors, requests. */
export interface PageLog {
  readonly lines: string[];
  readonly requests: string[];
}

/** Chromium's own remark on showing a canvas that was drawn without a GPU. */
const SOFTWARE_WEBGL = /GL Driver Message .*GPU stall due to ReadPixels/;

export async function openPage(
  { browser, url }: StudioServer,
  query: string,
  viewport = { width: 1280, height: 800 },
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
