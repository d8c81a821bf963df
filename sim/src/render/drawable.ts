import { quaternion } from '@praxis/core';
import type { Part, SimScene } from './sim-scene.ts';

/** A part as flat arrays, which is all that the renderer reads in a frame besides the body's pose and the colour. */
export interface Drawable {
  readonly part: Part;
  /** Vertices xyz in the mesh's frame, m. */
  readonly positions: Float32Array;
  readonly normals: Float32Array;
  readonly indices: Uint32Array;
  /** Rotation of the mesh in the body, row by row. */
  readonly rotation: Float64Array;
  /** Origin of the mesh in the body, m. */
  readonly offset: Float64Array;
  /** Bounding sphere, in the mesh's frame, m. */
  readonly centre: Float64Array;
  readonly radius: number;
}

const drawableCache = new WeakMap<SimScene, readonly Drawable[]>();

/** Flattened at first sight: a mesh must not move in its body, nor change its geometry, after the first frame. */
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

/** Middle of the axis-aligned bounding box. */
function boundsCentre(positions: Float32Array): Float64Array {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  positions.forEach((value, index) => {
    low[index % 3] = Math.min(low[index % 3], value);
    high[index % 3] = Math.max(high[index % 3], value);
  });
  return Float64Array.from(low, (value, axis) => (value + high[axis]) / 2);
}
