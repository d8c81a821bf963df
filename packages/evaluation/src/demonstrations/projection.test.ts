import { SimScene, SoftwareRenderer } from '@praxis/sim';
import { FRONT_CAMERA, TEST_LIGHTING } from '@praxis/sim/testing';
import { describe, expect, it } from 'vitest';
import { projectToImage } from './projection.ts';

const SIZE = 96;

describe('projectToImage', () => {
  it('agrees with the renderer about the position of a point', () => {
    const scene = new SimScene([
      {
        body: 'ball',
        visuals: [{ geometry: { type: 'sphere', radius: 0.02 }, pose: [0, 0, 0, 0, 0, 0, 1], rgba: [1, 1, 1, 1] }],
      },
    ]);
    const renderer = new SoftwareRenderer(SIZE, SIZE);
    const empty = new Uint8Array(SIZE * SIZE * 3);
    renderer.render(new SimScene([]), FRONT_CAMERA, TEST_LIGHTING, empty);
    const image = new Uint8Array(SIZE * SIZE * 3);
    for (const place of [
      [0, 0, 0],
      [0.1, 0.2, 0.1],
      [0.2, -0.15, 0],
      [-0.2, 0.2, 0.05],
      [0.15, -0.2, 0.1],
    ]) {
      scene.setPose('ball', place, [0, 0, 0, 1]);
      renderer.render(scene, FRONT_CAMERA, TEST_LIGHTING, image);
      let [x, y, count] = [0, 0, 0];
      for (let i = 0; i < SIZE * SIZE; i++) {
        if (image[3 * i] === empty[3 * i] && image[3 * i + 2] === empty[3 * i + 2]) continue;
        x += (i % SIZE) + 0.5;
        y += Math.floor(i / SIZE) + 0.5;
        count++;
      }
      const pixel = projectToImage(FRONT_CAMERA, place);
      expect(pixel.visible).toBe(true);
      expect(count).toBeGreaterThan(2);
      expect(Math.abs(pixel.x * SIZE - x / count)).toBeLessThan(0.5);
      expect(Math.abs(pixel.y * SIZE - y / count)).toBeLessThan(0.5);
    }
  });

  it('hides points behind the camera and outside the image', () => {
    const hidden = { x: 0, y: 0, visible: false };
    expect(projectToImage(FRONT_CAMERA, [2.4, 0, 1.9])).toEqual(hidden);
    expect(projectToImage(FRONT_CAMERA, Array.from(FRONT_CAMERA.position))).toEqual(hidden);
    expect(projectToImage(FRONT_CAMERA, [0, 3, 0])).toEqual(hidden);
  });
});
