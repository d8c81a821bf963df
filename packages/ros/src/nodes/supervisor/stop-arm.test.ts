import { describe, expect, it } from 'vitest';
import { MovingArm } from '../../testing/moving-arm.ts';
import { stopArm } from './stop-arm.ts';

/** Runs the arm until its supervisor may end. */
async function stopped(arm: MovingArm): Promise<void> {
  const begin = arm.clock.now();
  let ended = false;
  void stopArm(arm.runner, begin).then(() => {
    ended = true;
  });
  while (!ended && arm.clock.now() < begin + 1) {
    arm.step();
    await new Promise(setImmediate);
  }
  expect(ended).toBe(true);
}

function runningArm(): MovingArm {
  const arm = new MovingArm();
  arm.run(0.1);
  arm.start();
  arm.run(0.3);
  expect(arm.speed).toBeGreaterThan(0.1);
  return arm;
}

describe('the end of a supervisor', () => {
  it('comes after a controlled stop, also when the brakes were closed before', async () => {
    const arm = runningArm();
    arm.runner.linked.protectiveStop(arm.clock.now(), 'a test');
    arm.run(0.2);
    expect(arm.runner.powered).toBe(false);
    expect(arm.runner.reset(arm.clock.now())).toEqual({ ok: true });
    arm.run(0.1);
    arm.start();
    arm.run(0.3);
    expect(arm.speed).toBeGreaterThan(0.1);
    await stopped(arm);
    expect([arm.runner.linked.view.state, arm.runner.powered, arm.speed]).toEqual(['protective_stop', false, 0]);
  });

  it('comes after the brakes have closed on an arm that a hold keeps under power', async () => {
    const arm = runningArm();
    arm.runner.linked.hold(arm.clock.now(), 'a test');
    arm.run(0.004);
    await stopped(arm);
    expect([arm.runner.linked.view.state, arm.runner.powered, arm.speed]).toEqual(['protective_stop', false, 0]);
  });

  it('comes at once when the supervisor does not move the arm: before the start, and behind closed brakes', async () => {
    const ready = new MovingArm();
    ready.run(0.1);
    await stopArm(ready.runner, ready.clock.now());
    const braked = runningArm();
    braked.runner.linked.protectiveStop(braked.clock.now(), 'a test');
    braked.run(0.2);
    await stopArm(braked.runner, braked.clock.now());
  });

  it('lets nobody start the arm again meanwhile', async () => {
    const arm = runningArm();
    await stopped(arm);
    const refused = { ok: false, reason: 'the supervisor shuts down' };
    expect(arm.runner.reset(arm.clock.now())).toEqual(refused);
    expect(arm.runner.start(arm.clock.now())).toEqual(refused);
  });
});
