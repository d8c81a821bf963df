import { InputError } from '@praxis/core';
import { type Mesh, MeshBuilder } from './geometry/mesh.ts';
import { weld } from './weld.ts';

const HEADER_BYTES = 84;
const TRIANGLE_BYTES = 50;

/**
 * Reads an STL file, binary or ASCII. Vertices at the same place become one; normals are not read, since the order of the corners
 * says the same.
 * @throws {InputError} when it is neither, is cut off, or has no triangles
 */
export function readStl(bytes: Uint8Array): Mesh {
  const corners = isBinary(bytes) ? binaryCorners(bytes) : asciiCorners(bytes);
  const broken = corners.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) {
    throw new InputError(`triangle ${Math.floor(broken / 9)}: a coordinate is not a finite number`);
  }
  const { positions, indices } = weld(corners);
  const builder = new MeshBuilder();
  builder.add(positions, indices);
  return builder.build();
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Binary files too may begin with "solid": their length decides. */
function isBinary(bytes: Uint8Array): boolean {
  if (bytes.length >= HEADER_BYTES) {
    const size = HEADER_BYTES + TRIANGLE_BYTES * viewOf(bytes).getUint32(80, true);
    if (size === bytes.length) return true;
  }
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  return !(/^\s*solid\b/.test(start) && /\bfacet\b|\bendsolid\b/.test(start));
}

function binaryCorners(bytes: Uint8Array): Float32Array {
  if (bytes.length < HEADER_BYTES) {
    throw new InputError(`not an STL: ${bytes.length} bytes, expected "solid" or at least ${HEADER_BYTES} bytes`);
  }
  const view = viewOf(bytes);
  const count = view.getUint32(80, true);
  const size = HEADER_BYTES + TRIANGLE_BYTES * count;
  if (bytes.length < size) {
    throw new InputError(`cut off or not an STL: ${bytes.length} bytes, expected ${size} for ${count} triangles`);
  }
  const corners = new Float32Array(9 * count);
  for (let i = 0; i < count; i++) {
    const at = HEADER_BYTES + TRIANGLE_BYTES * i + 12;
    for (let k = 0; k < 9; k++) corners[9 * i + k] = view.getFloat32(at + 4 * k, true);
  }
  return corners;
}

function asciiCorners(bytes: Uint8Array): Float32Array {
  const corners: number[] = [];
  const text = new TextDecoder('latin1').decode(bytes);
  for (const match of text.matchAll(/\bvertex\s+(\S+)\s+(\S+)\s+(\S+)/gi)) {
    corners.push(Number(match[1]), Number(match[2]), Number(match[3]));
  }
  if (corners.length % 9 !== 0) throw new InputError(`cut off: ${corners.length / 3} corners, expected 3 a triangle`);
  return Float32Array.from(corners);
}
