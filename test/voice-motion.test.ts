import { pick } from '@praxis/sim';
import { describe, expect, it } from 'vitest';
import { policyDirectory } from '../packages/cli/src/options/paths.ts';
import { languageOf } from '../packages/cli/src/options/vocabulary.ts';
import { openDriver } from '../packages/evaluation/src/episodes/driver.ts';
import { taskState } from '../sim/src/episode/task-state.ts';
import { MotionGroundTruth } from '../sim/src/safety/motion-ground-truth.ts';
import { expectSafeSequences } from './any-command-sequence.ts';
import { change, openDrivenArm, SEED } from './driven-arm.ts';

describe('a motion by words', () => {
  it.each([
    ['move left five centimetres', [0, 0.05, 0]],
    ['up two inches', [0, 0, 0.0508]],
    ['forward 3 cm', [0.03, 0, 0]],
    // The tool points down.
    ['retract 4 cm', [0, 0, 0.04]],
  ])('%s moves the tool there and changes nothing else', async (text, expected) => {
    const { command, tool, results, expectSafe } = await openDrivenArm();
    const before = tool();
    await command(text, 3);
    const { moved, turned, width } = change(before, tool());
    for (let i = 0; i < 3; i++) {
      expect(Math.abs(moved[i] - expected[i])).toBeLessThan(0.003);
      expect(Math.abs(turned[i])).toBeLessThan(0.01);
    }
    expect(Math.abs(width)).toBeLessThan(0.001);
    expect(results.map(({ outcome }) => outcome)).toEqual(['done']);
    expectSafe();
  });

  it('rotates the wrist clockwise as seen along the fingers', async () => {
    const { command, arm, tool, expectSafe } = await openDrivenArm();
    const before = tool();
    const joint = () => arm.episode.world.view('qpos')[arm.episode.world.joint('joint7').qpos];
    const from = joint();
    await command('rotate the wrist thirty degrees clockwise', 4);
    expect(Math.abs(joint() - from)).toBeCloseTo(Math.PI / 6, 1);
    // The fingers point along -z: clockwise as seen along them is negative about the base's z, positive about the tool's z.
    const [qx, qy, qz, qw] = arm.pose.subarray(3);
    const x = [1 - 2 * (qy * qy + qz * qz), 2 * (qx * qy + qw * qz)];
    expect((Math.atan2(x[1], x[0]) * 180) / Math.PI).toBeCloseTo(-30, 0);
    for (const offset of change(before, tool()).moved) expect(Math.abs(offset)).toBeLessThan(0.003);
    expectSafe();
  });

  it('opens and closes the fingers, gently on request, and reports a held object', async () => {
    const { arm, command, request, run, tool, replies, results, expectSafe } = await openDrivenArm();
    await command('close the gripper', 2);
    expect(tool().width).toBeLessThan(0.003);
    await command('open the gripper', 2);
    expect(tool().width).toBeGreaterThan(0.077);
    await command('gripper to five centimetres', 2);
    expect(tool().width).toBeCloseTo(0.05, 2);
    // The expert brings the fingers around a block.
    arm.acceptText(request);
    while (!taskState(arm.episode.world, arm.episode.robot).gripping && arm.time < 20) await run(0.02);
    await command('hold', 1);
    await command('open', 2);
    const squeezeAfter = async (text: string) => {
      await command(text, 3);
      const { width, commanded } = arm.episode.robot.gripper();
      expect(results.at(-1)?.gripped).toBeCloseTo(width, 2);
      expect(replies.at(-1)).toMatch(/^holding something \d\.?\d? cm wide$/);
      return width - commanded;
    };
    const [gentleSqueeze, normalSqueeze] = [
      await squeezeAfter('close gently'),
      await squeezeAfter('close the gripper'),
    ];
    expect(gentleSqueeze).toBeGreaterThan(0.005);
    expect(normalSqueeze).toBeGreaterThan(1.5 * gentleSqueeze);
    expectSafe();
  });

  it('at half speed takes twice as long', async () => {
    const { arm, command, results, expectSafe } = await openDrivenArm();
    const motionTime = async (speed: string, motion: string) => {
      arm.acceptText(speed);
      const start = arm.time;
      await command(motion, 4);
      return results.at(-1)!.time - start;
    };
    const full = await motionTime('full speed', 'left 10 cm');
    const half = await motionTime('half speed', 'right 10 cm');
    // Acceleration and braking do not scale with the speed, so the factor is below 2.
    expect(half / full).toBeGreaterThan(1.6);
    expect(half / full).toBeLessThan(2);
    expect(results.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    expectSafe();
  });

  it('is repeated and undone, and a motion home waits for a yes', async () => {
    const { command, tool, replies, expectSafe } = await openDrivenArm();
    const start = tool();
    await command('left 4 cm', 2.5);
    await command('again', 2.5);
    expect(change(start, tool()).moved[1]).toBeCloseTo(0.08, 2);
    await command('back', 2.5);
    expect(change(start, tool()).moved[1]).toBeCloseTo(0.04, 2);
    await command('undo that', 2.5);
    for (const offset of change(start, tool()).moved) expect(Math.abs(offset)).toBeLessThan(0.003);
    await command('go home', 1);
    expect(replies.at(-1)).toBe('going home: yes or no?');
    for (const offset of change(start, tool()).moved) expect(Math.abs(offset)).toBeLessThan(0.003);
    await command('yes', 6);
    expect(replies.at(-1)).toBe('done');
    const { position } = tool();
    expect(position[1]).toBeCloseTo(0, 2);
    expectSafe();
  });

  it('is replaced by another without a jump', async () => {
    const { arm, command, tool, results, expectSafe } = await openDrivenArm();
    const start = tool();
    let jump = 0;
    const last = arm.episode.loop.controller.target.slice(0, 3);
    const step = arm.step.bind(arm);
    arm.step = async () => {
      await step();
      const { target } = arm.episode.loop.controller;
      for (let i = 0; i < 3; i++) jump = Math.max(jump, Math.abs(target[i] - last[i]));
      last.set(target.subarray(0, 3));
    };
    await command('left 5 cm', 0.7);
    await command('up 3 cm', 3);
    const { moved } = change(start, tool());
    expect(moved[1]).toBeGreaterThan(0.01);
    expect(moved[1]).toBeLessThan(0.05);
    expect(moved[2]).toBeCloseTo(0.03, 2);
    expect(results.map(({ outcome }) => outcome)).toEqual(['replaced', 'done']);
    // 5 cm/s is 0.1 mm per period.
    expect(jump).toBeLessThan(0.0003);
    expectSafe();
  });
});

describe('continuous motion', () => {
  it('expires when it is not renewed', async () => {
    const { arm, tool, results, expectSafe } = await openDrivenArm();
    const start = tool();
    arm.acceptText('keep going left');
    for (const end = arm.time + 6; arm.time < end; ) await arm.episode.step();
    const { moved } = change(start, tool());
    expect(moved[1]).toBeGreaterThan(0.12);
    expect(moved[1]).toBeLessThan(0.15);
    expect(results.map(({ outcome }) => outcome)).toEqual(['expired']);
    expect(results[0].time - 0.3).toBeLessThan(3.2);
    expectSafe();
  });

  it('continues without braking while it is renewed, and ends at hold', async () => {
    const { arm, command, run, tool, results, expectSafe } = await openDrivenArm();
    const start = tool();
    await command('keep going left', 2);
    await command('keep going', 1);
    const before = tool();
    await run(0.5);
    expect(change(before, tool()).moved[1]).toBeCloseTo(0.025, 3);
    const here = tool();
    await command('hold', 2);
    // At 5 cm/s: 0.13 s until the loop receives the command, then braking.
    expect(change(here, tool()).moved[1]).toBeLessThan(0.02);
    expect(results.map(({ outcome }) => outcome)).toEqual(['replaced', 'held']);
    await command('keep going', 5);
    expect(change(start, tool()).moved[1]).toBeGreaterThan(0.28);
    expect(arm.pilot.dialogue.state.continuous).toBeUndefined();
    expectSafe();
  });
});

describe('"stop"', () => {
  it('is a protective stop: the arm comes to rest, and nothing moves it until a reset of the supervisor', async () => {
    const { arm, command, run, tool, replies, results, expectSafe } = await openDrivenArm();
    arm.acceptText('full speed');
    await command('left 10 cm', 0.6);
    const groundTruth = new MotionGroundTruth(arm.episode.world, arm.episode.robot.setup);
    groundTruth.start();
    const step = arm.step.bind(arm);
    arm.step = async () => {
      await step();
      groundTruth.measure();
    };
    await command('stop', 1);
    expect(arm.episode.supervisor!.state).toBe('protective_stop');
    expect(groundTruth.standing).toBe(true);
    expect(groundTruth.timeToStop).toBeLessThan(0.3);
    expect(groundTruth.distance).toBeLessThan(0.02);
    const rest = tool();
    for (const text of ['left 2 cm', 'yes', 'continue', 'go home', 'pick up the red cube', 'keep going up', 'open']) {
      await command(text, 0.4);
      expect(replies.at(-1)).toBe('stopped: reset the supervisor first');
    }
    for (const offset of change(rest, tool()).moved) expect(Math.abs(offset)).toBeLessThan(0.001);
    arm.resetAndStart();
    await run(1);
    for (const offset of change(rest, tool()).moved) expect(Math.abs(offset)).toBeLessThan(0.001);
    await command('right 3 cm', 2);
    expect(change(rest, tool()).moved[1]).toBeCloseTo(-0.03, 2);
    expect(results.map(({ outcome }) => outcome)).toEqual(['stopped', 'done']);
    expectSafe();
  });

  it('discards the instruction that the policy executes', async () => {
    const { arm, command, request, run, tool, expectSafe } = await openDrivenArm();
    await command(request, 1.2);
    await command('stop', 1);
    const rest = tool();
    arm.resetAndStart();
    await run(2);
    for (const offset of change(rest, tool()).moved) expect(Math.abs(offset)).toBeLessThan(0.001);
    expect(arm.policy.driver).toBe('motion');
    expectSafe();
  });

  it('keeps the object in the fingers, and so do the motions after it', async () => {
    const { arm, command, request, run, tool, expectSafe } = await openDrivenArm();
    arm.acceptText(request);
    while (arm.episode.verdict === 'running' && arm.time < 30) await run(0.1);
    expect(arm.episode.verdict).toBe('success');
    const held = tool().width;
    await command('stop', 1);
    arm.resetAndStart();
    await command('up 3 cm', 2);
    await command('left 5 cm', 3);
    await command('hold', 1);
    expect(taskState(arm.episode.world, arm.episode.robot).gripping).toBe(true);
    expect(tool().width).toBeCloseTo(held, 2);
    expectSafe();
  });
});

describe('an impossible motion', () => {
  it('below the table or out of reach is refused, and the arm stands', async () => {
    const { command, tool, replies, expectSafe } = await openDrivenArm();
    const start = tool();
    // Refused at once, without a question.
    await command('down thirty centimetres', 2);
    expect(replies.at(-1)).toMatch(/^outside the workspace: at most 2\d\.?\d? cm that way$/);
    for (const offset of change(start, tool()).moved) expect(Math.abs(offset)).toBeLessThan(0.001);
    await command('full speed', 0.1);
    for (const text of ['forward 30 cm', 'left 30 cm']) {
      await command(text, 0.1);
      await command('yes', 4);
    }
    const far = tool();
    await command('left 15 cm', 2);
    expect(replies.at(-1)).toBe('out of reach');
    for (const offset of change(far, tool()).moved) expect(Math.abs(offset)).toBeLessThan(0.001);
    // A refused motion is not undone; the motion before it is.
    await command('undo that', 5);
    expect(change(far, tool()).moved[1]).toBeCloseTo(-0.3, 2);
    expectSafe();
  });

  it('that is continuous ends at the edge of the workspace', async () => {
    const { arm, command, tool, replies, expectSafe } = await openDrivenArm();
    await command('full speed', 0.1);
    // This place is beside the blocks.
    await command('keep going right', 4);
    for (let i = 0; i < 3; i++) await command('keep going down', 3.2);
    expect(replies.at(-1)).toBe('at the edge of the workspace');
    expect(tool().position[2]).toBeGreaterThan(0.018);
    expect(tool().position[2]).toBeLessThan(0.022);
    expect(arm.episode.supervisor!.state).toBe('running');
    expectSafe();
  });

  it('into an obstacle: the supervisor stops the arm and the reply names the contact', async () => {
    const { arm, command, run, replies, tool, results, expectSafe } = await openDrivenArm();
    // The wrist touches the table while the tilted fingers point away from it.
    await command('go home', 0.1);
    await command('yes', 5);
    for (let i = 0; i < 3; i++) await command('tilt 45 degrees back', 3.5);
    await command('full speed', 0.1);
    await command('back 20 cm', 0.1);
    await command('yes', 4);
    await command('down 29 cm', 0.1);
    await command('yes', 7);
    expect(replies.at(-1)).toMatch(/^the supervisor has stopped the arm: contact of/);
    expect(results.at(-1)?.outcome).toBe('stopped');
    arm.resetAndStart();
    await run(0.5);
    const low = tool();
    await command('up 5 cm', 3);
    expect(change(low, tool()).moved[2]).toBeCloseTo(0.05, 2);
    expectSafe();
  });
});

describe('an instruction', () => {
  /** Seed of a scene whose target is the red cube. */
  const seed = [...Array(200).keys()]
    .map((i) => SEED + i)
    .find((each) => pick.draw({ seed: each, wordings: 'report', swap: false }).goal.key === 'pick red cube')!;

  it('after a motion is executed by the shipped policy, and can be held and continued', async () => {
    const { policy, scheduler } = await openDriver({ kind: 'folder', directory: policyDirectory(undefined) }, []);
    const { arm, command, expectSafe } = await openDrivenArm({
      seed,
      policy,
      scheduler,
      language: languageOf(undefined),
    });
    await command('left 3 cm', 2);
    await command('pick up the red cube', 1);
    await command('hold', 1);
    expect(arm.policy.driver).toBe('motion');
    await command('back 2 cm', 2);
    arm.acceptText('continue');
    for (const end = arm.time + 20; arm.time < end && arm.episode.verdict === 'running'; ) await arm.step();
    expect(arm.episode.verdict).toBe('success');
    expectSafe();
  });
});

describe('any sequence of commands', () => {
  it('violates no limit, never runs out of actions, and after a stop nothing moves', () => expectSafeSequences(2));
});
