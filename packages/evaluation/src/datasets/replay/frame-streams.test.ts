import type { ImageFrame, JointState, PolicyInputSpec, Stamped, StreamValue } from '@praxis/core';
import { setupOf } from '@praxis/sim';
import type { DatasetFeatures, FeatureValue } from '@praxis/wire/lerobot';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodePng } from '../../files/png.ts';
import { robotChoice } from '../../project/robot.ts';
import { ReplayRobot } from '../../replay/replay-robot.ts';
import { FrameStreams } from './frame-streams.ts';

let robot: ReturnType<typeof setupOf>['spec'];
beforeAll(async () => {
  robot = setupOf(await robotChoice(undefined)).spec;
});

const JOINTS = [7, 6, 5, 4, 3, 2, 1].map((i) => `joint${i}`);
const state = { dtype: 'float32', shape: [9], names: ['finger_joint2', 'finger_joint1', ...JOINTS] };
const wrench = { dtype: 'float32', shape: [6], names: null };
const picture = { dtype: 'image', shape: [3, 1, 2], names: ['channels', 'height', 'width'] };

const streams = (features: DatasetFeatures, ...inputs: readonly string[]) =>
  new FrameStreams({ name: 'set', info: { features: { 'observation.state': state, ...features }, fps: 10 } }, robot, {
    ...{ name: 'p', horizon: 1, actionPeriod: 0.1, inferencePeriod: 0.1 },
    inputs: inputs.map((name) => ({ name }) as PolicyInputSpec),
  });

describe('the streams of frames', () => {
  it('have joints by name, numbers between two frames, pictures, and the task', () => {
    const features = { 'observation.wrench': wrench, 'observation.images.front': picture };
    const frames = streams(features, 'ee_state', 'wrench.contact', 'images.front', 'instruction');
    expect(frames.robot.streams.map(({ name, shape }) => `${name} ${shape.join('x')}`)).toEqual([
      ...['joints 9', 'wrench.contact 6', 'images.front 1x2x3', 'instruction '],
    ]);
    const target = new ReplayRobot(frames.robot);
    const samples = new Map<string, Stamped<StreamValue>[]>();
    for (const { name } of frames.robot.streams)
      target.stream(name).subscribe((sample) => samples.set(name, [...(samples.get(name) ?? []), sample]));
    const rows = [0, 1].map((k) => Float64Array.from({ length: 9 }, (_, i) => i + k / 10));
    const columns = new Map<string, readonly FeatureValue[]>([
      ['observation.state', rows],
      ['observation.wrench', [Float64Array.of(0, 0, 0, 0, 0, 0), Float64Array.of(10, 0, 0, 0, 0, 0)]],
      ['observation.images.front', [1, 2].map((red) => encodePng(Uint8Array.of(red, 2, 3, 4, 5, 6), 2, 1))],
    ]);
    frames.publish(target, columns, 0, 'wave');
    frames.publish(target, columns, 1, undefined);
    const joints = samples.get('joints')!.at(-1)!;
    const { names, position, velocity } = joints.value as JointState;
    expect(joints.stamp).toBeCloseTo(0.1, 12);
    expect(position[names.indexOf('joint7')]).toBeCloseTo(2.1, 12);
    expect(position[names.indexOf('finger_joint2')]).toBeCloseTo(0.1, 12);
    for (const speed of velocity) expect(speed).toBeCloseTo(1, 12);
    // Ten samples of 100 Hz between two frames of 10 Hz.
    const forces = samples.get('wrench.contact')!.map(({ stamp, value }) => [stamp, (value as Float64Array)[0]]);
    expect(forces).toHaveLength(11);
    expect(forces[4][0]).toBeCloseTo(0.04, 12);
    expect(forces[4][1]).toBeCloseTo(4, 12);
    expect((samples.get('images.front')![1].value as ImageFrame).data).toEqual(Uint8Array.of(2, 2, 3, 4, 5, 6));
    expect(samples.get('instruction')!.map(({ value }) => value)).toEqual(['wave']);
  });

  it('of a recording have the forces of the sensor, whose weight and zero the loop subtracts', () => {
    const recorded = streams({ 'observation.wrench': wrench, stamps: state }, 'wrench.contact');
    expect(recorded.robot.streams.map(({ name }) => name)).toEqual(['joints', 'wrench', 'instruction']);
  });

  it.each([
    [{}, 'images.front', 'set: policy p needs images.front, for which the dataset lacks observation.images.front'],
    [
      { 'observation.images.front': { ...picture, dtype: 'video' } },
      'images.front',
      'set: policy p needs images.front, but observation.images.front is a video, which is not decoded',
    ],
    [
      { 'observation.wrench': { ...wrench, shape: [3] } },
      'wrench.contact',
      'set: observation.wrench has dtype float32 and shape 3, expected 6 numbers for wrench',
    ],
    [{ 'observation.sonar': wrench }, 'sonar', 'robot praxis_arm: no stream sonar, which a replay needs'],
  ] as const)('of %j do not fit %s', (features, input, message) => {
    expect(() => streams(features as DatasetFeatures, input)).toThrow(message);
  });
});
