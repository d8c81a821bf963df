import { quaternion } from '@praxis/core';
import type { Collision, Geometry, Link, RobotModel } from '../../description/robot-model.ts';
import { type ConvexBodies, convexPieces } from '../../meshes/geometry/convex-pieces.ts';
import { extremeVertices, SPHERE_DIRECTIONS } from '../../meshes/geometry/extreme-vertices.ts';
import type { Mesh } from '../../meshes/geometry/mesh.ts';
import { type MeshProblem, type RobotMeshes, readMeshes } from '../read-meshes.ts';
import type { MeshFiles } from '../robot-folder.ts';

/** Points whose convex hull stands for one shape: x, y, z in the link's frame (m). */
export type ConvexPoints = Float64Array;

/** Shapes of each link by its name, and what could not be read. */
export interface LinkShapes {
  readonly byLink: ReadonlyMap<string, readonly ConvexPoints[]>;
  /** Shapes of one link, its meshes in several pieces, as the simulator takes those of a gripper. Computed at each call. */
  readonly pieces: (link: string) => readonly ConvexPoints[];
  /** One entry for each mesh file that could not be read. */
  readonly problems: readonly MeshProblem[];
}

/** Points of a primitive in its own frame: corners of a box, and rings of points of round shapes. */
function primitivePoints(geometry: Exclude<Geometry, { type: 'mesh' }>): number[] {
  const corners: number[] = [];
  if (geometry.type === 'box') {
    const [x, y, z] = geometry.size.map((side) => side / 2);
    for (const i of [-1, 1]) for (const j of [-1, 1]) for (const k of [-1, 1]) corners.push(i * x, j * y, k * z);
    return corners;
  }
  const half = geometry.type === 'sphere' ? 0 : geometry.length / 2;
  if (geometry.type === 'cylinder') {
    for (let i = 0; i < 24; i++) {
      const angle = (i * Math.PI) / 12;
      const [x, y] = [geometry.radius * Math.cos(angle), geometry.radius * Math.sin(angle)];
      corners.push(x, y, -half, x, y, half);
    }
    return corners;
  }
  for (let k = 0; k < SPHERE_DIRECTIONS.length; k += 3) {
    const z = SPHERE_DIRECTIONS[k + 2];
    corners.push(
      geometry.radius * SPHERE_DIRECTIONS[k],
      geometry.radius * SPHERE_DIRECTIONS[k + 1],
      geometry.radius * z + Math.sign(z) * half,
    );
  }
  return corners;
}

/** Moves points from a shape's frame into its link's. */
function inLink({ origin }: Collision, points: ArrayLike<number>, scale: readonly number[] = [1, 1, 1]): Float64Array {
  const out = new Float64Array(points.length);
  for (let i = 0; i < points.length; i += 3) {
    for (let axis = 0; axis < 3; axis++) out[i + axis] = points[i + axis] * scale[axis];
    quaternion.rotate(origin.quaternion, out, out, 0, i, i);
    for (let axis = 0; axis < 3; axis++) out[i + axis] += origin.xyz[axis];
  }
  return out;
}

/**
 * Shapes of all links: collision shapes, or visual ones where a link has no other. A mesh stands for its convex hull, and one that is
 * not among `meshes` is passed over.
 */
export const linkShapes = (model: RobotModel, meshes: RobotMeshes): LinkShapes['byLink'] =>
  new Map(
    model.links.map((link) => [
      link.name,
      shapesOf(link, meshes, ({ positions }) => [extremeVertices(positions).vertices]),
    ]),
  );

/** Times that a mesh is cut in half for {@link linkPieces}. */
const PIECE_CUTS = 2;

/** Shapes of all links as {@link linkShapes} has them, each mesh as the hulls of four pieces, which fill less of its hollows. */
export const linkPieces = (model: RobotModel, meshes: RobotMeshes): LinkShapes['byLink'] =>
  new Map(model.links.map((link) => [link.name, shapesOf(link, meshes, (mesh) => convexPieces(mesh, PIECE_CUTS))]));

/** Collision shapes of a link, or visual ones where it has no other; a mesh stands for convex bodies in its unit. */
function shapesOf(
  { collisions, visuals }: Link,
  meshes: RobotMeshes,
  bodiesOf: (mesh: Mesh) => ConvexBodies,
): readonly ConvexPoints[] {
  const pointsOf = (shape: Collision): ConvexPoints[] => {
    const { geometry } = shape;
    if (geometry.type !== 'mesh') return [inLink(shape, primitivePoints(geometry))];
    const mesh = meshes.get(geometry.filename);
    return mesh ? bodiesOf(mesh).map((body) => inLink(shape, body, geometry.scale)) : [];
  };
  const solid = collisions.flatMap(pointsOf);
  return solid.length > 0 ? solid : visuals.flatMap(pointsOf);
}

/**
 * Reads the shapes of all links, see {@link linkShapes}. Every mesh is opened, also those that are only looked at, so that all problems
 * are known.
 */
export async function readLinkShapes(model: RobotModel, files: MeshFiles): Promise<LinkShapes> {
  const { meshes, problems } = await readMeshes(model, files);
  const links = new Map(model.links.map((link) => [link.name, link]));
  const pieces = (name: string): readonly ConvexPoints[] => {
    const link = links.get(name);
    return link ? shapesOf(link, meshes, (mesh) => convexPieces(mesh)) : [];
  };
  return { byLink: linkShapes(model, meshes), pieces, problems };
}
