import { InputError, quaternion } from '@praxis/core';
import type { Collision, Link } from '@praxis/model';
import type { Capsule } from '../../config/filter-config.ts';

type Point = readonly [number, number, number];

/** The capsule around a shape in the shape's own frame: half a length along an axis, and a radius (m). */
function around({ geometry, name }: Collision, link: string): { axis: 0 | 1 | 2; half: number; radius: number } {
  switch (geometry.type) {
    case 'sphere':
      return { axis: 2, half: 0, radius: geometry.radius };
    case 'capsule':
    case 'cylinder':
      return { axis: 2, half: geometry.length / 2, radius: geometry.radius };
    case 'box': {
      const [x, y, z] = geometry.size;
      const axis = x >= y && x >= z ? 0 : y >= z ? 1 : 2;
      const across = ([y, x, x] as const)[axis] / 2;
      const over = ([z, z, y] as const)[axis] / 2;
      return { axis, half: geometry.size[axis] / 2, radius: Math.sqrt(across * across + over * over) };
    }
    case 'mesh':
      throw new InputError(
        `distance.linkCapsules: link "${link}" has mesh ${geometry.filename} (${name}) and no capsules, expected some`,
      );
  }
}

/** A capsule in the link's frame that contains the whole shape. @throws {InputError} for a mesh. */
export function fitCapsule(shape: Collision, link: string): Capsule {
  const { axis, half, radius } = around(shape, link);
  const end = (sign: number): Point => {
    const along = new Float64Array(3);
    along[axis] = sign * half;
    quaternion.rotate(shape.origin.quaternion, along, along);
    const [x, y, z] = shape.origin.xyz;
    return [x + along[0], y + along[1], z + along[2]];
  };
  return { name: shape.name, from: end(-1), to: end(1), radius };
}

/**
 * The capsules of a link (link's frame): around its collision shapes, or around its visual shapes if it has none. A
 * capsule inside another is left out.
 * @throws {InputError} for a mesh.
 */
export function linkCapsules(link: Link): readonly Capsule[] {
  const shapes = link.collisions.length > 0 ? link.collisions : link.visuals;
  const capsules = shapes.map((shape) => fitCapsule(shape, link.name));
  return capsules.filter(
    (each, i) => !capsules.some((other, k) => k !== i && holds(other, each) && (k < i || !holds(each, other))),
  );
}

/** True when a capsule lies within another, which holds if its two end balls do. */
const holds = (outer: Capsule, inner: Capsule): boolean =>
  [inner.from, inner.to].every((end) => distanceToSegment(end, outer) + inner.radius <= outer.radius + 1e-9);

function distanceToSegment(p: Point, { from, to }: Capsule): number {
  const along = from.map((each, i) => to[i] - each);
  const length = along.reduce((sum, each) => sum + each * each, 0);
  const projection = along.reduce((sum, each, i) => sum + each * (p[i] - from[i]), 0);
  const t = length > 0 ? Math.min(Math.max(projection / length, 0), 1) : 0;
  return Math.sqrt(from.reduce((sum, each, i) => sum + (each + t * along[i] - p[i]) ** 2, 0));
}
