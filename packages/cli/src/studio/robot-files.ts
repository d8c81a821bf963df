import { resolve } from 'node:path';
import type { Project } from '@praxis/evaluation';
import { encodeRobotSource } from '@praxis/sim';
import { openRobotSource } from '@praxis/sim/node';
import type { MadeFile } from './studio-site.ts';

/** Folder of each robot that the page can show, by its name. */
export type StudioRobots = ReadonlyMap<string, string>;

/** The robots of a registry: those that come with Praxis and those of the configuration. */
export const registeredRobots = ({ robots }: Pick<Project['registry'], 'robots'>): StudioRobots =>
  new Map(
    robots.names.map((name) => {
      const { path, folder = '.' } = robots.find(name);
      return [name, resolve(folder, path)] as const;
    }),
  );

/** Path of the list of names, and of the robot of one name. */
const LIST_PATH = '/robots/robots.json';
const pathOf = (name: string): string => `/robots/${encodeURIComponent(name)}.robot`;

/**
 * The files of robots that the server makes on request: the list of names, and each robot with its meshes as one file. A folder is read
 * again for each request, so a change needs no restart.
 */
export const robotFiles = (robots: StudioRobots): Readonly<Record<string, MadeFile>> => ({
  [LIST_PATH]: {
    type: 'application/json',
    make: async () => new TextEncoder().encode(JSON.stringify([...robots.keys()])),
  },
  ...Object.fromEntries(
    [...robots].map(([name, folder]) => [
      pathOf(name),
      { type: 'application/octet-stream', make: async () => encodeRobotSource(await openRobotSource(folder)) },
    ]),
  ),
});
