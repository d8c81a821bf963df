import { InputError } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mesh } from './geometry/mesh.ts';
import { readMesh } from './read-mesh.ts';
import { asciiStl, binaryStl, CUBE, collada, glb } from './testing/writers.ts';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

/** Corners of all triangles, 9 numbers each. */
const cornersOf = ({ positions, indices }: Mesh): number[] =>
  [...indices].flatMap((vertex) => [...positions.subarray(3 * vertex, 3 * vertex + 3)]);

/** Volume inside a closed mesh: positive if its triangles face outside. */
function volumeOf(mesh: Mesh): number {
  const c = cornersOf(mesh);
  let six = 0;
  for (let i = 0; i < c.length; i += 9) {
    const [ax, ay, az, bx, by, bz, cx, cy, cz] = c.slice(i, i + 9);
    six += ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  }
  return six / 6;
}

function expectClose(values: readonly number[], expected: readonly number[]): void {
  for (const [i, value] of values.entries()) expect(value).toBeCloseTo(expected[i], 6);
}

const triangles = fc
  .array(fc.array(fc.float({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 9, maxLength: 9 }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((list) => list.flat().map((value) => value + 0));

describe('readMesh', () => {
  it.each([
    ['cube.stl', binaryStl(CUBE)],
    ['cube.STL', binaryStl(CUBE, 'solid, but binary')],
    ['cube.stl', asciiStl(CUBE)],
    ['cube.glb', glb(CUBE)],
  ])('reads a closed cube of volume 8 from %s', async (name, bytes) => {
    const mesh = await readMesh(bytes, name);
    expect(mesh.indices).toHaveLength(36);
    expect(mesh.parts).toEqual([{ start: 0, count: 36, rgba: undefined }]);
    expect(volumeOf(mesh)).toBeCloseTo(8, 12);
  });

  it('merges the vertices that STL repeats', async () => {
    expect((await readMesh(binaryStl(CUBE), 'cube.stl')).positions).toHaveLength(3 * 8);
  });

  it.each([
    ['binary STL', 'a.stl', binaryStl],
    ['ASCII STL', 'a.stl', asciiStl],
    ['GLB', 'a.glb', (corners: readonly number[]) => glb(corners)],
  ] as const)('%s keeps every corner of any triangles, in order', async (_, name, write) => {
    await fc.assert(
      fc.asyncProperty(triangles, async (corners) => {
        expect(cornersOf(await readMesh(write(corners), name))).toEqual(corners);
      }),
    );
  });

  it('refuses any broken file with an InputError', async () => {
    const files = [binaryStl(CUBE), asciiStl(CUBE), glb(CUBE), collada({}), text('v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3')];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.constantFrom('a.stl', 'a.obj', 'a.dae', 'a.glb', 'a.gltf'),
        fc.nat(),
        fc.option(fc.tuple(fc.nat(), fc.nat(255))),
        async (file, name, length, change) => {
          const bytes = file.slice(0, length % (file.length + 1));
          if (change && bytes.length > 0) bytes[change[0] % bytes.length] = change[1];
          try {
            const mesh = await readMesh(bytes, name);
            expect(mesh.positions.every(Number.isFinite)).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
            expect((error as Error).message).toMatch(/^mesh a\.[^\n]*$/);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each([
    [
      'a.stl',
      text('version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 4\n'),
      'this is a Git LFS pointer, not the file itself: run git lfs pull',
    ],
    ['a.ply', text('ply'), 'format "ply" is not supported, expected stl, obj, dae, gltf or glb'],
    ['a.stl', binaryStl(CUBE).slice(0, 600), 'cut off or not an STL: 600 bytes, expected 684 for 12 triangles'],
    ['a.stl', binaryStl([]), 'the file has no triangles'],
    ['a.obj', text('v 0 0 x'), 'line 1: v 0 0 x: expected 3 finite numbers'],
    ['a.obj', text('v 0 0 0\nf 1 2 3'), 'line 2: corner 2: expected one of the 1 vertices above'],
    ['a.dae', text('<robot/>'), 'not COLLADA: the top element is <robot>'],
    ['a.gltf', text('{"asset": {"version": "1.0"}}'), 'glTF version 1.0: expected 2.0'],
    [
      'a.gltf',
      text('{"asset": {"version": "2.0"}, "extensionsRequired": ["KHR_draco_mesh_compression"]}'),
      'glTF needs KHR_draco_mesh_compression: not supported, expected a file without them',
    ],
  ])('says in one line what is wrong with %s', async (name, bytes, line) => {
    await expect(readMesh(bytes, name)).rejects.toThrow(new InputError(`mesh ${name}: ${line}`));
  });
});

describe('OBJ', () => {
  const QUAD = 'mtllib a.mtl\nv 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nusemtl red\nf 1/1/1 2 3 -1\nusemtl none\nf 1 3 4\n';

  it('splits polygons, counts back from the end, and keeps the colours of materials apart', async () => {
    const mtl = text('newmtl red\nKd 1 0 0\nd 0.5\n');
    const mesh = await readMesh(text(QUAD), 'a.obj', async (path) => (path === 'a.mtl' ? mtl : undefined));
    expect(cornersOf(mesh)).toEqual([
      ...[0, 0, 0, 1, 0, 0, 1, 1, 0],
      ...[0, 0, 0, 1, 1, 0, 0, 1, 0],
      ...[0, 0, 0, 1, 1, 0, 0, 1, 0],
    ]);
    expect(mesh.parts).toEqual([
      { start: 0, count: 6, rgba: [1, 0, 0, 0.5] },
      { start: 6, count: 3, rgba: undefined },
    ]);
  });

  it('does without a material library that is not there', async () => {
    const mesh = await readMesh(text(QUAD), 'a.obj', async () => undefined);
    expect(mesh.parts.map(({ rgba }) => rgba)).toEqual([undefined, undefined]);
  });
});

describe('COLLADA', () => {
  const read = (options: Parameters<typeof collada>[0]) => readMesh(collada(options), 'a.dae');

  it('reads polygons and triangles with the colours that the instance binds', async () => {
    const mesh = await read({});
    expect(cornersOf(mesh)).toEqual([
      ...[0, 0, 0, 1, 0, 0, 1, 1, 0],
      ...[0, 0, 0, 1, 1, 0, 0, 1, 0],
      ...[0, 0, 0, 1, 0, 0, 0, 0, 1],
    ]);
    expect(mesh.parts).toEqual([
      { start: 0, count: 6, rgba: [1, 0, 0, 0.5] },
      { start: 6, count: 3, rgba: [0, 0, 1, 1] },
    ]);
  });

  it('applies unit, up axis and the transforms of nodes in their order', async () => {
    const node = '<translate>0 0 2</translate><rotate>0 0 1 90</rotate><scale>3 1 1</scale>';
    const corner = (mesh: Mesh, k: number) => cornersOf(mesh).slice(3 * k, 3 * k + 3);
    // The vertex 1 0 0: scaled, turned about z, moved up.
    const plain = await read({ node, asset: '<unit meter="0.01"/><up_axis>Z_UP</up_axis>' });
    expectClose(corner(plain, 1), [0, 0.03, 0.02]);
    const yUp = await read({ node, asset: '<up_axis>Y_UP</up_axis>' });
    expectClose(corner(yUp, 1), [0, -2, 3]);
    const xUp = await read({ node, asset: '<up_axis>X_UP</up_axis>' });
    expectClose(corner(xUp, 1), [-3, -2, 0]);
  });

  it('turns triangles round where a node mirrors them', async () => {
    const order = (mesh: Mesh) => cornersOf(mesh).slice(0, 9);
    expect(order(await read({ node: '<scale>-1 1 1</scale>' }))).toEqual([0, 0, 0, -1, 1, 0, -1, 0, 0]);
    expect(order(await read({ node: '<scale>-1 -1 1</scale>' }))).toEqual([0, 0, 0, -1, 0, 0, -1, -1, 0]);
  });

  it('names what it cannot read', async () => {
    await expect(read({ node: '<skew>1</skew>' })).rejects.toThrow(
      'mesh a.dae: <skew>: this transform is not supported',
    );
    await expect(read({ positions: '0 0 0' })).rejects.toThrow(
      'mesh a.dae: <source> "p": 3 numbers, expected 5 vertices of 3 from 0 on',
    );
    await expect(read({ node: '<matrix>1 2</matrix>' })).rejects.toThrow(
      'mesh a.dae: <matrix>: 2 numbers, expected 16',
    );
  });
});

describe('glTF', () => {
  it('applies matrices column by column, and the base colour', async () => {
    const material = { pbrMetallicRoughness: { baseColorFactor: [0.1, 0.2, 0.3, 1] } };
    const matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 5, 6, 7, 1];
    const mesh = await readMesh(glb([0, 0, 0, 1, 0, 0, 0, 1, 0], { matrix }, material), 'a.glb');
    expect(cornersOf(mesh)).toEqual([5, 6, 7, 6, 6, 7, 5, 7, 7]);
    expect(mesh.parts[0].rgba).toEqual([0.1, 0.2, 0.3, 1]);
  });

  it('keeps the volume of a cube under any rotation, translation and mirroring scale', async () => {
    const size = fc.double({ min: 0.1, max: 3, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(size, size, size),
        fc.boolean(),
        fc.tuple(size, size, size),
        async (scale, mirror, t) => {
          const node = {
            scale: [mirror ? -scale[0] : scale[0], scale[1], scale[2]],
            rotation: [0.5, 0.5, -0.5, 0.5],
            translation: t,
          };
          const mesh = await readMesh(glb(CUBE, node), 'a.glb');
          expect(volumeOf(mesh) / (8 * scale[0] * scale[1] * scale[2])).toBeCloseTo(1, 4);
        },
      ),
    );
  });

  it('reads a buffer beside the file and one inside it', async () => {
    const data = new Uint8Array(Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0).buffer);
    const gltf = (uri: string) =>
      text(
        JSON.stringify({
          asset: { version: '2.0' },
          nodes: [{ mesh: 0 }],
          meshes: [{ primitives: [{ attributes: { POSITION: 0 } }] }],
          accessors: [{ bufferView: 0, componentType: 5126, count: 3, type: 'VEC3' }],
          bufferViews: [{ buffer: 0, byteLength: 36 }],
          buffers: [{ uri, byteLength: 36 }],
        }),
      );
    const inside = `data:application/octet-stream;base64,${btoa(String.fromCharCode(...data))}`;
    expect((await readMesh(gltf(inside), 'a.gltf')).indices).toHaveLength(3);
    const beside = await readMesh(gltf('my%20part.bin'), 'a.gltf', async (path) =>
      path === 'my part.bin' ? data : undefined,
    );
    expect(beside.indices).toHaveLength(3);
    await expect(readMesh(gltf('part.bin'), 'a.gltf')).rejects.toThrow(
      'mesh a.gltf: buffer 0 (part.bin): is not there',
    );
  });
});
