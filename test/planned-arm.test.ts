import { InputError } from '@praxis/core';
import {
  driveArm,
  drivePlanner,
  loadProject,
  openDriver,
  PlannedArm,
  policyFacts,
  policySource,
  robotChoice,
} from '@praxis/evaluation';
import type { Planner, PlanStep } from '@praxis/planner';
import { RulesPlanner } from '@praxis/planner';
import { RecedingHorizon } from '@praxis/policy';
import { Language } from '@praxis/teleop';
import { describe, expect, it } from 'vitest';

const project = await loadProject();
const { registry } = project;
const robot = await robotChoice(undefined);
const seed = 2_000_001;
const language = new Language();

/** The arm in a scene of `tidy`; without a policy its plans use motions alone. */
const plannedArm = (more: Partial<Parameters<typeof PlannedArm.create>[0]> = {}) =>
  PlannedArm.create({
    ...{ registry, robot, seed, language },
    task: registry.tasks.find('tidy'),
    policy: 'expert',
    scheduler: new RecedingHorizon(),
    judges: 'task',
    context: 'truth',
    ...more,
  });

const scripted = (...steps: PlanStep[]): Planner => ({
  name: 'scripted',
  plan: async () => ({ plan: { kind: 'steps', restatement: 'as told', steps }, cost: { seconds: 0 } }),
});

describe('a planned arm', () => {
  it('takes a thing with the learned policy and puts it where the request wants it, as the simulator sees', async () => {
    const source = policySource(undefined, project);
    const driver = await openDriver(source, []);
    const planned = await plannedArm({ ...driver, facts: policyFacts(source) });
    try {
      const result = await planned.execution(new RulesPlanner()).run('put the blue brick on the left tray');
      expect(result).toMatchObject({ end: 'done', replans: 0 });
      expect(result.history.map(({ step: { skill }, seen }) => [skill, seen])).toEqual([
        ['pick', 'as expected; taken by the learned policy, centred between the fingers'],
        ['place', 'as expected'],
      ]);
      await planned.settle(0.5);
      const { instance } = planned.arm.episode;
      const brick = instance.named.find(({ colour, shape }) => colour === 'blue' && shape === 'brick')!;
      const [x, y, z] = planned.state().position(brick.object);
      const tray = instance.places!.find(({ name }) => name === 'left tray')!;
      expect(
        Math.abs(x - tray.position[0]) < tray.halfSize[0] && Math.abs(y - tray.position[1]) < tray.halfSize[1],
      ).toBe(true);
      expect(z).toBeLessThan(0.05);
    } finally {
      await planned.close();
      if (driver.policy !== 'expert') await driver.policy.close();
    }
  });

  it('stops as fast as without a planner: the same poses in every period until it stands', async () => {
    const stopAt = 0.6;
    const end = 1.2;
    const step = { skill: 'move', arguments: { direction: 'up', distance: 0.1 } };
    const planned = await plannedArm();
    const poses: number[][] = [];
    const states: string[] = [];
    const record = ({ arm }: Pick<PlannedArm, 'arm'>, text: () => void) => {
      poses.push([...arm.pose]);
      if (Math.abs(arm.time - stopAt) < 1e-6) text();
      states.push(arm.episode.supervisor!.state);
    };
    const [robotStep, began] = [planned.step.bind(planned), planned.arm.time];
    planned.robot.next = async () => {
      await robotStep();
      record(planned, () => planned.acceptText('stop'));
    };
    const execution = planned.execution(scripted(step));
    const result = await execution.run('up');
    expect(result).toMatchObject({ end: 'stopped', history: [{ outcome: 'interrupted' }] });
    while (planned.arm.time < end) {
      await planned.arm.step();
      record(planned, () => {});
    }
    const withPlan = { poses: poses.splice(0), states: states.splice(0) };
    const goal = planned.arm.policy.motion.goal;
    expect(goal).toBeUndefined();
    await planned.close();

    const bare = await plannedArm();
    const { linearSpeed: speed } = bare.catalogue.cell.limits;
    expect(bare.arm.time).toBe(began);
    const timeout = 2 * (0.1 / speed) + 1;
    bare.arm.policy.start(1, {
      kind: 'translate',
      frame: 'base',
      axis: 'z',
      metres: 0.1,
      speed,
      timeout,
      until: 'done',
    });
    while (bare.arm.time < end) {
      await bare.arm.step();
      record(bare, () => bare.arm.acceptText('stop'));
    }
    expect(states.indexOf('protective_stop')).toBeGreaterThan(0);
    expect(withPlan.states).toEqual(states);
    expect(withPlan.poses).toEqual(poses);
    const moved = Math.abs(poses.at(-1)![2] - poses[0][2]);
    expect(moved).toBeGreaterThan(0.005);
    await bare.close();
  });

  it('stops during the planning, whatever the plan is, and nothing moves by itself after a reset', async () => {
    const planned = await plannedArm();
    const { supervisor } = planned.arm.episode;
    const execution = planned.execution({
      name: 'slow',
      async plan(request) {
        planned.acceptText('stop');
        expect(supervisor!.state).toBe('protective_stop');
        return scripted({ skill: 'move', arguments: { direction: 'up', distance: 0.1 } }).plan(request);
      },
    });
    expect(await execution.run('up')).toMatchObject({ end: 'stopped', history: [] });
    for (let i = 0; i < 200; i++) await planned.arm.step();
    expect(planned.arm.resetAndStart()).toEqual({ ok: true });
    const before = [...planned.arm.pose];
    for (let i = 0; i < 100; i++) await planned.arm.step();
    expect(Math.max(...before.map((value, i) => Math.abs(value - planned.arm.pose[i])))).toBeLessThan(1e-3);
    await planned.close();
  });
});

