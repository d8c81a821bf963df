import { readFileSync } from 'node:fs';
import { Random } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { buildScene } from '../../episode/scene.ts';
import { armModel } from '../../robot/arm.ts';
import { drawConditions } from '../../tasks/conditions.ts';
import { pick } from '../../tasks/pick.ts';
import { PADDED_CART } from './impact.ts';
import { Impactor } from './impactor.ts';
import { IMPACTOR_DRIVE, IMPACTOR_SPRING, IMPACTOR_TIP_BODY } from './impactor-mjcf.ts';
import { struckBody } from './struck-body.ts';

const ARM = armModel(readFileSync(new URL('../../../../urdf/praxis_arm.urdf', import.meta.url), 'utf8'));

/** Builds a scene in which the arm holds its pose without commands. */
async function standingArm() {
  const instance = pick.draw({ seed: 5, wordings: 'train', swap: false });
  const { world } = await buildScene(ARM, instance, drawConditions(5, ARM), 5, { impact: PADDED_CART });
  const impactor = new Impactor(world, PADDED_CART, struckBody(ARM)!);
  const run = (seconds: number) => {
    for (let i = Math.round(seconds / world.timestep); i > 0; i--) {
      world.step();
      impactor.advance(world.timestep);
    }
  };
  return { world, impactor, run };
}

describe('Impactor', () => {
  it('stays out of view and touches nothing before the launch', async () => {
    const { world, impactor, run } = await standingArm();
    run(0.5);
    expect(impactor.peakForce).toBe(0);
    expect(world.view('xpos')[3 * world.body(IMPACTOR_TIP_BODY) + 2]).toBeLessThan(-2);
    world.close();
  });

  it('moves against the motion of the hand, presses with the force of its spring, and stops after the contact', async () => {
    const { world, impactor, run } = await standingArm();
    const hand = 3 * world.body('hand');
    impactor.launch([0.3, 0, 0], new Random(1, 'strike'));
    run(0.02);
    const tip = 3 * world.body(IMPACTOR_TIP_BODY);
    expect(world.view('xpos')[tip]).toBeGreaterThan(world.view('xpos')[hand] + 0.05);
    expect(impactor.peakForce).toBe(0);
    run(1);
    const [spring, drive] = [IMPACTOR_SPRING, IMPACTOR_DRIVE].map((name) => world.joint(name));
    const compression = -world.view('qpos')[spring.qpos];
    const force = Math.abs(world.view('qfrc_constraint')[spring.qvel]);
    // Against an arm at rest the drive covers the gap and the distance of its reaction and stop times.
    expect(force).toBeCloseTo(PADDED_CART.stiffness * compression, 0);
    expect(force).toBeGreaterThan(80);
    expect(force).toBeLessThan(PADDED_CART.maxForce);
    expect(impactor.peakForce).toBeGreaterThanOrEqual(force);
    expect(Math.abs(world.view('qvel')[drive.qvel])).toBeLessThan(0.005);
    world.close();
  });

  it('comes from a random side when the hand moves vertically', async () => {
    const places: number[][] = [];
    for (const seed of [1, 2]) {
      const { world, impactor, run } = await standingArm();
      impactor.launch([0, 0, -0.2], new Random(seed, 'strike'));
      run(0.004);
      const tip = 3 * world.body(IMPACTOR_TIP_BODY);
      places.push([...world.view('xpos').slice(tip, tip + 3)]);
      world.close();
    }
    expect(Math.hypot(places[0][0] - places[1][0], places[0][1] - places[1][1])).toBeGreaterThan(0.01);
    expect(places[0][2]).toBeCloseTo(places[1][2], 3);
  });
});
