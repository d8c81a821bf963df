import { describe, expect, it } from 'vitest';
import { ACTION_SIZE } from '../policy.ts';
import { HOME, sevenJointArm } from '../testing/serial-arm.ts';
import { EndEffectorController } from './end-effector-controller.ts';

describe('EndEffectorController', () => {
  it('keeps up with 500 Hz many times over', () => {
    const arm = sevenJointArm();
    const goal = new Float64Array(ACTION_SIZE);
    const scheduler = {
      push() {},
      reset() {},
      sample(_: number, out: Float64Array) {
        out.set(goal);
        return true;
      },
    };
    const controller = new EndEffectorController(arm, scheduler);
    controller.reset(HOME, 0.04, 0);
    goal.set(controller.pose);
    goal[0] += 0.1;
    const contact = new Float64Array(6);
    const start = performance.now();
    for (let i = 1; i <= 5000; i++) controller.update(i * 0.002, contact);
    // Ten seconds of control; generous, because the machine may be busy.
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
