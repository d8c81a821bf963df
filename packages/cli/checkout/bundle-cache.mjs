// The bundle of the command line on disk: a folder of JavaScript, and `bundle.json`, which names the folder and the state of every
// file that went into it. A folder is complete before `bundle.json` names it, and it never changes afterwards.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { cacheFolder } from './folders.mjs';

/** Name of the bundled `packages/cli/src/main.ts`. */
export const MAIN_FILE = 'main.js';

/** Increases when the format of `bundle.json` or the way of bundling changes. */
const FORMAT = 1;
const MANIFEST = join(cacheFolder, 'bundle.json');
/** A command that runs from a replaced bundle may still import parts of it; all do so within this time after their start (ms). */
const REPLACED_BUNDLE_LIFE_MS = 3_600_000;

/**
 * State of a file: its times of modification and of change, and its size; an absent file has none. The time of change shows an edit
 * that keeps size and time of modification.
 */
export function stateOf(path) {
  const info = statSync(path, { throwIfNoEntry: false });
  return info ? [info.mtimeMs, info.ctimeMs, info.size] : [];
}

const isUnchanged = ([path, ...state]) => {
  const now = stateOf(path);
  return now.length === state.length && now.every((value, i) => value === state[i]);
};

function readManifest() {
  try {
    return JSON.parse(readFileSync(MANIFEST, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Returns the folder of the bundle; undefined without one, or if a file that went into it has changed since. */
export function findBundle() {
  const manifest = readManifest();
  if (manifest?.format !== FORMAT || !manifest.inputs?.every(isUnchanged)) return undefined;
  return join(cacheFolder, manifest.folder);
}

/** Forgets the bundle, so that the next start makes a new one. */
export function discardBundle() {
  try {
    rmSync(MANIFEST, { force: true });
  } catch {
    // The folder is read-only: the sources run at each start.
  }
}

/**
 * Writes a bundle and replaces the one before. Processes that do this at the same time do not disturb each other: the last one counts.
 * @param make makes the contents of the files by name, and the inputs: path and state of every file that went into the bundle
 * @returns the folder of the bundle
 * @throws when `make` fails, the folder is read-only (before `make` is called) or the disk is full; nothing is half-written then
 */
export async function writeBundle(make) {
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, 'bundle-'));
  const replaced = readManifest()?.folder;
  try {
    const { files, inputs } = await make();
    for (const [name, contents] of files) writeFileSync(join(folder, name), contents);
    const manifest = join(folder, 'bundle.json');
    writeFileSync(manifest, JSON.stringify({ format: FORMAT, folder: basename(folder), inputs }));
    renameSync(manifest, MANIFEST);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  try {
    if (replaced !== undefined) utimesSync(join(cacheFolder, replaced), new Date(), new Date());
    removeOld(folder);
  } catch {
    // Another process removes the same folders.
  }
  return folder;
}

/** Removes the bundles that were replaced long ago: `writeBundle` stamps a folder when it replaces it. */
function removeOld(current) {
  for (const name of readdirSync(cacheFolder)) {
    const folder = join(cacheFolder, name);
    if (!name.startsWith('bundle-') || folder === current) continue;
    if (Date.now() - statSync(folder).mtimeMs > REPLACED_BUNDLE_LIFE_MS)
      rmSync(folder, { recursive: true, force: true });
  }
}
