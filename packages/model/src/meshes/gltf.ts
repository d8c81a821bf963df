import { firstLine, InputError } from '@praxis/core';
import * as z from 'zod';
import { IDENTITY, type Matrix4, multiplyMatrices, rotation, scaling, translation } from './geometry/matrix.ts';
import { type Mesh, MeshBuilder, type Rgba } from './geometry/mesh.ts';
import { type Accessor, accessorSchema, bufferSchema, bufferViewSchema, readAccessor } from './gltf-accessor.ts';
import type { ReadBeside } from './obj.ts';

const index = z.int().nonnegative();

const documentSchema = z.object({
  asset: z.object({ version: z.string() }),
  extensionsRequired: z.array(z.string()).default([]),
  scene: index.optional(),
  scenes: z.array(z.object({ nodes: z.array(index).default([]) })).default([]),
  nodes: z
    .array(
      z.object({
        children: z.array(index).default([]),
        mesh: index.optional(),
        matrix: z.array(z.number()).length(16).optional(),
        translation: z.array(z.number()).length(3).default([0, 0, 0]),
        rotation: z.array(z.number()).length(4).default([0, 0, 0, 1]),
        scale: z.array(z.number()).length(3).default([1, 1, 1]),
      }),
    )
    .default([]),
  meshes: z
    .array(
      z.object({
        primitives: z.array(
          z.object({
            attributes: z.record(z.string(), index),
            indices: index.optional(),
            material: index.optional(),
            mode: z.int().default(4),
          }),
        ),
      }),
    )
    .default([]),
  materials: z
    .array(
      z.object({
        pbrMetallicRoughness: z
          .object({ baseColorFactor: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional() })
          .default({}),
      }),
    )
    .default([]),
  accessors: z.array(accessorSchema).default([]),
  bufferViews: z.array(bufferViewSchema).default([]),
  buffers: z.array(bufferSchema).default([]),
});
type Document = z.infer<typeof documentSchema>;

const GLB_MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BINARY_CHUNK = 0x004e4942;

/** Splits a GLB file into its JSON and its binary chunk. @throws {InputError} when it is cut off */
function glbChunks(bytes: Uint8Array): { json: Uint8Array; binary?: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [json, binary]: (Uint8Array | undefined)[] = [];
  for (let at = 12; at + 8 <= bytes.length; ) {
    const [length, type] = [view.getUint32(at, true), view.getUint32(at + 4, true)];
    if (at + 8 + length > bytes.length) throw new InputError(`cut off: a part of ${length} bytes is not there`);
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (type === JSON_CHUNK) json ??= content;
    else if (type === BINARY_CHUNK) binary ??= content;
    at += 8 + length;
  }
  if (!json) throw new InputError('not a GLB: it has no JSON part');
  return { json, binary };
}

function parseDocument(json: Uint8Array): Document {
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder().decode(json));
  } catch (cause) {
    throw new InputError(`not glTF: ${firstLine(cause)}`, { cause });
  }
  const result = documentSchema.safeParse(content);
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    throw new InputError(`not glTF: ${path.join('.') || 'the file'}: ${message}`);
  }
  const { asset, extensionsRequired } = result.data;
  if (!asset.version.startsWith('2')) throw new InputError(`glTF version ${asset.version}: expected 2.0`);
  if (extensionsRequired.length > 0) {
    throw new InputError(`glTF needs ${extensionsRequired.join(', ')}: not supported, expected a file without them`);
  }
  return result.data;
}

/** Bytes of a data URI; undefined for the name of a file. @throws {InputError} when they are not base64 */
function inlineBytes(uri: string): Uint8Array | undefined {
  if (!uri.startsWith('data:')) return undefined;
  const data = /^data:[^,]*;base64,(.*)$/s.exec(uri)?.[1];
  try {
    return Uint8Array.from(atob(data ?? '-'), (character) => character.charCodeAt(0));
  } catch (cause) {
    throw new InputError('a data URI: expected base64', { cause });
  }
}

