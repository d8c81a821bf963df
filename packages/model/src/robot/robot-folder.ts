import { errorMessage, firstLine, InputError } from '@praxis/core';
import { parse } from 'yaml';
import type { RobotModel } from '../description/robot-model.ts';
import type { Mesh } from '../meshes/geometry/mesh.ts';
import { readMesh } from '../meshes/read-mesh.ts';
import { parseUrdf } from '../urdf/parse.ts';
import { type LinkPair, parseSrdf } from '../urdf/srdf.ts';
import { parseRobotDefinition, type RobotDefinition } from './definition.ts';
import { type FrameFault, frameFaults, withFrames } from './frames.ts';
import { withLimits } from './limits.ts';
import { candidatePaths } from './mesh-files.ts';
import { folderOf, joinPath } from './paths.ts';

/** Name of the file that makes a folder a robot. */
export const ROBOT_FILE = 'robot.yaml';

/**
 * Reads a file of a robot's folder: undefined if there is none.
 * @param path with slashes, relative to the folder (also upwards, as `../meshes/hand.stl`) or absolute
 */
export type ReadRobotFile = (path: string) => Promise<Uint8Array | undefined>;

/** Format of a robot's description. */
export type DescriptionFormat = 'urdf' | 'mjcf';

/** A robot's description file. */
export interface DescriptionFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Reads a file that lies at a path relative to the description; undefined if there is none. */
  readonly readBeside: ReadRobotFile;
}

/** Options of {@link loadRobotFolder}. */
export interface RobotFolderOptions {
  /** Reads an MJCF, which takes MuJoCo's compiler: `readMjcf` of the simulator. Without it a folder with an MJCF is refused. */
  readonly readMjcf?: (file: DescriptionFile) => Promise<RobotModel>;
  /** Name of the folder in errors. Default: none. */
  readonly source?: string;
}

/** A file that the description names, where it was found. */
export interface FoundFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Finds the files that a description names, and reads its meshes. */
export class MeshFiles {
  readonly #read: ReadRobotFile;
  readonly #folder: string;
  readonly #packages: Readonly<Record<string, string>>;
  readonly #meshes = new Map<string, Promise<Mesh>>();

  /**
   * @param folder of the description, as `read` takes it
   * @param packages folder of each package, as `read` takes it
   */
  constructor(read: ReadRobotFile, folder: string, packages: Readonly<Record<string, string>> = {}) {
    this.#read = read;
    this.#folder = folder;
    this.#packages = packages;
  }

