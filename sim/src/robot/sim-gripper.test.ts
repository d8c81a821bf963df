import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { buildScene } from '../episode/scene.ts';
import { openRobotSource } from '../node.ts';
import { drawConditions } from '../tasks/conditions.ts';
import { free } from '../tasks/free.ts';
import { robotSetup } from './setup.ts';

describe.each([
  ['arm6', ['left_pad', 'right_pad'], [0.085, 0.05, 0.02, 0]],
  ['arm5', ['fixed_tip', 'jaw_tip'], [0.06, 0.04, 0.02, 0.01]],
] as const)('the gripper of %s', (name, tips, widths) => {
  it('reaches a commanded width within 2 mm, and the stream of joints reports the distance of its fingertips', async () => {
    const setup = robotSetup(await openRobotSource(fileURLToPath(new URL(`../../../robots/${name}`, import.meta.url))));
    const instance = free.draw({ seed: 1, wordings: 'train', swap: false });
    const { world, robot } = await buildScene(setup, instance, drawConditions(1, setup, { start: 'home' }), 1);
    let reported = Number.NaN;
    robot.stream('joints').subscribe(({ value }) => {
      const { names, position } = value as { names: readonly string[]; position: Float64Array };
      reported = position[names.indexOf('gripper')];
    });
    await robot.start();
    for (const gripperWidth of widths) {
      const value = { position: Float64Array.from(setup.home), gripperWidth };
      robot.command('arm', { value, stamp: robot.clock.now(), received: robot.clock.now() });
      for (let k = 0; k < 500; k++) robot.step();
      const [a, b] = tips.map((link) => world.bodyPose(world.body(link)));
      const distance = Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
      expect(Math.abs(robot.gripper().width - gripperWidth), `${gripperWidth} m`).toBeLessThan(0.002);
      expect(Math.abs(reported - distance), `${gripperWidth} m`).toBeLessThan(0.005);
      expect(Math.abs(reported - robot.gripper().width), `${gripperWidth} m`).toBeLessThan(5e-4);
    }
    world.close();
  });
});