describe('a drive with a planner', () => {
  it('plans what is no command, and takes the next line as the answer to a read-back', async () => {
    const lines = ['left 3 cm', 'do as always', 'yes', 'right 2 cm'];
    const commands = {
      next: () => lines.shift(),
      get ended() {
        return lines.length === 0;
      },
    };
    const planned = await plannedArm();
    const before = Float64Array.from(planned.arm.pose);
    const written: string[] = [];
    const up = { skill: 'move', arguments: { direction: 'up', distance: 0.12 } };
    await driveArm({
      ...{ arm: planned.arm, commands, pace: 'turns', signal: new AbortController().signal },
      planner: drivePlanner({ planned, planner: scripted(up), language, answers: commands }),
      transcript: { form: 'words', write: (line) => written.push(line.slice(12)) },
    });
    expect(written.filter((line) => !line.includes('tool at')).slice(0, 12)).toEqual([
      '> left 3 cm',
      '"moving left 3 cm"',
      '"done"',
      '> do as always',
      'plan: as told',
      '"moving up 12 cm: yes or no?"',
      '> move up 0.12',
      'done: as expected',
      '"Done: move up 0.12."',
      '> right 2 cm',
      '"moving right 2 cm"',
      '"done"',
    ]);
    const moved = [...planned.arm.pose].slice(0, 3).map((value, i) => value - before[i]);
    expect(moved).toEqual([expect.closeTo(0, 2), expect.closeTo(0.01, 2), expect.closeTo(0.12, 2)]);
    await planned.close();
  });
});

describe('an evaluation with a planner', () => {
  it.each([
    [{ tasks: ['pick'], planner: { name: 'rules', context: 'truth' } }, /^--planner rules: task pick takes no planner/],
    [{ tasks: ['tidy'] }, /^task tidy: takes a planner, expected one such as --planner rules$/],
    [{ tasks: ['tidy'], planner: { name: 'nobody', context: 'truth' } }, /^unknown planner "nobody"/],
    [{ tasks: ['tidy'], planner: { name: 'rules', context: 'truth' }, swap: true }, /cannot be used with --swap$/],
  ] as const)('refuses %j', async (options, line) => {
    const { evaluate } = await import('@praxis/evaluation');
    const refused = evaluate({ seeds: [2_000_000], ...options });
    await expect(refused).rejects.toThrow(InputError);
    await expect(refused).rejects.toThrow(line);
  });
});
