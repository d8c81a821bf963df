import {
  type ArmCommand,
  type BaseCommand,
  BindError,
  CommandError,
  type JointState,
  type Robot,
  type RobotSpec,
  type Stamped,
} from '@praxis/core';
import { type BaseSafety, DEFAULT_SAFETY, SupervisedGroups, Supervisor } from '@praxis/safety';
import { pick, type World } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { afterAll, describe, expect, it } from 'vitest';
import { buildScene } from '../sim/src/episode/scene.ts';
import { setupOf } from '../sim/src/robot/setup.ts';
import { drawConditions } from '../sim/src/tasks/conditions.ts';

const CONTROL_PERIOD_S = 0.002;
const BASE: BaseSafety = {
  linearVelocity: 0.5,
  linearDeceleration: 1,
  angularVelocity: 1,
  angularDeceleration: 2,
  maximumAge: 0.05,
};
const ARM = setupOf({ urdf: armUrdf() });
const worlds: World[] = [];
afterAll(() => {
  for (const world of worlds) world.close();
});

const SENSORS = ['joints', 'wrench'] as const;

/** Two simulated arms on one base: the streams of the right arm end in `.right`. */
async function twoArms() {
  const instance = pick.draw({ seed: 3, wordings: 'train', swap: false });
  const scenes = {
    left: await buildScene(ARM, instance, drawConditions(3, ARM), 3),
    right: await buildScene(ARM, instance, drawConditions(3, ARM), 3),
  };
  worlds.push(scenes.left.world, scenes.right.world);
  const { streams, commands } = scenes.left.robot.spec;
  const own = streams.filter(({ name }) => (SENSORS as readonly string[]).includes(name));
  const spec: RobotSpec = {
    name: 'two arms',
    streams: [...own, ...own.map((each) => ({ ...each, name: `${each.name}.right` }))],
    commands: [
      { ...commands[0], name: 'left' },
      { ...commands[0], name: 'right' },
      { ...commands[0], name: 'base', shape: [2], unit: ['m/s', 'rad/s'], names: ['vx', 'wz'] },
      { ...commands[0], name: 'lift' },
    ],
  };
  const twist: number[][] = [];
  const robot: Robot = {
    spec,
    clock: scenes.left.robot.clock,
    stream: (name) =>
      name.endsWith('.right')
        ? scenes.right.robot.stream(name.slice(0, -'.right'.length))
        : scenes.left.robot.stream(name),
    command(name, command) {
      if (name === 'base') twist.push([...(command.value as BaseCommand).twist]);
      else scenes[name as 'left' | 'right'].robot.command('arm', command as Stamped<ArmCommand>);
    },
    async start() {
      await scenes.left.robot.start();
      await scenes.right.robot.start();
    },
    async stop() {
      await scenes.left.robot.stop();
      await scenes.right.robot.stop();
    },
  };
  return { robot, scenes, twist };
}

async function setUp() {
  const { robot, scenes, twist } = await twoArms();
  const { model, kinematics, tool, joints } = ARM;
  const supervisorOf = (suffix: string) =>
    new Supervisor({
      names: joints,
      streams: robot.spec.streams.filter(({ name }) => name.endsWith('.right') === (suffix !== '')),
      model,
      kinematics,
      tool,
      config: DEFAULT_SAFETY,
      period: CONTROL_PERIOD_S,
    });
  const supervisors = { left: supervisorOf(''), right: supervisorOf('.right') };
  const groups = new SupervisedGroups(
    robot,
    { left: { supervisor: supervisors.left }, right: { supervisor: supervisors.right } },
    { base: BASE },
  );
  const target = { left: new Float64Array(7), right: new Float64Array(7) };
  const sending = new Set<string>(['left', 'right', 'base']);
  for (const [name, stream] of [['left', 'joints'] as const, ['right', 'joints.right'] as const]) {
    const subscription = robot.stream(stream).subscribe(({ value }) => {
      target[name].set((value as JointState).position.subarray(0, 7));
      subscription.unsubscribe();
    });
  }
  const advance = async (seconds: number) => {
    for (let i = Math.round(seconds / CONTROL_PERIOD_S); i > 0; i--) {
      scenes.left.robot.step();
      scenes.right.robot.step();
      const stamp = groups.clock.now();
      for (const name of ['left', 'right'] as const) {
        if (!sending.has(name)) continue;
        groups.command(name, { value: { position: target[name], gripperWidth: 0.08 }, stamp, received: stamp });
      }
      if (sending.has('base')) {
        groups.command('base', { value: { twist: Float64Array.of(0.9, 0.4) }, stamp, received: stamp });
      }
      for (const source of ['loop', 'policy'] as const) {
        for (const supervisor of Object.values(supervisors)) supervisor.beat(source, stamp);
      }
      groups.tick();
    }
  };
  const states = () => [supervisors.left.state, supervisors.right.state];
  await groups.start();
  sending.clear();
  await advance(0.02);
  for (const name of ['left', 'right', 'base']) sending.add(name);
  const begin = async () => {
    expect(groups.request('resetAndStart')).toEqual({ ok: true });
    await advance(0.2);
    expect(states()).toEqual(['running', 'running']);
  };
  return { groups, supervisors, sending, advance, begin, states, twist };
}

