import { join } from 'node:path';
import { RecedingHorizon } from '@praxis/policy';
import { free } from '@praxis/sim';
import { openRobotSource } from '@praxis/sim/node';
import { Language } from '@praxis/teleop';
import { afterEach, describe, expect, it } from 'vitest';
import { DrivenArm } from '../packages/evaluation/src/teleoperation/driven-arm.ts';
import { taskState } from '../sim/src/episode/task-state.ts';

const open: DrivenArm[] = [];
afterEach(async () => {
  for (const arm of open.splice(0)) await arm.close();
});

/** Opens a shipped robot in the scene without a task. */
async function openArm(name: string) {
  const arm = await DrivenArm.create({
    task: free,
    seed: 2_000_000,
    robot: await openRobotSource(join(import.meta.dirname, '..', 'robots', name)),
    policy: 'expert',
    scheduler: new RecedingHorizon(),
    language: new Language(),
  });
  open.push(arm);
  const run = async (seconds: number) => {
    for (const end = arm.time + seconds; arm.time < end; ) await arm.step();
  };
  await run(0.3);
  return {
    arm,
    run,
    state: () => taskState(arm.episode.world, arm.episode.robot),
    command: async (text: string, seconds: number) => {
      arm.acceptText(text);
      await run(seconds);
    },
  };
}

describe('words drive robots of other kinds', () => {
  it.each([
    ['arm6', 0, 0.085],
    ['arm5', 0.001, 0.06],
    ['praxis_arm', 0, 0.08],
  ])(
    'the gripper of %s closes and opens on words, within 2 mm of its ends, and to a part of its way within 3 mm',
    async (name, closed, opened) => {
      const { state, command } = await openArm(name);
      await command('close the gripper', 2);
      expect(Math.abs(state().width - closed)).toBeLessThan(0.002);
      await command('open the gripper', 2);
      expect(Math.abs(state().width - opened)).toBeLessThan(0.002);
      await command('close it a quarter', 2);
      expect(Math.abs(state().width - 0.75 * opened)).toBeLessThan(0.003);
      await command('open it 90 percent', 2);
      expect(Math.abs(state().width - 0.9 * opened)).toBeLessThan(0.003);
      await command('open the gripper 150 percent', 1);
      expect(Math.abs(state().width - 0.9 * opened)).toBeLessThan(0.003);
    },
  );

  it('the gripper of arm6 reports the distance of its pads within 2 mm all the way', async () => {
    const { arm, state, run } = await openArm('arm6');
    const { world } = arm.episode;
    const pads = ['left_pad', 'right_pad'].map((link) => world.body(link));
    const apart = () => {
      const [a, b] = pads.map((pad) => world.bodyPose(pad));
      return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
    };
    for (const [text, seconds, end] of [
      ['close the gripper', 1.6, 0],
      ['open the gripper to 4 cm', 1.6, 0.04],
      ['open the gripper', 1.6, 0.085],
    ] as const) {
      arm.acceptText(text);
      for (const until = arm.time + seconds; arm.time < until; ) {
        await run(0.05);
        expect(Math.abs(state().width - apart()), `${text}, ${arm.time} s`).toBeLessThan(0.002);
      }
      expect(Math.abs(apart() - end), text).toBeLessThan(0.002);
    }
  });

  it.each(['arm6', 'arm5'])('%s moves up by 3 cm and is never beyond a limit', async (name) => {
    const { arm, state, command } = await openArm(name);
    const before = state().tool;
    await command('up 3 cm', 3);
    const moved = state().tool.map((value, i) => value - before[i]);
    expect(Math.abs(moved[2] - 0.03)).toBeLessThan(0.003);
    expect(Math.hypot(moved[0], moved[1])).toBeLessThan(0.005);
    expect(arm.episode.result().safety).toMatchObject({ falseStops: 0, limitViolations: { commands: 0, joints: 0 } });
  });
});
