import type { ArmCommand } from '@praxis/core';
import { chainKinematics, parseUrdf } from '@praxis/model';
import { RecedingHorizon } from '@praxis/policy';
import { CommandFilter, DEFAULT_FILTER } from '@praxis/safety';
import { Adversary, ViolationCounter } from '@praxis/safety/testing';
import { Episode, pick, sort, type Task } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { describe, expect, it } from 'vitest';

const CONTROL_PERIOD_S = 0.002;
const model = parseUrdf(armUrdf());
const kinematics = chainKinematics(model, 'base_link', 'tool0');
const names = kinematics.jointNames;
const newFilter = () =>
  new CommandFilter({ names, model, kinematics, config: DEFAULT_FILTER, period: CONTROL_PERIOD_S });
const newEpisode = (task: Task) =>
  Episode.create({ task, seed: 2_000_003, urdf: armUrdf(), policy: 'expert', scheduler: new RecedingHorizon() });

describe('CommandFilter and the simulated arm', () => {
  it.each([pick, sort])('passes every command of an episode of $name bit-identical', async (task) => {
    const episode = await newEpisode(task);
    const filter = newFilter();
    const verdicts = { pass: 0, clamp: 0, reject: 0 };
    let [commands, same] = [0, 0];
    const send = episode.robot.command.bind(episode.robot);
    episode.robot.command = (name, command) => {
      const { stamp } = command;
      const value = command.value as ArmCommand;
      if (commands++ === 0) filter.reset(value.position, value.gripperWidth, stamp);
      verdicts[filter.filter(value, stamp, stamp).verdict]++;
      if (value.position.every((q, i) => Object.is(q, filter.position[i]))) same++;
      send(name, command);
    };
    const { success } = await episode.run();
    await episode.close();
    expect(success).toBe(true);
    expect(verdicts).toEqual({ pass: commands, clamp: 0, reject: 0 });
    expect(same).toBe(commands);
  });

  it('keeps every output of adversarial commands within the limits, and a stop brings the arm to rest', async () => {
    const episode = await newEpisode(pick);
    const { robot, world } = episode;
    const filter = newFilter();
    const joints = names.map((name) => world.joint(name));
    const qpos = world.view('qpos');
    const start = Float64Array.from(joints, (joint) => qpos[joint.qpos]);
    filter.reset(start, 0.04, 0);
    const adversary = new Adversary(filter.limits, CONTROL_PERIOD_S, 11);
    const counter = new ViolationCounter(filter.limits, CONTROL_PERIOD_S);
    counter.reset(filter.position);
    const send = () => {
      const now = robot.clock.now();
      counter.observe(filter.position);
      const value = { position: filter.position.slice(), gripperWidth: filter.gripperWidth };
      robot.command('arm', { value, stamp: now, received: now });
      robot.step();
    };
    for (let k = 0; k < 8_000; k++) {
      const now = robot.clock.now();
      filter.filter(adversary.next(filter.position, filter.velocity), now, now);
      send();
    }
    const { time } = filter.stoppingEstimate('protective');
    let stopped = 0;
    while (filter.brake(robot.clock.now(), 'protective') === 'moving') {
      stopped += CONTROL_PERIOD_S;
      send();
    }
    for (let k = 0; k < 500; k++) send();
    const qvel = world.view('qvel');
    const fastest = Math.max(...joints.map((joint) => Math.abs(qvel[joint.qvel])));
    await episode.close();
    expect(counter.counts).toEqual({ position: 0, velocity: 0, acceleration: 0, jerk: 0 });
    expect(stopped).toBeLessThanOrEqual(time);
    expect(fastest).toBeLessThan(0.01);
  });
});
