import { describe, expect, it } from 'vitest';
import { TRAYS } from '../testing/scene.ts';
import { type CameraView, projectPoint } from './camera-view.ts';
import { findThings, type Sighting } from './find-things.ts';

const down = [1, 0, 0, 0];
const CAMERAS: readonly CameraView[] = [
  { name: 'front', pose: [0.5, 0, 0.9, ...down], fovY: 0.9, aspect: 1 },
  { name: 'wrist', pose: [0.45, 0.05, 0.3, ...down], fovY: 1.2, aspect: 1 },
];
const options = { places: TRAYS };

/** What a camera sees of a thing that is called by the words with a probability. */
function sighting(
  camera: string,
  [x, y, z = 0.02]: readonly number[],
  [colour, shape]: readonly [string, string],
  { confidence = 0.9, certainty = 0.8 } = {},
): Sighting {
  const point = projectPoint(CAMERAS.find(({ name }) => name === camera)!, [x, y, z])!;
  const group = (words: readonly string[], word: string) =>
    Object.fromEntries(words.map((each) => [each, each === word ? certainty : (1 - certainty) / (words.length - 1)]));
  const words = [group(['red', 'blue'], colour), group(['cube', 'brick'], shape)];
  return { camera, ...point, confidence, words };
}

describe('findThings', () => {
  it('places a thing where it lies, half a thing above table or tray', () => {
    const seen = [
      sighting('front', [0.42, 0.08], ['red', 'cube']),
      sighting('front', [0.49, 0.25, 0.03], ['blue', 'brick']),
    ];
    const found = findThings(seen, CAMERAS, options);
    expect(found).toMatchObject([
      { name: 'blue brick', words: ['blue', 'brick'], on: 'left tray', confidence: 0.9 },
      { name: 'red cube' },
    ]);
    expect(found[0].position).toEqual([expect.closeTo(0.49, 9), expect.closeTo(0.25, 9), 0.03]);
    expect(found[1].position).toEqual([expect.closeTo(0.42, 9), expect.closeTo(0.08, 9), 0.02]);
    expect(found[1].on).toBeUndefined();
  });

  it('makes one thing of what two cameras see at one place, and is more certain of it', () => {
    const seen = [
      sighting('front', [0.46, 0.0], ['red', 'cube'], { confidence: 0.8 }),
      sighting('wrist', [0.44, 0.01], ['red', 'cube'], { confidence: 0.9 }),
    ];
    const [thing, ...more] = findThings(seen, CAMERAS, options);
    expect(more).toEqual([]);
    expect(thing.confidence).toBeCloseTo(0.98, 9);
    // The nearer camera counts more.
    expect(Math.abs(thing.position[0] - 0.44)).toBeLessThan(0.005);
  });

  it('tells the words that the pictures leave open, and none of a thing that is sure', () => {
    const [unsure, sure] = [0.7, 0.999].map(
      (certainty) => findThings([sighting('front', [0.44, 0.0], ['red', 'cube'], { certainty })], CAMERAS, options)[0],
    );
    expect(unsure.alternatives).toEqual(['blue', 'brick']);
    expect(sure.alternatives).toBeUndefined();
  });

  it('calls a thing by the words that both cameras together find likeliest', () => {
    const seen = [
      sighting('front', [0.44, 0.0], ['red', 'brick'], { certainty: 0.6 }),
      sighting('wrist', [0.44, 0.0], ['red', 'cube'], { certainty: 0.9 }),
    ];
    expect(findThings(seen, CAMERAS, options).map(({ name }) => name)).toEqual(['red cube']);
  });

  it('keeps the most confident of several sightings of one camera at one place', () => {
    const seen = [
      sighting('front', [0.44, 0.0], ['red', 'cube'], { confidence: 0.6 }),
      sighting('front', [0.45, 0.01], ['blue', 'brick'], { confidence: 0.7 }),
    ];
    expect(findThings(seen, CAMERAS, options).map(({ name }) => name)).toEqual(['blue brick']);
  });

  it('numbers things that look alike from left to right', () => {
    const seen = [-0.1, 0.1, 0].map((y) => sighting('front', [0.44, y], ['red', 'cube']));
    const found = findThings(seen, CAMERAS, options);
    expect(found.map(({ name, position: [, y] }) => [name, Math.round(10 * y)])).toEqual([
      ['red cube 1', 1],
      ['red cube 2', 0],
      ['red cube 3', -1],
    ]);
  });

  it('leaves out what the fingers hold, what lies out of reach, and what no known camera saw', () => {
    const held = [0.44, 0.02, 0.25] as const;
    const seen = [
      sighting('front', held, ['red', 'cube']),
      sighting('front', [0.7, -0.1], ['red', 'brick']),
      { ...sighting('front', [0.4, -0.1], ['blue', 'brick']), camera: 'rear' },
      sighting('front', [0.4, -0.1], ['blue', 'cube']),
    ];
    const area = { x: [0.3, 0.65], y: [-0.4, 0.4] } as const;
    const found = findThings(seen, CAMERAS, { ...options, held, area });
    expect(found.map(({ name }) => name)).toEqual(['blue cube']);
  });
});
