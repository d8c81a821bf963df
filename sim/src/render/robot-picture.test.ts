import { MeshFiles, parseUrdf, readMeshes, withReadMeshes } from '@praxis/model';
import { expect, it } from 'vitest';
import { modelVisuals } from './model-visuals.ts';
import { pictureOf } from './robot-picture.ts';

const MTL = 'newmtl blue\nKd 0 0 1\n';
const OBJ = `mtllib a.mtl\nusemtl blue\nv -10 -10 0\nv 10 -10 0\nv 0 10 0\nv 0 0 20\nf 1 3 2\nf 1 2 4\nf 2 3 4\nf 3 1 4\n`;
const model = parseUrdf(`<robot name="r">
  <link name="base"><visual><geometry><box size="0.2 0.2 0.1"/></geometry><material name="red"><color rgba="1 0 0 1"/></material></visual></link>
  <link name="tip"><visual><geometry><mesh filename="tip.obj" scale="-0.01 0.01 0.01"/></geometry></visual>
    <visual><geometry><mesh filename="gone.stl"/></geometry></visual></link>
  <joint name="j" type="revolute"><parent link="base"/><child link="tip"/><origin xyz="0 0 0.1"/><axis xyz="1 0 0"/>
    <limit lower="-3" upper="3" effort="1" velocity="1"/></joint></robot>`);
const texts: Readonly<Record<string, string>> = { 'tip.obj': OBJ, 'a.mtl': MTL };
const files = new MeshFiles(
  async (path) => (Object.hasOwn(texts, path) ? new TextEncoder().encode(texts[path]) : undefined),
  '.',
);

/** Mean row and column of the pixels in which a channel stands out, and their number. */
function seen(rgb: Uint8Array, width: number, channel: number) {
  let [count, rows, columns] = [0, 0, 0];
  for (let i = 0; i < rgb.length; i += 3) {
    const others = [0, 1, 2].filter((k) => k !== channel).map((k) => rgb[i + k]);
    if (rgb[i + channel] < 40 || rgb[i + channel] < 2 * Math.max(...others)) continue;
    count++;
    rows += Math.floor(i / 3 / width);
    columns += (i / 3) % width;
  }
  return { count, row: rows / count, column: columns / count };
}

it('shows all links with their colours, where the joints bring them, and says which mesh is missing', async () => {
  const { meshes, problems } = await readMeshes(model, files);
  expect(problems).toEqual([
    { mesh: 'gone.stl', message: 'mesh gone.stl: file not found; looked for gone.stl', collides: [], shows: ['tip'] },
  ]);
  expect(() => modelVisuals(model, meshes)).toThrow('mesh "gone.stl": its triangles are not loaded');
  const visuals = modelVisuals(withReadMeshes(model, meshes), meshes);
  const at = (j: number) => {
    const { rgb, width, height } = pictureOf(model, visuals, { j }, [120, 120]);
    expect(rgb).toHaveLength(3 * width * height);
    return { red: seen(rgb, width, 0), blue: seen(rgb, width, 2) };
  };
  const up = at(0);
  expect(up.red.count).toBeGreaterThan(300);
  expect(up.blue.count).toBeGreaterThan(300);
  // The blue tip is above the red base; it turns about x, to the right and to the left as seen from the front.
  expect(up.blue.row).toBeLessThan(up.red.row - 10);
  const aside = (j: number) => {
    const { blue, red } = at(j);
    return blue.column - red.column;
  };
  expect(aside(-1.5)).toBeGreaterThan(3);
  expect(aside(1.5)).toBeLessThan(-3);
});
