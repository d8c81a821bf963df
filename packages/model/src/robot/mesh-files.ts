import { InputError } from '@praxis/core';
import type { RobotModel } from '../description/robot-model.ts';
import { isAbsolute, joinPath } from './paths.ts';

/** How many folders above the description are searched for a package. */
const MAX_LEVELS = 12;

/**
 * Paths where a file that a description names may lie, the likeliest first.
 * `package://NAME/path` is looked for in the folder that `packages` gives for NAME, else in a folder NAME beside the description or
 * beside a folder above it; `file://` is absolute; anything else is relative to the description.
 * @param folder of the description
 * @param packages folder of each package, as `folder` relative to the same place
 * @throws {InputError} for an address of another kind, such as `https://`
 */
export function candidatePaths(
  name: string,
  folder: string,
  packages: Readonly<Record<string, string>> = {},
): readonly string[] {
  const address = /^([a-z][a-z0-9+.-]+):\/\/(.*)$/i.exec(name.replaceAll('\\', '/'));
  if (!address) return [joinPath(folder, name.replaceAll('\\', '/'))];
  const [, scheme, rest] = address;
  if (scheme === 'file') return [joinPath('/', rest)];
  if (scheme !== 'package' && scheme !== 'model') {
    throw new InputError(`${name}: expected package://, file:// or a path`);
  }
  const [packageName, ...path] = rest.split('/');
  if (Object.hasOwn(packages, packageName)) return [joinPath(packages[packageName], path.join('/'))];
  const found: string[] = [];
  for (let level = 0, at = folder; level < MAX_LEVELS; level++, at = joinPath(at, '..')) {
    found.push(joinPath(at, rest));
    if (isAbsolute(at) && joinPath(at, '..') === at) break;
  }
  return found;
}

/** Names of all mesh files of a robot, each once, in the order of the description. */
export function meshNames({ links }: RobotModel): readonly string[] {
  const shapes = links.flatMap(({ visuals, collisions }) => [...visuals, ...collisions]);
  return [...new Set(shapes.flatMap(({ geometry }) => (geometry.type === 'mesh' ? [geometry.filename] : [])))];
}