  /** The file of a mesh. @throws {InputError} that says where it was looked for */
  async find(name: string): Promise<FoundFile> {
    const paths = candidatePaths(name, this.#folder, this.#packages);
    for (const path of paths) {
      const bytes = await this.#read(path);
      if (bytes) return { path, bytes };
    }
    const more = paths.length > 1 ? ` and ${paths.length - 1} folders above` : '';
    throw new InputError(`mesh ${name}: file not found; looked for ${paths[0]}${more}`);
  }

  /**
   * The triangles of a mesh in its file's unit, without the scale that the description gives. A file is read once.
   * @throws {InputError} in one line when it is missing, a Git LFS pointer, or broken
   */
  mesh(name: string): Promise<Mesh> {
    const known = this.#meshes.get(name);
    if (known) return known;
    const mesh = this.find(name).then(({ path, bytes }) =>
      readMesh(bytes, name, (beside) => this.#read(joinPath(folderOf(path), beside))),
    );
    this.#meshes.set(name, mesh);
    // A failure belongs to whoever awaits the mesh, and may be repeated.
    mesh.catch(() => this.#meshes.delete(name));
    return mesh;
  }
}

/** A robot as its folder describes it. */
export interface RobotFolder {
  readonly definition: RobotDefinition;
  readonly model: RobotModel;
  readonly format: DescriptionFormat;
  readonly description: DescriptionFile;
  readonly meshes: MeshFiles;
  /** Pairs of links that the SRDF excludes from collision checks; none without an SRDF. */
  readonly disabledPairs: readonly LinkPair[];
}

/** Tells MJCF from URDF by the top element. */
export function descriptionFormat(bytes: Uint8Array): DescriptionFormat {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 4096)).replace(/<!--[\s\S]*?(-->|$)/g, '');
  return /<mujoco(include)?[\s/>]/.test(start) && !/<robot[\s>]/.test(start) ? 'mjcf' : 'urdf';
}

/**
 * Parses a description file.
 * @throws {InputError} that names the file, when it is broken, or an MJCF without a reader for it
 */
export async function readDescription(
  file: DescriptionFile,
  { readMjcf }: Pick<RobotFolderOptions, 'readMjcf'> = {},
): Promise<RobotModel> {
  if (descriptionFormat(file.bytes) === 'urdf') return parseUrdf(file.bytes, { source: file.path });
  if (readMjcf) return readMjcf(file);
  throw new InputError(`${file.path}: this is MJCF, which takes MuJoCo to read; expected a URDF here`);
}

/** Opens a description file of a folder. @throws {InputError} when it is missing */
export async function findDescription(read: ReadRobotFile, path: string): Promise<DescriptionFile> {
  const bytes = await read(path);
  if (!bytes) throw new InputError(`description ${path}: file not found, expected a URDF or MJCF`);
  return { path, bytes, readBeside: (beside) => read(joinPath(folderOf(path), beside)) };
}

/** Reads the pairs of an SRDF. @throws {InputError} when it is missing or broken */
async function readDisabledPairs(read: ReadRobotFile, path: string | undefined): Promise<readonly LinkPair[]> {
  if (path === undefined) return [];
  const bytes = await read(path);
  if (!bytes) throw new InputError(`srdf ${path}: file not found`);
  return parseSrdf(bytes, `srdf ${path}`);
}

/** Reads the content of `robot.yaml` as it is. @throws {InputError} when it is missing or no YAML */
export async function readDefinitionContent(read: ReadRobotFile): Promise<unknown> {
  const bytes = await read(ROBOT_FILE);
  if (!bytes) throw new InputError(`${ROBOT_FILE}: file not found; npx praxis robot init FILE drafts one`);
  try {
    return parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new InputError(`${ROBOT_FILE}: not YAML: ${firstLine(cause)}`, { cause });
  }
}

/** Reads and checks `robot.yaml`. @throws {InputError} when it is missing, no YAML, or not valid */
export const readDefinition = async (read: ReadRobotFile): Promise<RobotDefinition> =>
  parseRobotDefinition(await readDefinitionContent(read), ROBOT_FILE);

/**
 * Loads a robot's folder: `robot.yaml` and the description that it names. Meshes are read when they are asked for. It opens no file
 * itself and runs in Node and in browsers; `openRobotFolder` of `@praxis/model/node` takes the name of a folder.
 * Whether the parts fit each other, `checkRobot` says.
 * @throws {InputError} in one line that names the folder and the file
 * @example
 * const robot = await loadRobotFolder(async (path) => {
 *   const response = await fetch(`/robots/my-arm/${path}`);
 *   return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
 * });
 */
export async function loadRobotFolder(read: ReadRobotFile, options: RobotFolderOptions = {}): Promise<RobotFolder> {
  const { robot, faults } = await loadParts(read, options);
  if (faults.length === 0) return robot;
  const message = faults.map((each) => `${each.subject}: ${each.message}`).join('; ');
  throw new InputError(options.source === undefined ? message : `${options.source}: ${message}`);
}

/**
 * Loads a robot's folder as {@link loadRobotFolder} does, without the frames of `robot.yaml` that have faults.
 * @throws {InputError} in one line that names the folder and the file
 */
export async function loadParts(
  read: ReadRobotFile,
  options: RobotFolderOptions = {},
): Promise<{ readonly robot: RobotFolder; readonly faults: readonly FrameFault[] }> {
  try {
    const definition = await readDefinition(read);
    const description = await findDescription(read, definition.description);
    const described = await readDescription(description, options);
    const model = withLimits(withFrames(described, definition.frames), definition.limits);
    const format = descriptionFormat(description.bytes);
    const meshes = new MeshFiles(read, folderOf(description.path), definition.packages);
    const disabledPairs = await readDisabledPairs(read, definition.srdf);
    const faults = frameFaults(described, definition.frames);
    return { robot: { definition, model, format, description, meshes, disabledPairs }, faults };
  } catch (error) {
    if (!(error instanceof InputError) || options.source === undefined) throw error;
    throw new InputError(`${options.source}: ${errorMessage(error)}`, { cause: error });
  }
}
