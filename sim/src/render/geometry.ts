import { cos, sin } from '@praxis/core';
import { BoxGeometry, BufferAttribute, BufferGeometry } from 'three';
import type { RenderGeometry } from './types.ts';

/** Segments of a cylinder and a sphere around their axis. */
const SEGMENT_COUNT = 18;
/** Rings of a sphere from pole to pole. */
const RING_COUNT = 9;
const PI = Math.PI;

/**
 * Triangulates a shape, with normals and counter-clockwise triangles seen from outside. The cylinder and sphere of three.js
 * call Math.sin and Math.cos, which differ in the last bit between engines; this function gives the same bits in every one.
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
  for (let k = 0; k < SEGMENT_COUNT; k++) {
    const x = cos((2 * PI * k) / SEGMENT_COUNT);
    const y = sin((2 * PI * k) / SEGMENT_COUNT);
    // Each spoke has four vertices: side bottom, side top, lower cap, upper cap.
    for (const z of [-half, half, -half, half]) positions.push(radius * x, radius * y, z);
    normals.push(x, y, 0, x, y, 0, 0, 0, -1, 0, 0, 1);
    const a = 4 * k;
    const b = 4 * ((k + 1) % SEGMENT_COUNT);
    indices.push(a, b, b + 1, a, b + 1, a + 1);
    if (k > 0 && k < SEGMENT_COUNT - 1) indices.push(2, b + 2, a + 2, 3, a + 3, b + 3);
  }
  return assemble(positions, normals, indices);
}

function sphere(radius: number): BufferGeometry {
  const normals: number[] = [];
  const indices: number[] = [];
  for (let ring = 0; ring <= RING_COUNT; ring++) {
    const z = -cos((PI * ring) / RING_COUNT);
    const around = ring === 0 || ring === RING_COUNT ? 0 : sin((PI * ring) / RING_COUNT);
    for (let k = 0; k < SEGMENT_COUNT; k++) {
      normals.push(around * cos((2 * PI * k) / SEGMENT_COUNT), around * sin((2 * PI * k) / SEGMENT_COUNT), z);
      if (ring === RING_COUNT) continue;
      const a = ring * SEGMENT_COUNT + k;
      const b = ring * SEGMENT_COUNT + ((k + 1) % SEGMENT_COUNT);
      if (ring > 0) indices.push(a, b, b + SEGMENT_COUNT);
      if (ring < RING_COUNT - 1) indices.push(a, b + SEGMENT_COUNT, a + SEGMENT_COUNT);
    }
  }
  return assemble(
    normals.map((n) => n * radius),
    normals,
    indices,
  );
}

/** Gives each triangle its own flat normal, because averaged normals would round the edges of machine parts. */
function facets(vertices: Float32Array, indices: Uint32Array): BufferGeometry {
  const indexed = new BufferGeometry();
  indexed.setAttribute('position', new BufferAttribute(vertices, 3));
  indexed.setIndex(new BufferAttribute(indices, 1));
  const result = indexed.toNonIndexed();
  result.computeVertexNormals();
  return result;
}
