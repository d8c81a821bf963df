import { InputError } from '@praxis/core';
import { fan, type Mesh, MeshBuilder, type Rgba } from './geometry/mesh.ts';

/** Reads a file beside the mesh by its relative path; undefined if there is none. */
export type ReadBeside = (path: string) => Promise<Uint8Array | undefined>;

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/** Lines without comments, each with its number; a backslash at the end continues a line. */
function* linesOf(text: string): Generator<readonly [number: number, words: readonly string[]]> {
  const lines = text.split(/\r?\n/);
  for (let i = 0; i < lines.length; i++) {
    const number = i + 1;
    let line = lines[i];
    while (line.endsWith('\\') && i + 1 < lines.length) line = `${line.slice(0, -1)} ${lines[++i]}`;
    const words = line.replace(/#.*/, '').trim().split(/\s+/);
    if (words[0] !== '') yield [number, words];
  }
}

const channel = (word: string | undefined): number => Math.max(0, Math.min(1, Number(word) || 0));

/** Diffuse colours of a material library by the material's name. */
function readMtl(text: string): ReadonlyMap<string, Rgba> {
  const colours = new Map<string, Rgba>();
  let [name, alpha] = ['', 1];
  for (const [, [key, ...words]] of linesOf(text)) {
    const known = colours.get(name);
    if (key === 'newmtl') [name, alpha] = [words.join(' '), 1];
    else if (key === 'Kd') colours.set(name, [channel(words[0]), channel(words[1]), channel(words[2]), alpha]);
    else if (key === 'd' || key === 'Tr') {
      alpha = key === 'd' ? channel(words[0]) : 1 - channel(words[0]);
      if (known) colours.set(name, [known[0], known[1], known[2], alpha]);
    }
  }
  return colours;
}

/**
 * Reads a Wavefront OBJ file: vertices, polygons, and the diffuse colours of its material libraries. Lines and curves are passed over.
 * @param readBeside reads material libraries; a library that is not there leaves its materials without colour
 * @throws {InputError} that names the line
 */
export async function readObj(bytes: Uint8Array, readBeside?: ReadBeside): Promise<Mesh> {
  const positions: number[] = [];
  const colours = new Map<string, Rgba>();
  /** Triangles by material, in the order in which the file first uses it. */
  const triangles = new Map<string, number[]>();
  let material = '';
  for (const [number, [key, ...words]] of linesOf(decode(bytes))) {
    if (key === 'v') {
      const point = words.slice(0, 3).map(Number);
      if (point.length < 3 || !point.every(Number.isFinite)) {
        throw new InputError(`line ${number}: v ${words.join(' ')}: expected 3 finite numbers`);
      }
      positions.push(...point);
    } else if (key === 'f') {
      const corners = words.map((word) => vertexOf(word, positions.length / 3, number));
      if (corners.length < 3) throw new InputError(`line ${number}: f ${words.join(' ')}: expected 3 corners or more`);
      const list = triangles.get(material) ?? [];
      triangles.set(material, list);
      fan((k) => corners[k], corners.length, list);
    } else if (key === 'usemtl') material = words.join(' ');
    else if (key === 'mtllib') {
      const library = await readBeside?.(words.join(' '));
      for (const [name, rgba] of library ? readMtl(decode(library)) : []) colours.set(name, rgba);
    }
  }
  const builder = new MeshBuilder();
  // Parts share the vertices: only the first one brings them.
  const vertices = Float32Array.from(positions);
  for (const [name, list] of triangles) builder.add(...own(vertices, list, triangles.size === 1), colours.get(name));
  return builder.build();
}

/** A vertex of a face: counted from 1, or back from the last one so far if negative. */
function vertexOf(word: string, count: number, line: number): number {
  const given = Number(word.split('/')[0]);
  const index = given < 0 ? count + given : given - 1;
  if (Number.isInteger(given) && index >= 0 && index < count) return index;
  throw new InputError(`line ${line}: corner ${word}: expected one of the ${count} vertices above`);
}

/** The vertices that a list of triangles uses, and the triangles in terms of them. */
function own(positions: Float32Array, list: readonly number[], usesAll: boolean): [Float32Array, ArrayLike<number>] {
  if (usesAll) return [positions, list];
  const numbers = new Map<number, number>();
  const points: number[] = [];
  const indices = list.map((vertex) => {
    const known = numbers.get(vertex);
    if (known !== undefined) return known;
    points.push(...positions.subarray(3 * vertex, 3 * vertex + 3));
    numbers.set(vertex, numbers.size);
    return numbers.size - 1;
  });
  return [Float32Array.from(points), indices];
}
