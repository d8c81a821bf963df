import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { buildScene } from '../episode/scene.ts';
import { drawConditions } from '../tasks/conditions.ts';
import { pick } from '../tasks/pick.ts';
import { armModel } from './arm.ts';
import { Brakes } from './brakes.ts';

const ARM = armModel(readFileSync(new URL('../../../urdf/praxis_arm.urdf', import.meta.url), 'utf8'));

it('brakes hold the arm against its own drives, and have no effect after they open', async () => {
  const instance = pick.draw({ seed: 5, wordings: 'train', swap: false });
  const { world } = await buildScene(ARM, instance, drawConditions(5, ARM), 5);
  const brakes = new Brakes(world, ARM.joints);
  const joints = () => ARM.joints.map((name) => world.view('qpos')[world.joint(name).qpos]);
  const run = (seconds: number) => {
    for (let i = Math.round(seconds / world.timestep); i > 0; i--) {
      world.step();
      brakes.engage();
    }
  };
  run(0.2);
  const stood = joints();
  brakes.close();
  run(0.06);
  for (const name of ARM.joints) world.view('ctrl')[world.actuator(name)] += 0.2;
  run(1);
  for (const [i, q] of joints().entries()) expect(Math.abs(q - stood[i])).toBeLessThan(1e-2);
  brakes.open();
  run(2);
  for (const [i, q] of joints().entries()) expect(q - stood[i]).toBeCloseTo(0.2, 2);
  world.close();
});
