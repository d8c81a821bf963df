import { describe, expect, it } from 'vitest';
import { armUrdf } from '../node.ts';
import { setupOf } from '../robot/setup.ts';
import { drawConditions } from '../tasks/conditions.ts';
import { startPosture } from '../tasks/start-posture.ts';
import { perturbConditions } from './perturb-conditions.ts';
import { PERTURBATION_AXES, type Perturbations } from './perturbation.ts';

const setup = setupOf({ urdf: armUrdf() });
const SEEDS = Array.from({ length: 30 }, (_, k) => 1_000_000 + k);
const perturbed = (perturbations: Perturbations, seed: number) =>
  perturbConditions(drawConditions(seed, setup), perturbations, seed, setup);
const DEGREE_RAD = Math.PI / 180;

describe('perturbed conditions', () => {
  it('are those of the seed without a perturbation, and each axis changes nothing of another one', () => {
    const changedBy = {
      camera: ['cameras'],
      light: ['lighting', 'tablePattern'],
      background: ['lighting', 'table', 'tablePattern'],
      layout: [],
      noise: ['cameras'],
      start: ['start'],
      language: [],
      touch: ['wrench'],
      body: [],
    } as const;
    for (const seed of SEEDS.slice(0, 5)) {
      const drawn = drawConditions(seed, setup);
      expect(perturbed({}, seed)).toEqual(drawn);
      for (const axis of PERTURBATION_AXES) {
        const changed = perturbed({ [axis]: 2 }, seed);
        expect(changed).toEqual(perturbed({ [axis]: 2 }, seed));
        const names = Object.keys(changed).filter(
          (name) =>
            changed[name as keyof typeof changed] !== drawn[name as keyof typeof drawn] &&
            JSON.stringify(changed[name as keyof typeof changed]) !== JSON.stringify(drawn[name as keyof typeof drawn]),
        );
        expect(names.sort(), axis).toEqual([...changedBy[axis]].sort());
      }
    }
  });

  it.each([1, 2] as const)(
    'cameras are off by up to %d times 3 cm, 3 degrees and 5 % of the field of view',
    (level) => {
      const drawn = SEEDS.flatMap((seed) => perturbed({ camera: level }, seed).cameras);
      const offsets = drawn.flatMap(({ offset }) => offset.map(Math.abs));
      const tilts = drawn.flatMap(({ tilt }) => tilt.map(Math.abs));
      const fields = drawn.map(({ fovY }, i) => Math.abs(fovY / setup.cameras[i % setup.cameras.length].fovY - 1));
      for (const [values, limit] of [
        [offsets, 0.03 * level],
        [tilts, 3 * DEGREE_RAD * level],
        [fields, 0.05 * level],
      ] as const) {
        expect(Math.max(...values)).toBeLessThanOrEqual(limit);
        expect(Math.max(...values)).toBeGreaterThan(0.8 * limit);
      }
    },
  );

  it('the arm starts within reach and above the table, farther out at level 2', () => {
    const spread = ([1, 2] as const).map((level) => {
      const starts = SEEDS.map((seed) => perturbed({ start: level }, seed).start!);
      for (const start of starts) {
        expect(startPosture(setup, start)).toBeDefined();
        expect(start[2]).toBeGreaterThan(0.04);
      }
      return Math.max(...starts.map(([, y]) => Math.abs(y)));
    });
    expect(spread[0]).toBeGreaterThan(0.08);
    expect(spread[0]).toBeLessThanOrEqual(0.16);
    expect(spread[1]).toBeGreaterThan(0.16);
  });

  it('the force sensor has three or six times the errors, and at level 2 50 ms more delay', () => {
    for (const level of [1, 2] as const) {
      const before = drawConditions(SEEDS[0], setup).wrench;
      const { noise, bias, drift, delay, saturation } = perturbed({ touch: level }, SEEDS[0]).wrench;
      expect(noise).toEqual(before.noise.map((each) => each * 3 * level));
      expect(bias).toEqual(before.bias.map((each) => each * 3 * level));
      expect(drift).toEqual(before.drift.map((each) => each * 3 * level));
      expect(delay - before.delay).toBeCloseTo(level === 2 ? 0.05 : 0, 12);
      expect(saturation).toEqual(before.saturation);
    }
  });

  it('the lamp shines from above, however far its direction and intensity go', () => {
    for (const seed of SEEDS) {
      const { direction, intensity, ambient, colour } = perturbed({ light: 2 }, seed).lighting;
      expect(direction[2]).toBeLessThan(0);
      expect(Math.hypot(...direction)).toBeCloseTo(1, 12);
      expect(Math.min(intensity, ambient)).toBeGreaterThan(0);
      for (const factor of colour!) expect(Math.abs(factor - 1)).toBeLessThanOrEqual(0.25);
    }
  });
});
