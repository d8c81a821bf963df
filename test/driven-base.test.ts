import { type BaseCommand, BindError, type Observation, type Policy, RobotDecorator } from '@praxis/core';
import { defineFault, type Episode, free, robotSetup, SHIPPED_FAULTS } from '@praxis/sim';
import { describe, expect, it } from 'vitest';
import square from '../examples/driven-base/policy.ts';
import { buildScene } from '../sim/src/episode/scene.ts';
import { drawConditions } from '../sim/src/tasks/conditions.ts';
import { episodesOf, openShippedRobot, runUntil } from './free-episode.ts';

const HORIZON = 8;
const PERIOD_S = 0.05;
/** The base leaves a commanded distance by at most this (m), and an angle (rad). */
const WAY_M = 0.02;
const TURN_RAD = 0.05;
/** The odometry leaves the true place by at most this on a straight way (m), and the heading after a turn (rad). */
const ODOMETRY_M = 0.01;
const ODOMETRY_RAD = 0.05;

const robot = await openShippedRobot('base');
const { limits } = robotSetup(robot).bases[0];
const start = episodesOf(robot);

/** Commands a twist as a function of time (s): m/s ahead, rad/s to the left. */
function twistPolicy(twist: (time: number) => readonly [number, number]): Policy {
  return {
    spec: {
      ...{ name: 'twist', inputs: [], horizon: HORIZON, actionPeriod: PERIOD_S, inferencePeriod: 0.1 },
      actions: [
        { name: 'base', group: 'base', space: 'base_twist', names: ['vx', 'wz'], unit: ['m/s', 'rad/s'], frame: '' },
      ],
    },
    async infer({ stamp }: Observation) {
      const rows = Array.from({ length: HORIZON }, (_, k) => twist(stamp + (k + 1) * PERIOD_S));
      const blocks = { base: { space: 'base_twist', data: Float64Array.from(rows.flat()) } } as const;
      return { stamp, period: PERIOD_S, horizon: HORIZON, blocks, gates: {} };
    },
    reset() {},
    async close() {},
  };
}

/** True place in the scene: x, y (m), heading (rad), which is 0 at the start. */
function placeOf({ world }: Episode): readonly [x: number, y: number, heading: number] {
  const [x, y, , , , qz, qw] = world.bodyPose(world.body('base_link'));
  return [x, y, 2 * Math.atan2(qz, qw)];
}

/** The newest odometry of an episode: x, y (m), heading (rad). */
function watchOdometry(episode: Episode): () => readonly [x: number, y: number, heading: number] {
  let newest = new Float64Array(13);
  episode.robot.stream('odometry').subscribe(({ value }) => {
    newest = value as Float64Array<ArrayBuffer>;
  });
  return () => [newest[0], newest[1], 2 * Math.atan2(newest[5], newest[6])];
}

const speedOf = ({ world }: Episode) => {
  const [vx, vy] = world.bodyVelocity('base_link');
  return Math.hypot(vx, vy);
};

const ahead = () => twistPolicy(() => [0.5, 0]);

