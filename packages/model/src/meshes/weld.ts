/** The distinct vertices of a list, and for each of its entries the number of its vertex. */
export interface Welded {
  readonly positions: Float32Array;
  readonly indices: Uint32Array;
}

/**
 * Merges vertices at exactly the same place, as STL repeats them for each triangle. -0 counts as 0.
 * @param positions x, y, z of each vertex
 */
export function weld(positions: Float32Array): Welded {
  const count = positions.length / 3;
  // A hash table with open addressing, at most half full: Map with text keys takes ten times as long.
  let size = 16;
  while (size < 2 * count) size *= 2;
  const table = new Int32Array(size).fill(-1);
  const bits = new Uint32Array(positions.buffer, positions.byteOffset, positions.length);
  const merged = new Float32Array(positions.length);
  const indices = new Uint32Array(count);
  let used = 0;
  for (let i = 0; i < count; i++) {
    for (let axis = 0; axis < 3; axis++) positions[3 * i + axis] += 0;
    let slot = hash(bits[3 * i], bits[3 * i + 1], bits[3 * i + 2]) & (size - 1);
    while (table[slot] >= 0 && !isSame(merged, 3 * table[slot], positions, 3 * i)) slot = (slot + 1) & (size - 1);
    if (table[slot] < 0) {
      merged.set(positions.subarray(3 * i, 3 * i + 3), 3 * used);
      table[slot] = used++;
    }
    indices[i] = table[slot];
  }
  return { positions: merged.slice(0, 3 * used), indices };
}

const isSame = (a: Float32Array, i: number, b: Float32Array, k: number): boolean =>
  a[i] === b[k] && a[i + 1] === b[k + 1] && a[i + 2] === b[k + 2];

/** Teschner et al., "Optimized spatial hashing for collision detection of deformable objects", with a mix of the high bits. */
function hash(x: number, y: number, z: number): number {
  const mixed = Math.imul(x, 73856093) ^ Math.imul(y, 19349663) ^ Math.imul(z, 83492791);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
