import { SimScene } from '../sim-scene.ts';
import type { BodyVisuals, Lighting, PinholeCamera, RenderVisual } from '../types.ts';

/** Lighting of the test scene: a lamp from above at 45 degrees. */
export const TEST_LIGHTING: Lighting = {
  direction: [-0.4242640687119285, 0.565685424949238, -Math.SQRT1_2],
  intensity: 0.7,
  ambient: 0.4,
};

/** Camera in front of the table that looks back at the origin, 45 degrees down. */
export const FRONT_CAMERA: PinholeCamera = {
  position: [1.2, 0, 0.7],
  quaternion: [0.6532814824381883, 0.6532814824381883, -0.27059805007309856, -0.2705980500730985],
  fovY: 0.9,
  exposure: 1,
};

const at = (x: number, y: number, z: number): RenderVisual['pose'] => [x, y, z, 0, 0, 0, 1];

/** Builds a scene with as many visuals as a task: a table, an arm of 30 primitives in 10 bodies, 2 trays of 5 boxes, 4 objects. */
export function testScene(): SimScene {
  const white = [0.8, 0.8, 0.82, 1] as const;
  const dark = [0.08, 0.08, 0.09, 1] as const;
  const bodies: BodyVisuals[] = [
    {
      body: 'table',
      visuals: [
        { geometry: { type: 'box', size: [1.2, 1.6, 0.05] }, pose: at(0.4, 0, -0.025), rgba: [0.45, 0.36, 0.28, 1] },
      ],
    },
  ];
  for (let link = 0; link < 10; link++) {
    bodies.push({
      body: `link${link}`,
      visuals: [
        { geometry: { type: 'cylinder', radius: 0.055, length: 0.12 }, pose: at(0, 0, 0), rgba: white },
        {
          geometry: { type: 'cylinder', radius: 0.058, length: 0.03 },
          pose: [0, 0, 0.05, Math.SQRT1_2, 0, 0, Math.SQRT1_2],
          rgba: dark,
        },
        { geometry: { type: 'sphere', radius: 0.05 }, pose: at(0, 0, 0.07), rgba: white },
      ],
    });
  }
  for (let index = 0; index < 2; index++) {
    const wall = (x: number, z: number, size: readonly [number, number, number], dy: number): RenderVisual => ({
      geometry: { type: 'box', size },
      pose: at(x, dy, z),
      rgba: index ? [0.1, 0.2, 0.6, 1] : [0.6, 0.1, 0.1, 1],
    });
    bodies.push({
      body: `tray${index}`,
      visuals: [
        wall(0, 0.004, [0.14, 0.14, 0.008], 0),
        wall(0.07, 0.02, [0.006, 0.146, 0.04], 0),
        wall(-0.07, 0.02, [0.006, 0.146, 0.04], 0),
        wall(0, 0.02, [0.14, 0.006, 0.04], 0.07),
        wall(0, 0.02, [0.14, 0.006, 0.04], -0.07),
      ],
    });
  }
  const colours = [
    [0.8, 0.05, 0.05, 1],
    [0.05, 0.6, 0.1, 1],
    [0.05, 0.15, 0.8, 1],
    [0.85, 0.7, 0.05, 1],
  ] as const;
  for (const [index, rgba] of colours.entries()) {
    const geometry =
      index % 2
        ? ({ type: 'cylinder', radius: 0.025, length: 0.05 } as const)
        : ({ type: 'box', size: [0.045, 0.045, 0.045] } as const);
    bodies.push({ body: `object${index}`, visuals: [{ geometry, pose: at(0, 0, 0), rgba }] });
  }
  const scene = new SimScene(bodies);
  for (let link = 0; link < 10; link++) {
    const bend = link / 9;
    const lean = [0, 0.7 * bend, 0, Math.sqrt(1 - 0.49 * bend * bend)];
    scene.setPose(`link${link}`, [0.5 * bend * bend, 0, 0.06 + 0.9 * bend * (1 - 0.6 * bend)], lean);
  }
  scene.setPose('tray0', [0.45, -0.3, 0], [0, 0, 0, 1]);
  scene.setPose('tray1', [0.45, 0.3, 0], [0, 0, 0, 1]);
  for (let index = 0; index < 4; index++)
    scene.setPose(
      `object${index}`,
      [0.6 - 0.05 * index, -0.15 + 0.1 * index, 0.025],
      [0, 0, 0.38268343236508984, 0.9238795325112867],
    );
  return scene;
}
