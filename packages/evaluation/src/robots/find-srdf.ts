import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { InputError } from '@praxis/core';
import { parseSrdf, type RobotModel } from '@praxis/model';

/** Folders beside a description in which packages keep an SRDF, the likeliest first. */
const FOLDERS = ['.', '../srdf', '../config'] as const;

/** An SRDF that was found beside a description. */
export interface FoundSrdf {
  readonly path: string;
  /** Number of pairs that it excludes. */
  readonly pairs: number;
}

/**
 * Looks for the SRDF of a description: one of its name beside it or in a folder beside it, else the only one beside it. A file that is
 * no SRDF, or that names links of another robot, is passed over.
 * @param folder of the description
 * @param file name of the description
 */
export function findSrdf(folder: string, file: string, { links }: RobotModel): FoundSrdf | undefined {
  const beside = existsSync(folder) ? readdirSync(folder).filter((name) => extname(name) === '.srdf') : [];
  const stem = basename(file).split('.')[0];
  const named = FOLDERS.map((place) => join(folder, place, `${stem}.srdf`));
  const known = new Set(links.map(({ name }) => name));
  for (const path of [...named, ...(beside.length === 1 ? [join(folder, beside[0])] : [])]) {
    if (!existsSync(path)) continue;
    try {
      const pairs = parseSrdf(readFileSync(path), path);
      if (pairs.flat().every((link) => known.has(link))) return { path, pairs: pairs.length };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
  }
  return undefined;
}
