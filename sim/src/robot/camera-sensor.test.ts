import { Random } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { FRONT_CAMERA, TEST_LIGHTING, testScene } from '../render/testing/test-scene.ts';
import { CameraSensor, type CameraSetup } from './camera-sensor.ts';
import { CAMERA_RATE_HZ, IMAGE_SIZE_PX } from './praxis-arm.ts';

const CONTROL_PERIOD_S = 0.002;
const setup: CameraSetup = {
  name: 'front',
  frame: 'camera_front_optical_frame',
  size: [IMAGE_SIZE_PX, IMAGE_SIZE_PX],
  rateHz: CAMERA_RATE_HZ,
  fovY: FRONT_CAMERA.fovY,
  offset: [0, 0, 0],
  tilt: [0, 0, 0],
  exposure: 1,
  delay: 0.035,
  noise: 0,
};
const pose = Float64Array.from([...Array.from(FRONT_CAMERA.position), ...Array.from(FRONT_CAMERA.quaternion)]);

/** Returns the images and exposures of a camera that is sampled at 500 Hz. */
function recordImages(changes: Partial<CameraSetup>, seconds: number, seed = 1) {
  const sensor = new CameraSensor({ ...setup, ...changes }, TEST_LIGHTING, new Random(seed, 'camera'));
  const exposures: number[] = [];
  sensor.onExposure = (_, stamp) => exposures.push(stamp);
  const scene = testScene();
  const images = [];
  for (let k = 1; k * CONTROL_PERIOD_S <= seconds + 1e-9; k++) {
    const image = sensor.sample(k * CONTROL_PERIOD_S, scene, () => pose);
    if (image) images.push({ at: k * CONTROL_PERIOD_S, image });
  }
  return { images, exposures };
}

describe('CameraSensor', () => {
  it('exposes 20 times a second, evenly, and delivers every image once after its delay', () => {
    const { images, exposures } = recordImages({}, 0.998);
    expect(exposures).toHaveLength(CAMERA_RATE_HZ);
    exposures.forEach((stamp, k) => {
      expect(stamp - k / CAMERA_RATE_HZ).toBeGreaterThan(-1e-8);
      expect(stamp - k / CAMERA_RATE_HZ).toBeLessThan(CONTROL_PERIOD_S + 1e-8);
    });
    expect(images.map(({ image }) => image.stamp)).toEqual(exposures.slice(0, images.length));
    expect(exposures.length - images.length).toBeLessThanOrEqual(1);
    for (const { at, image } of images) {
      expect(at - image.stamp).toBeGreaterThanOrEqual(setup.delay - 1e-8);
      expect(at - image.stamp).toBeLessThan(setup.delay + CONTROL_PERIOD_S);
    }
  });

  it('gives 96 x 96 pixels in a new buffer, brighter with a longer exposure', () => {
    const brightness = (exposure: number) => {
      const { images } = recordImages({ exposure }, 0.15);
      expect(images[0].image.value.data).not.toBe(images[1].image.value.data);
      const { width, height, data } = images[0].image.value;
      expect([width, height, data.length]).toEqual([IMAGE_SIZE_PX, IMAGE_SIZE_PX, IMAGE_SIZE_PX * IMAGE_SIZE_PX * 3]);
      return data.reduce((sum, v) => sum + v, 0) / data.length;
    };
    expect(brightness(1.25)).toBeGreaterThan(brightness(0.8) * 1.05);
  });

  it('has noise of its standard deviation, new in each picture and equal for equal seeds; none by itself', () => {
    const pictures = (noise: number, seed = 1) =>
      recordImages({ noise }, 0.1, seed).images.map(({ image }) => image.value.data);
    const [clean, again] = pictures(0);
    expect(again).toEqual(clean);
    const [first, second] = pictures(2);
    expect(second).not.toEqual(first);
    expect(pictures(2)).toEqual([first, second]);
    expect(pictures(2, 2)[0]).not.toEqual(first);
    // Far from black and white nothing is clipped.
    const errors = [...first].map((v, i) => v - clean[i]).filter((_, i) => clean[i] > 20 && clean[i] < 235);
    const mean = errors.reduce((sum, e) => sum + e, 0) / errors.length;
    expect(errors.length).toBeGreaterThan(1000);
    expect(mean).toBeCloseTo(0, 1);
    // Rounding to whole levels adds a variance of 1/12.
    expect(Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length)).toBeCloseTo(Math.sqrt(4 + 1 / 12), 1);
  });

  it('applies the mounting error in the frame of the camera', () => {
    const tilted = { ...setup, offset: [0, 0, 0.01], tilt: [0, 0, 0.02] } as const;
    const view = new CameraSensor(tilted, TEST_LIGHTING, new Random(1)).view(pose);
    const [, , , x, y, z, w] = pose;
    // The optical axis is the frame's z: 2(xz + wy), 2(yz - wx), 1 - 2(xx + yy).
    const axis = [2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)];
    axis.forEach((a, i) => {
      expect(view.position[i]).toBeCloseTo(pose[i] + 0.01 * a, 12);
    });
    const turned = view.quaternion.reduce((sum, q, i) => sum + q * pose[3 + i], 0);
    expect(2 * Math.acos(Math.min(1, Math.abs(turned)))).toBeCloseTo(0.02, 6);
  });
});
