import { type ConvexBodies, convexPieces, extremeVertices, type RobotModel, type Triangles } from '@praxis/model';

/**
 * Returns the convex hulls of each mesh that collides, by its name. The meshes of a gripper are cut into pieces first, because one hull
 * would fill the space between its jaws.
 */
export function hullsOf(
  { links }: RobotModel,
  meshes: ReadonlyMap<string, Triangles>,
  gripperLinks: ReadonlySet<string>,
): ReadonlyMap<string, ConvexBodies> {
  const hulls = new Map<string, ConvexBodies>();
  for (const { name, collisions } of links) {
    const isGripper = gripperLinks.has(name);
    for (const { geometry } of collisions) {
      if (geometry.type !== 'mesh') continue;
      const mesh = meshes.get(geometry.filename);
      if (!mesh || (!isGripper && hulls.has(geometry.filename))) continue;
      hulls.set(geometry.filename, isGripper ? convexPieces(mesh) : [extremeVertices(mesh.positions).vertices]);
    }
  }
  return hulls;
}
