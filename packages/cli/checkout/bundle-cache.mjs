// Bundles on disk, by name: a folder of JavaScript, and `NAME.json`, which names the folder and the state of every file that went
// into it. A folder is complete before `NAME.json` names it, and it never changes afterwards.
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

/** Name of the bundle of the command line. */
export const COMMAND_LINE = 'bundle';

/** Increases when the format of `NAME.json` or the way of bundling changes. */
const FORMAT = 1;
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

const manifestOf = (name) => join(cacheFolder, `${name}.json`);

function readManifest(name) {
  try {
    return JSON.parse(readFileSync(manifestOf(name), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Returns the folder of a bundle; undefined without one, or if a file that went into it has changed since. */
export function findBundle(name = COMMAND_LINE) {
  const manifest = readManifest(name);
  if (manifest?.format !== FORMAT || !manifest.inputs?.every(isUnchanged)) return undefined;
  return join(cacheFolder, manifest.folder);
}

/** Forgets the bundle of the command line, so that the next start makes a new one. */
export function discardBundle() {
  try {
    rmSync(manifestOf(COMMAND_LINE), { force: true });
  } catch {
    // The folder is read-only: the sources run at each start.
  }
}

/**
 * Writes a bundle and replaces the one before. Processes that do this at the same time do not disturb each other: the last one counts.
 * @param name begins the names of its folder and of its manifest
 * @param make makes the contents of the files by name, and the inputs: path and state of every file that went into the bundle
 * @returns the folder of the bundle
 * @throws when `make` fails, the folder is read-only (before `make` is called) or the disk is full; nothing is half-written then
 */
export async function writeBundle(name, make) {
  mkdirSync(cacheFolder, { recursive: true });
  const folder = mkdtempSync(join(cacheFolder, `${name}-`));
  const replaced = readManifest(name)?.folder;
  try {
    const { files, inputs } = await make();
    for (const [file, contents] of files) writeFileSync(join(folder, file), contents);
    const manifest = join(folder, 'manifest.json');
    writeFileSync(manifest, JSON.stringify({ format: FORMAT, folder: basename(folder), inputs }));
    renameSync(manifest, manifestOf(name));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  try {
    if (replaced !== undefined) utimesSync(join(cacheFolder, replaced), new Date(), new Date());
    removeOld(name, folder);
  } catch {
    // Another process removes the same folders.
  }
  return folder;
}

/** Removes the bundles of a name that were replaced long ago: `writeBundle` stamps a folder when it replaces it. */
function removeOld(name, current) {
  for (const entry of readdirSync(cacheFolder)) {
    const folder = join(cacheFolder, entry);
    if (!entry.startsWith(`${name}-`) || folder === current) continue;
    if (Date.now() - statSync(folder).mtimeMs > REPLACED_BUNDLE_LIFE_MS)
      rmSync(folder, { recursive: true, force: true });
  }
}
