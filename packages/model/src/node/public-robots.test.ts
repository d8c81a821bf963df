import { expect, it } from 'vitest';
import type { Mesh } from '../meshes/geometry/mesh.ts';
import { meshNames } from '../robot/mesh-files.ts';
import { findDescription, MeshFiles, readDescription } from '../robot/robot-folder.ts';
import { PUBLIC_ROBOTS, requirePublicRobots } from '../testing/public-robots.ts';
import { fileReader } from './open-folder.ts';

/** Lowest and highest corner of a mesh (m). */
function bounds({ positions }: Mesh): number[] {
  const out = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
  positions.forEach((value, i) => {
    out[i % 3] = Math.min(out[i % 3], value);
    out[3 + (i % 3)] = Math.max(out[3 + (i % 3)], value);
  });
  return out;
}

async function open(folder: string, file: string) {
  const read = fileReader(folder);
  const description = await findDescription(read, file);
  const [subfolder] = file.split('/');
  return { model: await readDescription(description), meshes: new MeshFiles(read, subfolder) };
}

it.for<readonly [string, string, number, readonly string[]]>([
  ['so101', PUBLIC_ROBOTS.so101, 13, []],
  ['fr3', PUBLIC_ROBOTS.fr3, 19, ['link0.dae', 'link6.dae', 'link7.dae']],
  ['xarm7', PUBLIC_ROBOTS.xarm7, 8, []],
  ['robotiq', PUBLIC_ROBOTS.robotiq, 18, []],
])('reads all meshes of %s but those that are missing', async ([, file, count, missing], context) => {
  const { model, meshes } = await open(requirePublicRobots(context), file);
  const names = meshNames(model);
  const failed: string[] = [];
  for (const name of names) {
    const mesh = await meshes.mesh(name).catch((error: Error) => {
      expect(error.message).toContain('file not found; looked for ');
      failed.push(name.split('/').at(-1) ?? '');
    });
    if (!mesh) continue;
    const [x, y, z, X, Y, Z] = bounds(mesh);
    expect(Math.max(X - x, Y - y, Z - z), name).toBeLessThan(1);
    expect(Math.max(X - x, Y - y, Z - z), name).toBeGreaterThan(0.01);
  }
  expect(failed).toEqual(missing);
  expect(names).toHaveLength(count);
});

it('places the visuals of a 2F-85 where its collision meshes are', async (context) => {
  const { model, meshes } = await open(requirePublicRobots(context), PUBLIC_ROBOTS.robotiq);
  for (const { name, visuals, collisions } of model.links) {
    const files = [...visuals, ...collisions].flatMap(({ geometry }) =>
      geometry.type === 'mesh' ? [geometry.filename] : [],
    );
    if (files.length < 2) continue;
    const [visual, collision] = [bounds(await meshes.mesh(files[0])), bounds(await meshes.mesh(files[1]))];
    for (const [i, value] of visual.entries()) expect(Math.abs(value - collision[i]), name).toBeLessThan(0.01);
  }
});