describe('a base with two driven wheels', { timeout: 60_000 }, () => {
  it('drives 1 m straight ahead, and its odometry agrees', async () => {
    // The ramps up and down of the speed at 1 m/s^2 cover as much as 0.5 s at full speed.
    const episode = await start(twistPolicy((time) => (time > 0.2 && time < 2.2 ? [0.5, 0] : [0, 0])));
    const odometry = watchOdometry(episode);
    await runUntil(episode, 3.5);
    const [x, y, heading] = placeOf(episode);
    expect(Math.abs(x - 1)).toBeLessThan(WAY_M);
    expect(Math.abs(y)).toBeLessThan(0.005);
    expect(Math.abs(heading)).toBeLessThan(0.01);
    const [ox, oy] = odometry();
    expect(Math.hypot(ox - x, oy - y)).toBeLessThan(ODOMETRY_M);
    expect(speedOf(episode)).toBeLessThan(0.001);
  });

  it('turns by 90 degrees on the spot, and its odometry agrees', async () => {
    const turn = Math.PI / 2;
    const episode = await start(twistPolicy((time) => (time > 0.2 && time < 0.2 + turn ? [0, 1] : [0, 0])));
    const odometry = watchOdometry(episode);
    await runUntil(episode, 3);
    const [x, y, heading] = placeOf(episode);
    expect(Math.abs(heading - turn)).toBeLessThan(TURN_RAD);
    expect(Math.hypot(x, y)).toBeLessThan(0.005);
    expect(Math.abs(odometry()[2] - heading)).toBeLessThan(ODOMETRY_RAD);
  });

  it('drives round a square by its odometry', async () => {
    const episode = await start(square());
    await runUntil(episode, 25);
    const [x, y] = placeOf(episode);
    expect(Math.hypot(x, y)).toBeLessThan(0.15);
    expect(speedOf(episode)).toBeLessThan(0.001);
    expect(episode.supervisor!.state).toBe('running');
  });

  it('gets no command beyond the limits of speed and acceleration, whatever the policy wants', async () => {
    const twists: [number, number][] = [];
    class Recorder extends RobotDecorator {
      override command: RobotDecorator['command'] = (name, command) => {
        const { twist } = command.value as BaseCommand;
        twists.push([twist[0], twist[1]]);
        super.command(name, command);
      };
    }
    const wild = twistPolicy((time) => [Math.sign(Math.sin(7 * time)) * 9, Math.sign(Math.sin(5 * time)) * 30]);
    const episode = await start(wild, { wrapRobot: (arm) => new Recorder(arm) });
    await runUntil(episode, 4);
    const slack = 1e-9;
    const step = (k: number, i: 0 | 1) => Math.abs(twists[k][i] - twists[k - 1][i]) / 0.002;
    for (let k = 1; k < twists.length; k++) {
      expect(Math.abs(twists[k][0])).toBeLessThanOrEqual(limits.linearVelocity + slack);
      expect(Math.abs(twists[k][1])).toBeLessThanOrEqual(limits.angularVelocity + slack);
      expect(step(k, 0)).toBeLessThanOrEqual(limits.linearAcceleration! + slack);
      expect(step(k, 1)).toBeLessThanOrEqual(limits.angularAcceleration! + slack);
    }
    expect(Math.max(...twists.map(([vx]) => Math.abs(vx)))).toBeGreaterThan(0.3);
  });

  it('is held when the loop falls silent: it stands within 0.7 s, from 0.5 m/s', async () => {
    const fault = SHIPPED_FAULTS.find(({ name }) => name === 'loop_blocked')!;
    const episode = await start(ahead(), { fault, afterStop: 'wait' });
    while (episode.supervisor!.stopCause === undefined && episode.time < 8) await episode.step();
    const { cause, to, time } = episode.supervisor!.stopCause!;
    expect([cause, to]).toEqual(['command_silence', 'hold']);
    expect(speedOf(episode)).toBeGreaterThan(0.45);
    await runUntil(episode, time + 0.65);
    expect(speedOf(episode)).toBeLessThan(0.005);
    const stood = placeOf(episode);
    await runUntil(episode, time + 1.5);
    expect(Math.hypot(placeOf(episode)[0] - stood[0], placeOf(episode)[1] - stood[1])).toBeLessThan(0.001);
    expect(episode.supervisor!.state).toBe('hold');
  });

  it('brakes on a spoken stop, refuses a reset while it rolls, and drives again after one', async () => {
    const episode = await start(ahead(), { afterStop: 'wait' });
    await runUntil(episode, 1.5);
    expect(episode.request('stop')).toEqual({ ok: true });
    await runUntil(episode, 1.7);
    expect(speedOf(episode)).toBeGreaterThan(0.1);
    expect(episode.request('resetAndStart')).toMatchObject({ ok: false, reason: 'the arm is still braking' });
    await runUntil(episode, 2.5);
    expect(speedOf(episode)).toBeLessThan(0.001);
    expect(episode.supervisor!.log.some(({ cause }) => cause === 'standstill')).toBe(true);
    expect(episode.request('resetAndStart')).toEqual({ ok: true });
    await runUntil(episode, 4);
    expect(speedOf(episode)).toBeGreaterThan(0.45);
  });

  it.each(['joints', 'odometry'])('is held when the stream %s that its policy reads ends', async (name) => {
    const fault = defineFault('lost', `${name} ends`, (points) => points.robot.failStream(name, new Error('gone')));
    const inputs = robotSetup(robot)
      .spec.streams.filter((each) => each.name === name)
      .map((each) => ({ ...each, window: 1, maximumAge: 1 }));
    const policy = ahead();
    const reading: Policy = { ...policy, spec: { ...policy.spec, inputs } };
    const episode = await start(reading, { fault, afterStop: 'wait' });
    while (episode.supervisor!.stopCause === undefined && episode.time < 8) await episode.step();
    expect(episode.supervisor!.stopCause).toMatchObject({ cause: 'stream_lost' });
    await runUntil(episode, episode.time + 0.8);
    expect(speedOf(episode)).toBeLessThan(0.005);
  });

  it('stands when nothing commands it any more, supervisor or not', async () => {
    const setup = robotSetup(robot);
    const conditions = drawConditions(3, setup, { start: 'home' });
    const built = await buildScene(setup, free.draw({ seed: 3, wordings: 'train', swap: false }), conditions, 3);
    const { robot: bare, world } = built;
    const advance = (seconds: number) => {
      for (let i = Math.round(seconds / 0.002); i > 0; i--) bare.step();
    };
    const speed = () => world.bodyVelocity('base_link')[0];
    bare.command('base', { value: { twist: Float64Array.of(0.3, 0) }, stamp: 0, received: 0 });
    advance(0.2);
    expect(speed()).toBeGreaterThan(0.2);
    advance(0.4);
    expect(Math.abs(speed())).toBeLessThan(0.01);
    const command = (twist: Float64Array) => () => bare.command('base', { value: { twist }, stamp: 0, received: 0 });
    expect(command(new Float64Array(3))).toThrow('base: 3 velocities, expected 2');
    expect(command(Float64Array.of(0, Number.NaN))).toThrow('base: wz is NaN, expected a finite velocity');
    expect(() => bare.command('arm', { value: { twist: new Float64Array(2) }, stamp: 0, received: 0 })).toThrow(
      'no command "arm": expected base',
    );
    world.close();
  });

  it('refuses a policy for an arm, by name', async () => {
    const { spec, ...policy } = ahead();
    const { actions: _, ...plain } = spec;
    await expect(start({ ...policy, spec: plain })).rejects.toThrow(
      new BindError('policy twist, action arm: robot base has no command group arm, only base'),
    );
  });
});