describe('several command groups behind their supervisors', () => {
  it('let the base move within its limits only while both arms run', async () => {
    const { groups, begin, twist } = await setUp();
    expect(twist.at(-1)).toEqual([0, 0]);
    await begin();
    expect(twist.at(-1)).toEqual([0.5, 0.4]);
    await groups.stop();
  });

  it.each(['hold', 'stop'] as const)(
    'stop together when a person asks for %s: the base brakes to rest',
    async (kind) => {
      const { groups, begin, advance, states, twist } = await setUp();
      await begin();
      expect(groups.request(kind)).toEqual({ ok: true });
      const state = kind === 'hold' ? 'hold' : 'protective_stop';
      expect(states()).toEqual([state, state]);
      await advance(0.1);
      // From 0.5 m/s at 1 m/s^2, in the first tick as well.
      expect(twist.at(-1)![0]).toBeCloseTo(0.4, 2);
      await advance(0.6);
      expect(twist.at(-1)).toEqual([0, 0]);
      await begin();
      expect(twist.at(-1)).toEqual([0.5, 0.4]);
      await groups.stop();
    },
  );

  it('stop together when the commands of one arm cease, and the log of the other names it', async () => {
    const { groups, supervisors, sending, begin, advance, states } = await setUp();
    await begin();
    sending.delete('right');
    await advance(0.2);
    expect(states()).toEqual(['hold', 'hold']);
    expect(supervisors.right.stopCause?.cause).toBe('command_silence');
    expect(supervisors.left.stopCause?.message).toMatch(/^right stopped: /);
    // Seen as one: the first cause, and the events of both by name.
    const { supervisor } = groups;
    expect(supervisor.state).toBe('hold');
    expect(supervisor.stopCause).toMatchObject({ cause: 'command_silence', to: 'hold' });
    expect(supervisor.stopCause?.message).toMatch(/^right: /);
    const stops = supervisor.log.filter(({ from, to }) => from === 'running' && to === 'hold');
    expect(stops.map(({ message, time }) => [message.split(':')[0], time])).toEqual([
      ['right', stops[0].time],
      ['left', stops[0].time],
    ]);
    await groups.stop();
  });

  it('start together or not at all: while one cannot, the others stay ready', async () => {
    const { groups, supervisors, begin, advance, states } = await setUp();
    await begin();
    expect(groups.request('hold')).toEqual({ ok: true });
    await advance(1);
    supervisors.right.reportOutput('its drive does not answer');
    expect(groups.request('resetAndStart')).toMatchObject({ ok: false });
    await advance(0.1);
    expect(states()).not.toContain('running');
    expect(groups.supervisor.state).not.toBe('running');
    supervisors.right.reportOutput(undefined);
    expect(groups.request('resetAndStart')).toEqual({ ok: true });
    expect(states()).toEqual(['running', 'running']);
    expect(groups.supervisor.stopCause).toBeUndefined();
    await groups.stop();
  });

  it('end their stops with a second reset after one of them has refused the first', async () => {
    const { groups, supervisors, begin, advance, states } = await setUp();
    await begin();
    expect(groups.request('stop')).toEqual({ ok: true });
    await advance(1);
    supervisors.right.emergencyStop(groups.clock.now(), 'the door opened');
    supervisors.left.reset(groups.clock.now());
    expect(states()[0]).not.toBe(states()[1]);
    await advance(1);
    expect(groups.request('reset')).toEqual({ ok: true });
    expect(states()).toEqual(['ready', 'ready']);
    await groups.stop();
  });

  it('brake a base whose commands cease while the arms run on', async () => {
    const { groups, sending, begin, advance, states, twist } = await setUp();
    await begin();
    sending.delete('base');
    await advance(0.04);
    expect(twist.at(-1)).toEqual([0.5, 0.4]);
    await advance(0.7);
    expect([twist.at(-1), states()]).toEqual([
      [0, 0],
      ['running', 'running'],
    ]);
    await groups.stop();
  });

  it('refuse commands that no supervisor guards, and wrong ones', async () => {
    const { groups } = await setUp();
    expect(groups.spec.commands.map(({ name }) => name)).toEqual(['left', 'right', 'base']);
    const command = (twist: Float64Array) => ({ value: { twist }, stamp: 0, received: 0 });
    expect(() => groups.command('lift', command(new Float64Array(2)))).toThrow(
      new CommandError('no command "lift": expected left, right, base'),
    );
    expect(() => groups.command('base', command(new Float64Array(3)))).toThrow('base: 3 velocities, expected 2');
    expect(() => groups.command('base', command(Float64Array.of(0, Number.NaN)))).toThrow('base: wz is NaN');
    const { robot } = await twoArms();
    expect(() => new SupervisedGroups(robot, {}, {})).toThrow('no arm, expected at least one');
    const { supervisors } = await setUp();
    const arms = { left: { supervisor: supervisors.left } };
    expect(() => new SupervisedGroups(robot, arms, { lift: BASE })).toThrow(BindError);
    expect(() => new SupervisedGroups(robot, arms, { base: { ...BASE, maximumAge: 0 } })).toThrow('maximumAge is 0');
    await groups.stop();
  });
});
