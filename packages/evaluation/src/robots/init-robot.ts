import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { InputError } from '@praxis/core';
import {
  draftRobot,
  draftText,
  MeshFiles,
  type MeshProblem,
  ROBOT_FILE,
  type RobotDraft,
  type RobotModel,
  readLinkShapes,
} from '@praxis/model';
import { fileReader } from '@praxis/model/node';
import { writeAtomically } from '../files/write.ts';
import { findSrdf } from './find-srdf.ts';
import { openDescription, readDescriptionFile } from './open-robot.ts';

/** Options of {@link initRobot}. */
export interface InitRobotOptions {
  /** URDF or MJCF file. */
  readonly file: string;
  /** Folder that receives `robot.yaml`; made if it is not there. Default: the folder of the file. */
  readonly out?: string;
  /** Folder of each package that `package://` names. */
  readonly packages?: Readonly<Record<string, string>>;
  /** Replaces a `robot.yaml` that is there. */
  readonly overwrite?: 'replace' | 'refuse';
}

/** What {@link initRobot} wrote. */
export interface InitializedRobot {
  /** Path of `robot.yaml`. */
  readonly path: string;
  readonly draft: RobotDraft;
  /** Meshes that could not be read, so that guesses went without them. */
  readonly problems: readonly MeshProblem[];
}

const slashed = (path: string): string => path.split(sep).join('/');

/** A path as robot.yaml in `folder` names it. */
const pathFrom = (folder: string, path: string): string => slashed(relative(folder, resolve(path))) || '.';

/**
 * Drafts a `robot.yaml` for a description. Nothing is written when the description cannot be read.
 * @throws {InputError} when the file is broken, nothing in it moves, or a `robot.yaml` is already there
 */
export async function initRobot(options: InitRobotOptions): Promise<InitializedRobot> {
  const folder = resolve(options.out ?? dirname(options.file));
  const path = join(options.out ?? dirname(options.file), ROBOT_FILE);
  if (options.overwrite !== 'replace' && existsSync(path)) {
    throw new InputError(`${path}: is already there; --force replaces it`);
  }
  const file = openDescription(options.file);
  const model = await readDescriptionFile(file);
  const packages = Object.entries(options.packages ?? {});
  const meshes = new MeshFiles(
    fileReader(dirname(options.file)),
    slashed(resolve(dirname(options.file))),
    Object.fromEntries(packages.map(([name, place]) => [name, slashed(resolve(place))])),
  );
  const shapes = await readLinkShapes(model, meshes);
  const draft = withSrdf(draftRobot(model, pathFrom(folder, options.file), shapes), options.file, folder, model);
  const places = Object.fromEntries(packages.map(([name, place]) => [name, pathFrom(folder, place)]));
  writeAtomically(path, draftText(draft, places));
  return { path, draft, problems: shapes.problems };
}

/** Adds the SRDF that lies beside a description to its draft. */
function withSrdf(draft: RobotDraft, file: string, folder: string, model: RobotModel): RobotDraft {
  const found = findSrdf(dirname(file), file, model);
  if (!found) return draft;
  const srdf = pathFrom(folder, found.path);
  const reason = `it lies beside the description; the supervisor does not watch the ${found.pairs} pairs of links that it excludes`;
  return {
    definition: { ...draft.definition, srdf },
    guesses: [...draft.guesses, { key: 'srdf', value: srdf, reason }],
  };
}
