import { quaternion } from '@praxis/core';
import type { Part, SimScene } from './sim-scene.ts';

/** A part as flat arrays. Besides these the renderer reads only the body's pose and the colour in each frame. */
export interface Drawable {
  readonly part: Part;
  /** Vertices xyz (m, mesh frame). */
  readonly positions: Float32Array;
  /** Unit normal of each vertex (mesh frame). */
  readonly normals: Float32Array;
  /** Three vertex indices for each triangle, counter-clockwise seen from outside. */
  readonly indices: Uint32Array;
  /** Rotation of the mesh in the body, 3 x 3 row-major. */
  readonly rotation: Float64Array;
  /** Origin of the mesh in the body (m). */
  readonly offset: Float64Array;
  /** Centre of the bounding sphere (m, mesh frame). */
  readonly centre: Float64Array;
  /** Radius of the bounding sphere (m). */
  readonly radius: number;
}

const drawableCache = new WeakMap<SimScene, readonly Drawable[]>();

/**
 * Returns a scene's parts as flat arrays, computed once. After the first frame a mesh must neither move in its body nor
 * change its shape.
 */
export function drawables(scene: SimScene): readonly Drawable[] {
  let result = drawableCache.get(scene);
  if (!result) {
    result = scene.parts.map(flatten);
    drawableCache.set(scene, result);
  }
  return result;
}

function flatten(part: Part): Drawable {
  const { geometry, position, quaternion: q } = part.mesh;
  const positions = geometry.attributes.position.array as Float32Array;
  const normals = geometry.attributes.normal.array as Float32Array;
  const indices = geometry.index
    ? Uint32Array.from(geometry.index.array)
    : Uint32Array.from({ length: positions.length / 3 }, (_, index) => index);
  const rotation = new Float64Array(9);
  quaternion.toMatrix([q.x, q.y, q.z, q.w], rotation);
  const centre = boundsCentre(positions);
  let squared = 0;
  for (let i = 0; i < positions.length; i += 3) {
    const x = positions[i] - centre[0];
    const y = positions[i + 1] - centre[1];
    const z = positions[i + 2] - centre[2];
    squared = Math.max(squared, x * x + y * y + z * z);
  }
  const offset = Float64Array.of(position.x, position.y, position.z);
  return { part, positions, normals, indices, rotation, offset, centre, radius: Math.sqrt(squared) };
}

/** Returns the centre of the axis-aligned bounding box. */
function boundsCentre(positions: Float32Array): Float64Array {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  positions.forEach((value, index) => {
    low[index % 3] = Math.min(low[index % 3], value);
    high[index % 3] = Math.max(high[index % 3], value);
  });
  return Float64Array.from(low, (value, axis) => (value + high[axis]) / 2);
}
