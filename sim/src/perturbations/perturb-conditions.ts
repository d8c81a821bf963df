import { InputError, Random } from '@praxis/core';
import type { CameraSetup } from '../robot/camera-sensor.ts';
import type { RobotSetup } from '../robot/setup.ts';
import { taskAreaOf } from '../tasks/area.ts';
import { type Conditions, DEGREE_RAD, downwards, LIGHT_RANGES } from '../tasks/conditions.ts';
import { startPosture } from '../tasks/start-posture.ts';
import type { PerturbationLevel, Perturbations } from './perturbation.ts';
import { drawColour, drawTablePattern, drawTableShadow } from './table-pattern.ts';

/** Largest errors of the cameras at level 1: position (m), orientation (rad), share of the field of view. Level 2 has twice as much. */
const CAMERA = { offset: 0.03, tilt: 3 * DEGREE_RAD, fovY: 0.05 } as const;
/** Standard deviation of the noise (grey levels), blur (pixels) and JPEG quality at both levels. */
const PICTURE = [
  { noise: 4, blur: 1, jpegQuality: 70 },
  { noise: 10, blur: 2, jpegQuality: 40 },
] as const;
/** Largest change of each colour of the light at both levels. */
const TINT = [0.1, 0.25] as const;
/** Least intensity of the lamp and of the ambient light, so that something is seen. */
const LEAST_LIGHT = 0.05;
/** More delay of the force sensor at level 2 (s). */
const MORE_TOUCH_DELAY_S = 0.05;
/** Least height of the tool above its least one at the start (m), in an area of scale 1. */
const START_CLEARANCE_M = 0.03;
const MAX_TRIES = 200;

/**
 * Changes the drawn conditions of an episode: cameras, pictures, light, force sensor and start of the arm. Each axis draws from numbers of
 * its own, so that all others stay as they are without it.
 */
export function perturbConditions(
  conditions: Conditions,
  perturbations: Perturbations,
  seed: number,
  setup: RobotSetup,
): Conditions {
  const { camera, light, background, noise, start, touch } = perturbations;
  let changed = conditions;
  if (camera) changed = { ...changed, cameras: misplace(changed.cameras, camera, seed) };
  if (noise) changed = { ...changed, cameras: changed.cameras.map((each) => ({ ...each, ...PICTURE[noise - 1] })) };
  if (background) changed = { ...changed, ...drawBackground(background, changed, seed) };
  if (light) changed = { ...changed, lighting: { ...changed.lighting, ...drawLight(light, seed) } };
  if (light === 2) changed = { ...changed, tablePattern: withShadow(changed, seed) };
  if (touch) changed = { ...changed, wrench: worsen(changed.wrench, touch) };
  if (start && changed.start) changed = { ...changed, start: drawStart(start, seed, setup) };
  return changed;
}

function misplace(cameras: readonly CameraSetup[], level: PerturbationLevel, seed: number): readonly CameraSetup[] {
  const random = new Random(seed, 'perturbed cameras');
  const three = (limit: number): [number, number, number] => {
    const spread = () => random.uniform(-limit * level, limit * level);
    return [spread(), spread(), spread()];
  };
  return cameras.map((each) => ({
    ...each,
    offset: three(CAMERA.offset),
    tilt: three(CAMERA.tilt),
    fovY: each.fovY * (1 + random.uniform(-CAMERA.fovY * level, CAMERA.fovY * level)),
  }));
}

/** Draws from a range that is made wider about its middle. */
function drawWider(random: Random, [lower, upper]: readonly [number, number], times: number): number {
  const [middle, half] = [(lower + upper) / 2, (times * (upper - lower)) / 2];
  return random.uniform(middle - half, middle + half);
}

/** Draws direction, intensities and colour of the light. */
function drawLight(level: PerturbationLevel, seed: number) {
  const random = new Random(seed, 'perturbed light');
  const times = 2 * level;
  const { slope, intensity, ambient } = LIGHT_RANGES;
  const [x, y] = [drawWider(random, slope, times), drawWider(random, slope, times)];
  const tint = () => 1 + random.uniform(-TINT[level - 1], TINT[level - 1]);
  return {
    direction: downwards(x, y),
    intensity: Math.max(LEAST_LIGHT, drawWider(random, intensity, times)),
    ambient: Math.max(LEAST_LIGHT, drawWider(random, ambient, times)),
    colour: [tint(), tint(), tint()] as const,
  };
}

function withShadow({ table: [r, g, b], tablePattern = [] }: Conditions, seed: number): Conditions['tablePattern'] {
  return [...tablePattern, ...drawTableShadow(new Random(seed, 'perturbed shadow'), [r, g, b])];
}

function drawBackground(level: PerturbationLevel, { lighting }: Conditions, seed: number): Partial<Conditions> {
  const random = new Random(seed, 'perturbed background');
  const table = drawColour(random);
  return {
    lighting: { ...lighting, background: drawColour(random) },
    table: [...table, 1],
    ...(level === 2 ? { tablePattern: drawTablePattern(random) } : {}),
  };
}

function worsen(wrench: Conditions['wrench'], level: PerturbationLevel): Conditions['wrench'] {
  const times = 3 * level;
  return {
    ...wrench,
    noise: [wrench.noise[0] * times, wrench.noise[1] * times],
    bias: wrench.bias.map((each) => each * times),
    drift: wrench.drift.map((each) => each * times),
    delay: wrench.delay + (level === 2 ? MORE_TOUCH_DELAY_S : 0),
  };
}

/** Draws where the tool starts, in the trained range made wider about its middle, above the table and within reach. */
function drawStart(level: PerturbationLevel, seed: number, setup: RobotSetup): readonly [number, number, number] {
  const random = new Random(seed, 'perturbed start');
  const { start, minimumHeight, scale } = taskAreaOf(setup);
  const lowest = minimumHeight + START_CLEARANCE_M * scale;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const [x, y, z] = start.map((range) => drawWider(random, range, 2 * level));
    const place = [x, y, Math.max(z, lowest)] as const;
    if (startPosture(setup, place)) return place;
  }
  throw new InputError(
    `robot ${setup.name}: no start within reach in ${MAX_TRIES} draws from ${2 * level} times the trained range`,
  );
}
