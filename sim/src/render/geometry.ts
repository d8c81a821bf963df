import { cos, sin } from '@praxis/core';
import { BoxGeometry, BufferAttribute, BufferGeometry } from 'three';
import type { RenderGeometry } from './types.ts';

const SEGMENTS = 18;
const RINGS = 9;
const PI = Math.PI;

/**
 * Triangles of a shape, with normals, counter-clockwise seen from outside.
 * three's own cylinder and sphere call Math.sin and Math.cos, which differ in the last bit between engines: these do not.
 */
export function buildGeometry(geometry: RenderGeometry): BufferGeometry {
  switch (geometry.type) {
    case 'box':
      return new BoxGeometry(...geometry.size);
    case 'cylinder':
      return cylinder(geometry.radius, geometry.length);
    case 'sphere':
      return sphere(geometry.radius);
    case 'mesh':
      return facets(geometry.vertices, geometry.indices);
  }
}

function assemble(
  positions: readonly number[],
  normals: readonly number[],
  indices: readonly number[],
): BufferGeometry {
  const result = new BufferGeometry();
  result.setAttribute('position', new BufferAttribute(Float32Array.from(positions), 3));
  result.setAttribute('normal', new BufferAttribute(Float32Array.from(normals), 3));
  result.setIndex([...indices]);
  return result;
}

function cylinder(radius: number, length: number): BufferGeometry {
  const positions: number[] = [];
  const normals: number[] = [];
  const indices: number[] = [];
  const half = length / 2;
  for (let k = 0; k < SEGMENTS; k++) {
    const x = cos((2 * PI * k) / SEGMENTS);
    const y = sin((2 * PI * k) / SEGMENTS);
    // Four corners on each spoke: side bottom, side top, lower cap, upper cap.
    for (const z of [-half, half, -half, half]) positions.push(radius * x, radius * y, z);
    normals.push(x, y, 0, x, y, 0, 0, 0, -1, 0, 0, 1);
    const a = 4 * k;
    const b = 4 * ((k + 1) % SEGMENTS);
    indices.push(a, b, b + 1, a, b + 1, a + 1);
    if (k > 0 && k < SEGMENTS - 1) indices.push(2, b + 2, a + 2, 3, a + 3, b + 3);
  }
  return assemble(positions, normals, indices);
}

function sphere(radius: number): BufferGeometry {
  const normals: number[] = [];
  const indices: number[] = [];
  for (let ring = 0; ring <= RINGS; ring++) {
    const z = -cos((PI * ring) / RINGS);
    const around = ring === 0 || ring === RINGS ? 0 : sin((PI * ring) / RINGS);
    for (let k = 0; k < SEGMENTS; k++) {
      normals.push(around * cos((2 * PI * k) / SEGMENTS), around * sin((2 * PI * k) / SEGMENTS), z);
      if (ring === RINGS) continue;
      const a = ring * SEGMENTS + k;
      const b = ring * SEGMENTS + ((k + 1) % SEGMENTS);
      if (ring > 0) indices.push(a, b, b + SEGMENTS);
      if (ring < RINGS - 1) indices.push(a, b + SEGMENTS, a + SEGMENTS);
    }
  }
  return assemble(
    normals.map((n) => n * radius),
    normals,
    indices,
  );
}

/** One flat facet a triangle: meshes of machines have edges, and averaged normals would round them. */
function facets(vertices: Float32Array, indices: Uint32Array): BufferGeometry {
  const indexed = new BufferGeometry();
  indexed.setAttribute('position', new BufferAttribute(vertices, 3));
  indexed.setIndex(new BufferAttribute(indices, 1));
  const result = indexed.toNonIndexed();
  result.computeVertexNormals();
  return result;
}
