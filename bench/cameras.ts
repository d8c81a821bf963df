import { SoftwareRenderer } from '../sim/src/render/software-renderer.ts';
import { FRONT_CAMERA, TEST_LIGHTING, testScene } from '../sim/src/render/testing/test-scene.ts';

/** Baseline: largest CPU time of both images (ms). */
const MAX_RENDER_TIME_MS = 5;

/** Measures the CPU time of rendering both camera images of a policy: 96 x 96, antialiased, 45 visuals, against a fixed limit. */
export default async function cameras(): Promise<{
  unit: string;
  ours: number;
  baseline: number;
  ratio: number;
  target: string;
  ours_ms: number;
  limit_ms: number;
  vga_ms: number;
  visuals: number;
}> {
  const scene = testScene();
  const near = { ...FRONT_CAMERA, position: [0.9, 0, 0.4] };
  const small = new SoftwareRenderer(96, 96);
  const image = new Uint8Array(96 * 96 * 3);
  const pair = measure(200, () => {
    small.render(scene, FRONT_CAMERA, TEST_LIGHTING, image);
    small.render(scene, near, TEST_LIGHTING, image);
  });
  const large = new SoftwareRenderer(640, 480);
  const vga = new Uint8Array(640 * 480 * 3);
  const single = measure(20, () => large.render(scene, FRONT_CAMERA, TEST_LIGHTING, vga));
  return {
    unit: 'CPU ms for two 96 x 96 images',
    ours: pair,
    baseline: MAX_RENDER_TIME_MS,
    ratio: pair / MAX_RENDER_TIME_MS,
    target: 'at most 1',
    ours_ms: pair,
    limit_ms: MAX_RENDER_TIME_MS,
    vga_ms: single,
    visuals: scene.parts.length,
  };
}

/** Measures the mean CPU time of a call on all threads (ms), after the same number of warm-up calls. */
function measure(calls: number, call: () => void): number {
  for (let k = 0; k < calls; k++) call();
  const before = process.cpuUsage();
  for (let k = 0; k < calls; k++) call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / calls;
}
