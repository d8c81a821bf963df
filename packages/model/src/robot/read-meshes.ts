import { InputError } from '@praxis/core';
import type { Link, RobotModel } from '../description/robot-model.ts';
import type { Mesh } from '../meshes/geometry/mesh.ts';
import { meshNames } from './mesh-files.ts';
import type { MeshFiles } from './robot-folder.ts';

/** A mesh file that could not be read. */
export interface MeshProblem {
  /** Name of the file, as in the description. */
  readonly mesh: string;
  readonly message: string;
  /** Links that collide by it. */
  readonly collides: readonly string[];
  /** Links that only look by it. */
  readonly shows: readonly string[];
}

/** Triangles of a robot's meshes by the name that the description gives, in the files' units, without its scale. */
export type RobotMeshes = ReadonlyMap<string, Mesh>;

/** Reads every mesh that a robot names. What cannot be read is a problem, not an error. */
export async function readMeshes(
  model: RobotModel,
  files: MeshFiles,
): Promise<{ readonly meshes: RobotMeshes; readonly problems: readonly MeshProblem[] }> {
  const meshes = new Map<string, Mesh>();
  const problems: MeshProblem[] = [];
  for (const mesh of meshNames(model)) {
    try {
      meshes.set(mesh, await files.mesh(mesh));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const linksWith = (shapes: 'collisions' | 'visuals') =>
        model.links.filter((link) => namesMesh(link[shapes], mesh)).map(({ name }) => name);
      problems.push({ mesh, message: error.message, collides: linksWith('collisions'), shows: linksWith('visuals') });
    }
  }
  return { meshes, problems };
}

const namesMesh = (shapes: Link['collisions'], mesh: string): boolean =>
  shapes.some(({ geometry }) => geometry.type === 'mesh' && geometry.filename === mesh);

/** A model without the visuals and collision shapes whose meshes are not among `meshes`. */
export function withReadMeshes(model: RobotModel, meshes: RobotMeshes): RobotModel {
  const isRead = ({ geometry }: Link['collisions'][number]) =>
    geometry.type !== 'mesh' || meshes.has(geometry.filename);
  return {
    ...model,
    links: model.links.map((link) => ({
      ...link,
      visuals: link.visuals.filter(isRead),
      collisions: link.collisions.filter(isRead),
    })),
  };
}
