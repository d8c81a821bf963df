import { InputError, lfsPointerHint } from '@praxis/core';
import { readCollada } from './collada/collada.ts';
import type { Mesh } from './geometry/mesh.ts';
import { readGltf } from './gltf.ts';
import { type ReadBeside, readObj } from './obj.ts';
import { readStl } from './stl.ts';

type Reader = (bytes: Uint8Array, readBeside?: ReadBeside) => Mesh | Promise<Mesh>;

const READERS: Readonly<Record<string, Reader>> = {
  stl: readStl,
  obj: readObj,
  dae: readCollada,
  gltf: readGltf,
  glb: readGltf,
};

/**
 * Reads the triangles of a mesh file by the ending of its name: STL (binary or ASCII), OBJ, DAE (COLLADA), glTF or GLB.
 * @param name of the file, for its ending and for messages
 * @param readBeside reads files that the mesh names by relative paths: material libraries of OBJ, buffers of glTF
 * @throws {InputError} in one line that names the file: an unknown format, a Git LFS pointer, or broken content
 */
export async function readMesh(bytes: Uint8Array, name: string, readBeside?: ReadBeside): Promise<Mesh> {
  const format = /\.([a-z]+)$/i.exec(name)?.[1].toLowerCase() ?? '';
  try {
    const hint = lfsPointerHint(bytes);
    if (hint !== undefined) throw new InputError(hint);
    if (!Object.hasOwn(READERS, format)) {
      throw new InputError(`format "${format}" is not supported, expected stl, obj, dae, gltf or glb`);
    }
    return await READERS[format](bytes, readBeside);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`mesh ${name}: ${error.message}`, { cause: error });
  }
}
