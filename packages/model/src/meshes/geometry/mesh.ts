import { InputError } from '@praxis/core';
import { isMirror, type Matrix4, transformPoint } from './matrix.ts';

/** Red, green, blue and opacity, each 0..1, as the file states them. */
export type Rgba = readonly [number, number, number, number];

/** A run of triangles of one colour. */
export interface MeshPart {
  /** First entry in the mesh's `indices`, a multiple of 3. */
  readonly start: number;
  /** Number of entries, a multiple of 3. */
  readonly count: number;
  /** Colour of the material; undefined where the file names none. */
  readonly rgba?: Rgba;
}

/** Triangles of a mesh file. */
export interface Mesh {
  /** x, y, z of each vertex (m, or the unit of a file that names none), in the frame that the file is drawn in. */
  readonly positions: Float32Array;
  /** Three vertices a triangle, anticlockwise seen from outside. */
  readonly indices: Uint32Array;
  /** Cover all triangles in order. */
  readonly parts: readonly MeshPart[];
}

interface Chunk {
  readonly positions: ArrayLike<number>;
  readonly indices: ArrayLike<number>;
  readonly rgba: Rgba | undefined;
  readonly transform: Matrix4 | undefined;
}

/** Puts a mesh together from parts. */
export class MeshBuilder {
  readonly #chunks: Chunk[] = [];

  /**
   * Adds triangles.
   * @param positions x, y, z of each vertex
   * @param indices three vertices a triangle
   * @param transform moves the vertices; a mirroring one also turns the triangles round, so that they still face outside
   * @throws {InputError} for an index without a vertex
   */
  add(positions: ArrayLike<number>, indices: ArrayLike<number>, rgba?: Rgba, transform?: Matrix4): void {
    const vertices = positions.length / 3;
    for (let i = 0; i < indices.length; i++) {
      if (indices[i] >= 0 && indices[i] < vertices && Number.isInteger(indices[i])) continue;
      throw new InputError(`vertex ${indices[i]} of a triangle: the mesh has ${vertices} vertices`);
    }
    this.#chunks.push({ positions, indices, rgba, transform });
  }

  /** @throws {InputError} when there is no triangle, or a coordinate is not finite */
  build(): Mesh {
    const sum = (count: (chunk: Chunk) => number) => this.#chunks.reduce((total, each) => total + count(each), 0);
    const positions = new Float32Array(sum((each) => each.positions.length));
    const indices = new Uint32Array(sum((each) => each.indices.length));
    if (indices.length === 0) throw new InputError('the file has no triangles');
    const parts: MeshPart[] = [];
    let [vertex, index] = [0, 0];
    for (const chunk of this.#chunks) {
      if (chunk.indices.length === 0) continue;
      parts.push({ start: index, count: chunk.indices.length, rgba: chunk.rgba });
      copyTriangles(chunk, vertex, indices, index);
      copyVertices(chunk, positions, 3 * vertex);
      vertex += chunk.positions.length / 3;
      index += chunk.indices.length;
    }
    const used = positions.subarray(0, 3 * vertex);
    const broken = used.findIndex((value) => !Number.isFinite(value));
    if (broken >= 0) throw new InputError(`vertex ${Math.floor(broken / 3)}: a coordinate is not a finite number`);
    return { positions: used, indices, parts };
  }
}

function copyTriangles({ indices, transform }: Chunk, first: number, out: Uint32Array, at: number): void {
  const turned = transform !== undefined && isMirror(transform);
  for (let i = 0; i < indices.length; i += 3) {
    out[at + i] = first + indices[i];
    out[at + i + 1] = first + indices[turned ? i + 2 : i + 1];
    out[at + i + 2] = first + indices[turned ? i + 1 : i + 2];
  }
}

function copyVertices({ positions, transform }: Chunk, out: Float32Array, at: number): void {
  if (!transform) {
    out.set(positions, at);
    return;
  }
  for (let i = 0; i < positions.length; i += 3) transformPoint(transform, positions, i, out, at + i);
}

/** Splits a polygon with `count` corners into triangles that share its first corner, and appends their corners. */
export function fan(corner: (k: number) => number, count: number, out: number[]): void {
  for (let k = 2; k < count; k++) out.push(corner(0), corner(k - 1), corner(k));
}
