import { readFileSync } from 'node:fs';
import { InputError } from '@praxis/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { ContactForces } from '../episode/contact-forces.ts';
import { loadMujoco, type Mujoco, World } from '../mujoco/world.ts';
import { armModel } from '../robot/arm.ts';
import { sceneMjcf } from './scene.ts';
import { type PartSlide, partElement, partVisuals, type ScenePart } from './scene-part.ts';

const arm = armModel(readFileSync(new URL('../../../urdf/praxis_arm.urdf', import.meta.url), 'utf8'));
const GREY = [0.5, 0.5, 0.5, 1] as const;
const UPRIGHT = [0, 0, 0, 1] as const;
const cube = { geometry: { type: 'box', size: [0.04, 0.04, 0.04] }, rgba: GREY } as const;

/** A part on a slide along x, high above the table. */
const slider = (slide: Partial<PartSlide>, more: Partial<ScenePart> = {}): ScenePart => ({
  name: 'slider',
  pose: [0.5, 0.3, 0.5, ...UPRIGHT],
  shapes: [cube],
  mass: 0.5,
  motion: { axis: [1, 0, 0], range: [-0.05, 0.05], damping: 2, ...slide },
  ...more,
});

let mujoco: Mujoco;
beforeAll(async () => {
  mujoco = await loadMujoco();
});

/** Runs a scene of parts; `force` pushes the slider (N). Returns the world and the slider's position after a second (m). */
function run(parts: readonly ScenePart[], force = 0) {
  const world = new World(mujoco, sceneMjcf(arm, [], undefined, parts));
  const slide = parts.some(({ motion }) => typeof motion === 'object') ? world.joint('slider') : undefined;
  if (slide) {
    world.beforeStep = () => {
      world.view('qfrc_applied')[slide.qvel] = force;
    };
  }
  for (let k = 0; k < 500; k++) world.step();
  return { world, position: slide ? world.view('qpos')[slide.qpos] : 0 };
}

describe('a sliding part', () => {
  it('rests where its spring and the force on it balance', () => {
    const { position } = run([slider({ spring: { stiffness: 200, rest: 0.01 }, damping: 20 })], 4);
    expect(position).toBeCloseTo(0.01 + 4 / 200, 4);
  });

  it('stays where it is below its dry friction, and moves above it', () => {
    expect(Math.abs(run([slider({ friction: 3 })], 2).position)).toBeLessThan(1e-3);
    expect(run([slider({ friction: 3 })], 4).position).toBeGreaterThan(0.04);
  });

  it('keeps its range within 0.1 mm against 20 N, also a light one', () => {
    for (const mass of [0.02, 0.5]) {
      const part = slider({ armature: 0.03, damping: 8 }, { mass });
      expect(Math.abs(run([part], 20).position - 0.05)).toBeLessThan(1e-4);
      expect(Math.abs(run([part], -20).position + 0.05)).toBeLessThan(1e-4);
    }
  });

  it('is stopped by a fixed part, unless it passes it', () => {
    const wall: ScenePart = { name: 'wall', pose: [0.53, 0.3, 0.5, ...UPRIGHT], shapes: [cube], motion: 'fixed' };
    const away = { ...wall, pose: [0.55, 0.3, 0.5, ...UPRIGHT] as const };
    expect(run([slider({}), away], 4).position).toBeLessThan(0.0115);
    expect(run([slider({}, { passes: ['wall'] }), wall], 4).position).toBeGreaterThan(0.04);
    const seen = { ...away, shapes: [{ ...cube, collides: false }] };
    expect(run([slider({}), seen], 4).position).toBeGreaterThan(0.04);
  });
});

describe('a free part of several shapes', () => {
  const peg: ScenePart = {
    name: 'peg',
    pose: [0.5, 0.3, 0.03, ...UPRIGHT],
    mass: 0.3,
    motion: 'free',
    shapes: [cube, { ...cube, pose: [0, 0, 0.04, ...UPRIGHT] }],
  };

  it('lies on the table with its weight', () => {
    const { world } = run([peg]);
    const [x, y, z] = new ContactForces(world, arm).between('table', 'peg');
    expect(z).toBeCloseTo(0.3 * 9.81, 1);
    expect(Math.hypot(x, y)).toBeLessThan(0.05);
    const up = new ContactForces(world, arm).between('peg', 'any');
    expect(up[2]).toBeCloseTo(-0.3 * 9.81, 1);
    expect(world.view('xpos')[3 * world.body('peg') + 2]).toBeCloseTo(0.02, 3);
  });

  it('touches no hand that is far away', () => {
    expect(new ContactForces(run([peg]).world, arm).between('peg', 'tool')).toEqual([0, 0, 0]);
  });

  it('is drawn with all of its shapes', () => {
    expect(partVisuals(peg)).toMatchObject({
      body: 'peg',
      visuals: [{ rgba: GREY }, { pose: [0, 0, 0.04, ...UPRIGHT] }],
    });
  });
});

describe('a part that cannot move as it says', () => {
  it.each([
    ['without mass', slider({}, { mass: 0 }), 'part slider: it moves and has 0 kg, expected more than 0'],
    [
      'without a shape that collides',
      slider({}, { shapes: [{ ...cube, collides: false }] }),
      'part slider: it moves and has no shape that collides',
    ],
  ])('is refused %s', (_, part, message) => {
    expect(() => partElement(part)).toThrow(new InputError(message));
  });
});