/** The path that a URI stands for; the URI itself if it is not encoded. */
function decodedPath(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

/** Content of each buffer: of a data URI, of the binary part of a GLB, or of a file beside. */
async function buffersOf(
  { buffers }: Document,
  binary: Uint8Array | undefined,
  readBeside: ReadBeside | undefined,
): Promise<readonly Uint8Array[]> {
  return Promise.all(
    buffers.map(async ({ uri, byteLength }, i) => {
      const bytes = uri === undefined ? binary : (inlineBytes(uri) ?? (await readBeside?.(decodedPath(uri))));
      if (!bytes) throw new InputError(`buffer ${i}${uri === undefined ? '' : ` (${uri})`}: is not there`);
      if (bytes.length < byteLength) {
        throw new InputError(`buffer ${i}: ${bytes.length} bytes, expected ${byteLength}`);
      }
      return bytes;
    }),
  );
}

/** An entry of a list of the document. @throws {InputError} when there is none */
function entry<T>(list: readonly T[], i: number, name: string): T {
  if (i < list.length) return list[i];
  throw new InputError(`${name} ${i}: the file has ${list.length}`);
}

/** glTF writes matrices column by column. */
const transposed = (m: readonly number[]): Matrix4 => m.map((_, i) => m[4 * (i % 4) + Math.floor(i / 4)]);

const matrixOf = ({ matrix, translation: t, rotation: r, scale: s }: Document['nodes'][number]): Matrix4 =>
  matrix
    ? transposed(matrix)
    : multiplyMatrices(multiplyMatrices(translation(t[0], t[1], t[2]), rotation(r)), scaling(s[0], s[1], s[2]));

/** Corners of the triangles of a primitive by its mode; undefined for points and lines. */
function trianglesOf(mode: number, corners: ArrayLike<number>): ArrayLike<number> | undefined {
  if (mode === 4) return corners;
  if (mode !== 5 && mode !== 6) return undefined;
  const out: number[] = [];
  for (let k = 2; k < corners.length; k++) {
    if (mode === 6) out.push(corners[0], corners[k - 1], corners[k]);
    else if (k % 2 === 0) out.push(corners[k - 2], corners[k - 1], corners[k]);
    else out.push(corners[k - 1], corners[k - 2], corners[k]);
  }
  return out;
}

class SceneReader {
  readonly #document: Document;
  readonly #buffers: readonly Uint8Array[];
  readonly #builder = new MeshBuilder();

  constructor(document: Document, buffers: readonly Uint8Array[]) {
    this.#document = document;
    this.#buffers = buffers;
  }

  read(): Mesh {
    const { scene = 0, scenes, nodes } = this.#document;
    const children = new Set(nodes.flatMap((node) => node.children));
    const roots =
      scenes.length > 0 ? entry(scenes, scene, 'scene').nodes : [...nodes.keys()].filter((i) => !children.has(i));
    for (const root of roots) this.#visit(root, IDENTITY, new Set());
    return this.#builder.build();
  }

  #visit(i: number, parent: Matrix4, above: ReadonlySet<number>): void {
    if (above.has(i)) throw new InputError(`node ${i}: contains itself`);
    const node = entry(this.#document.nodes, i, 'node');
    const at = multiplyMatrices(parent, matrixOf(node));
    if (node.mesh !== undefined) this.#addMesh(node.mesh, at);
    for (const child of node.children) this.#visit(child, at, new Set([...above, i]));
  }

  #addMesh(i: number, transform: Matrix4): void {
    for (const { attributes, indices, material, mode } of entry(this.#document.meshes, i, 'mesh').primitives) {
      if (attributes.POSITION === undefined) continue;
      const positions = this.#read(attributes.POSITION, 'VEC3');
      const corners =
        indices === undefined
          ? Uint32Array.from({ length: positions.length / 3 }, (_, k) => k)
          : this.#read(indices, 'SCALAR');
      const triangles = trianglesOf(mode, corners);
      if (triangles) this.#builder.add(positions, triangles, this.#colourOf(material), transform);
    }
  }

  #colourOf(material: number | undefined): Rgba | undefined {
    if (material === undefined) return undefined;
    return entry(this.#document.materials, material, 'material').pbrMetallicRoughness.baseColorFactor;
  }

  #read(i: number, type: Accessor['type']): Float64Array {
    const accessor = entry(this.#document.accessors, i, 'accessor');
    if (accessor.type !== type) throw new InputError(`accessor ${i}: type ${accessor.type}, expected ${type}`);
    return readAccessor(accessor, this.#document.bufferViews, this.#buffers, `accessor ${i}`);
  }
}

/**
 * Reads the scene of a glTF 2.0 file, JSON or GLB: triangles of all nodes with their transforms and the base colours of their
 * materials. glTF has y up; RViz and Gazebo leave it as it is, and so does this: a robot's description turns it by its `<origin>`.
 * @param readBeside reads buffers that are files of their own
 * @throws {InputError} in one line when the file is not valid, cut off, or compressed
 */
export async function readGltf(bytes: Uint8Array, readBeside?: ReadBeside): Promise<Mesh> {
  const isGlb = bytes.length >= 12 && new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true) === GLB_MAGIC;
  const { json, binary } = isGlb ? glbChunks(bytes) : { json: bytes, binary: undefined };
  const document = parseDocument(json);
  return new SceneReader(document, await buffersOf(document, binary, readBeside)).read();
}
