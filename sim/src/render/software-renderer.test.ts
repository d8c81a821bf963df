import { createHash } from 'node:crypto';
import { InputError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { SimScene } from './sim-scene.ts';
import { SoftwareRenderer } from './software-renderer.ts';
import { FRONT_CAMERA, TEST_LIGHTING, testScene } from './testing/test-scene.ts';
import type { Lighting, PinholeCamera, RenderGeometry } from './types.ts';

/** Optical frame on the world's axes: z forward, x right, y down. tan(fovY / 2) = 1: the image spans -z..z at depth z. */
const VIEW: PinholeCamera = { position: [0, 0, 0], quaternion: [0, 0, 0, 1], fovY: Math.PI / 2, exposure: 1 };
const LIGHT_AHEAD: Lighting = { direction: [0, 0, 1], intensity: 0.5, ambient: 0.3 };
const SIZE = 64;
const RED = [1, 0, 0, 1] as const;
const BLUE = [0, 0, 1, 1] as const;

type Solid = readonly [
  geometry: RenderGeometry,
  x: number,
  y: number,
  z: number,
  rgba: readonly [number, number, number, number],
];

const scene = (...solids: Solid[]): SimScene => {
  const result = new SimScene(
    solids.map(([geometry, , , , rgba], index) => ({
      body: `body${index}`,
      visuals: [{ geometry, pose: [0, 0, 0, 0, 0, 0, 1], rgba }],
    })),
  );
  for (const [index, [, x, y, z]] of solids.entries()) result.setPose(`body${index}`, [x, y, z], [0, 0, 0, 1]);
  return result;
};

const draw = (of: SimScene, view = VIEW, lighting = LIGHT_AHEAD): Uint8Array => {
  const out = new Uint8Array(SIZE * SIZE * 3);
  new SoftwareRenderer(SIZE, SIZE).render(of, view, lighting, out);
  return out;
};

const pixel = (image: Uint8Array, x: number, y: number): number[] => [
  ...image.subarray(3 * (y * SIZE + x), 3 * (y * SIZE + x) + 3),
];
const isRed = ([r, g, b]: number[]): boolean => r > 100 && g === 0 && b === 0;
const isBlue = ([r, g, b]: number[]): boolean => b > 100 && r === 0 && g === 0;

const reds = (image: Uint8Array): [x: number, y: number][] => {
  const found: [number, number][] = [];
  for (let y = 0; y < SIZE; y++) for (let x = 0; x < SIZE; x++) if (isRed(pixel(image, x, y))) found.push([x, y]);
  return found;
};

const cube = (size: number): RenderGeometry => ({ type: 'box', size: [size, size, size] });

describe('SoftwareRenderer', () => {
  it('projects x to the right and y down, as in REP 103', () => {
    // Front face at depth 1: x from 0.25 to 0.5, y from 0.5 to 0.75, a pixel is 2 / 64.
    const found = reds(draw(scene([cube(0.25), 0.375, 0.625, 1.125, RED])));
    const xs = found.map(([x]) => x);
    const ys = found.map(([, y]) => y);
    // The far face, at depth 1.25, begins at x 0.2 and y 0.4, pixels 38.4 and 44.8. Pixels on its edges are only partly red.
    expect([Math.max(...xs), Math.max(...ys)]).toEqual([47, 55]);
    expect([Math.min(...xs), Math.min(...ys)]).toEqual([39, 45]);
    expect(found.length).toBeGreaterThanOrEqual(64);
  });

  it('gives the same image when camera and world move together', () => {
    const ahead = draw(scene([cube(0.2), 0.1, 0, 1, RED]));
    // The camera looks along +x of the world: optical z = x, optical x = -y, optical y = -z.
    const turned: PinholeCamera = { ...VIEW, position: [2, 1, 3], quaternion: [0.5, -0.5, 0.5, -0.5] };
    expect(reds(draw(scene([cube(0.2), 3, 0.9, 3, RED]), turned))).toEqual(reds(ahead));
  });

  it.each([
    ['near first', [0, 1]],
    ['far first', [1, 0]],
  ])('shows the nearer of two bodies, %s', (_, order) => {
    const solids: Solid[] = [
      [cube(0.2), 0, 0, 1, RED],
      [cube(1), 0, 0, 2.5, BLUE],
    ];
    const image = draw(scene(...order.map((index) => solids[index])));
    expect(isRed(pixel(image, 32, 32))).toBe(true);
    expect(isBlue(pixel(image, 38, 38))).toBe(true);
  });

  it('draws nothing behind the camera or beside its view', () => {
    const empty = draw(scene());
    expect(draw(scene([cube(0.5), 0, 0, -1, RED]))).toEqual(empty);
    expect(draw(scene([cube(0.5), 3, 0, 1, RED]))).toEqual(empty);
  });

  it('draws no back faces: a body is invisible from inside', () => {
    expect(draw(scene([cube(2), 0, 0, 0, RED]))).toEqual(draw(scene()));
  });

  it('clips a body that reaches behind the camera', () => {
    // A floor 0.5 below the camera, from 2 behind it to 2 in front of it: its far edge is at y = 0.25 of the view, row 40.
    const image = draw(scene([{ type: 'box', size: [40, 0.2, 4] }, 0, 0.6, 0, RED]));
    const rows = [...Array(SIZE).keys()].filter((y) => isRed(pixel(image, 32, y)));
    expect(rows).toEqual([...Array(24).keys()].map((k) => 40 + k));
    expect(reds(image).length).toBe(24 * SIZE);
  });

  it('has no holes and no seams where triangles meet', () => {
    for (const geometry of [
      { type: 'sphere', radius: 0.4 },
      { type: 'cylinder', radius: 0.3, length: 0.5 },
    ] as const) {
      const image = draw(scene([geometry, 0.1, 0.05, 1, RED]));
      for (let y = 0; y < SIZE; y++) {
        const row = reds(image).filter(([, at]) => at === y);
        const xs = row.map(([x]) => x);
        if (xs.length > 0) expect(Math.max(...xs) - Math.min(...xs) + 1).toBe(xs.length);
      }
    }
  });

  it('draws a mesh of a box like the box', () => {
    const vertices = Float32Array.from({ length: 24 }, (_, i) =>
      (i % 3 === 0 ? (i / 3) & 1 : i % 3 === 1 ? ((i / 3) >> 1) & 1 : ((i / 3) >> 2) & 1) ? 0.2 : -0.2,
    );
    const indices = Uint32Array.of(
      0,
      2,
      3,
      0,
      3,
      1,
      4,
      5,
      7,
      4,
      7,
      6,
      0,
      1,
      5,
      0,
      5,
      4,
      2,
      6,
      7,
      2,
      7,
      3,
      0,
      4,
      6,
      0,
      6,
      2,
      1,
      3,
      7,
      1,
      7,
      5,
    );
    const mesh = draw(scene([{ type: 'mesh', vertices, indices }, 0.3, 0.2, 1, RED]));
    const box = draw(scene([cube(0.4), 0.3, 0.2, 1, RED]));
    expect(mesh.every((byte, index) => Math.abs(byte - box[index]) <= 1)).toBe(true);
  });

  it('antialiases edges: the colour of a partly covered pixel lies between body and background', () => {
    const image = draw(scene([cube(0.4), 0.015, 0, 1, RED]));
    const behind = pixel(draw(scene()), 24, 32);
    const between = [...Array(SIZE).keys()].map((x) => pixel(image, x, 32)).filter(([, g]) => g > 0 && g < behind[1]);
    expect(between.length).toBeGreaterThan(0);
  });

  it('is brighter with a brighter lamp, more ambient light, more exposure, and on surfaces that face the lamp', () => {
    const subject = scene([cube(0.4), 0, 0, 1, [0.3, 0.3, 0.3, 1]]);
    const level = (view: PinholeCamera, lighting: Lighting): number => pixel(draw(subject, view, lighting), 32, 32)[0];
    const base = level(VIEW, LIGHT_AHEAD);
    expect(level(VIEW, { ...LIGHT_AHEAD, intensity: 0.8 })).toBeGreaterThan(base);
    expect(level(VIEW, { ...LIGHT_AHEAD, ambient: 0.5 })).toBeGreaterThan(base);
    expect(level({ ...VIEW, exposure: 1.3 }, LIGHT_AHEAD)).toBeGreaterThan(base);
    expect(level(VIEW, { ...LIGHT_AHEAD, direction: [0, 0, -1] })).toBeLessThan(base);
  });

  it('applies a changed colour', () => {
    const subject = scene([cube(0.4), 0, 0, 1, RED]);
    draw(subject);
    subject.parts[0].mesh.material.color.setRGB(0, 0, 1);
    expect(isBlue(pixel(draw(subject), 32, 32))).toBe(true);
  });

  it('gives the same bytes in every frame and in every engine', () => {
    const renderer = new SoftwareRenderer(96, 96);
    const first = new Uint8Array(96 * 96 * 3);
    const second = new Uint8Array(96 * 96 * 3);
    renderer.render(testScene(), FRONT_CAMERA, TEST_LIGHTING, first);
    renderer.render(scene([cube(1), 0, 0, 1, RED]), VIEW, TEST_LIGHTING, second);
    renderer.render(testScene(), FRONT_CAMERA, TEST_LIGHTING, second);
    expect(second).toEqual(first);
    expect(createHash('sha256').update(first).digest('hex')).toBe(
      '15eccdf6304b75708a21ca3663d10372952d9df72472e3339979f06fb4f46d20',
    );
  });

  it('refuses wrong sizes, wrong buffers and unknown bodies', () => {
    expect(() => new SoftwareRenderer(0, 96)).toThrow(InputError);
    expect(() => new SoftwareRenderer(96, 96).render(scene(), VIEW, LIGHT_AHEAD, new Uint8Array(5))).toThrow('27648');
    expect(() => scene().setPose('missing', [0, 0, 0], [0, 0, 0, 1])).toThrow('missing');
  });
});
