import { InputError, type Observation } from '@praxis/core';
import { setupOf } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { describe, expect, it } from 'vitest';
import { ClientPolicy, GRIPPER_TOPIC, TRAJECTORY_TOPIC } from './client-policy.ts';

const setup = setupOf({ urdf: armUrdf() });
const home = setup.home;

function policy() {
  const client = new ClientPolicy(setup);
  const joints = client.spec.inputs[0];
  const position = Float64Array.from(joints.names!, (name) => home[setup.joints.indexOf(name)] ?? 0.04);
  const state = { names: joints.names!, position, velocity: new Float64Array(position.length) };
  const rowsAt = async (stamp: number): Promise<number[][]> => {
    const input = { spec: joints, present: true, age: 0, stamp, samples: [state] };
    const observation: Observation = { stamp, inputs: new Map([['joints', input]]) };
    const { blocks, horizon } = await client.infer(observation);
    const { data } = blocks.arm;
    return Array.from({ length: horizon }, (_, k) => [...data.slice(7 * k, 7 * (k + 1))]);
  };
  const accept = (topic: string, message: object) =>
    client.inputs.find((each) => each.topic === topic)!.accept(message);
  return { client, rowsAt, accept };
}

const trajectory = (positions: readonly number[], nanosec: number, names: readonly string[] = setup.joints) => ({
  joint_names: names,
  points: [{ positions: Float64Array.from(positions), time_from_start: { sec: 0, nanosec } }],
});

describe('ClientPolicy', () => {
  it('holds the arm where it is until a trajectory arrives', async () => {
    const { rowsAt } = policy();
    for (const row of await rowsAt(1)) expect(row).toEqual([...home]);
  });

  it('moves linearly to a point in its time, with joints by their names, and then holds', async () => {
    const { rowsAt, accept } = policy();
    await rowsAt(1);
    const goal = home.map((each, i) => each + 0.1 * (i + 1));
    void accept(TRAJECTORY_TOPIC, trajectory([...goal].reverse(), 200_000_000, [...setup.joints].reverse()));
    const rows = await rowsAt(2);
    const expected = (part: number) => home.map((each, i) => each + part * (goal[i] - each));
    for (const [k, part] of [0.25, 0.5, 0.75, 1, 1].entries()) {
      for (const [i, position] of rows[k].entries()) expect(position).toBeCloseTo(expected(part)[i], 12);
    }
    for (const row of await rowsAt(9)) expect(row).toEqual(goal);
  });

  it('begins a new trajectory where the last one has come to', async () => {
    const { rowsAt, accept } = policy();
    await rowsAt(0);
    void accept(
      TRAJECTORY_TOPIC,
      trajectory(
        home.map((each) => each + 0.2),
        200_000_000,
      ),
    );
    await rowsAt(1);
    void accept(TRAJECTORY_TOPIC, trajectory(home, 100_000_000));
    const [first] = await rowsAt(1.1);
    for (const [i, position] of first.entries()) expect(position).toBeCloseTo(home[i] + 0.05, 12);
  });

  it.each([
    [trajectory(home, 0, ['a', 'b']), 'joints a, b, expected joint1'],
    [{ joint_names: setup.joints, points: [] }, 'no points'],
    [trajectory([...home.slice(1), Number.NaN], 0), 'point 0: expected 7 finite positions'],
    [
      { joint_names: setup.joints, points: [0, 0].flatMap(() => trajectory(home, 5).points) },
      'point 1: time 5e-9 s is not after',
    ],
  ])('refuses a trajectory that the arm cannot follow: %#', async (message, reason) => {
    const { rowsAt, accept } = policy();
    expect(() => accept(TRAJECTORY_TOPIC, message)).toThrow(InputError);
    expect(() => accept(TRAJECTORY_TOPIC, message)).toThrow(reason);
    for (const row of await rowsAt(1)) expect(row).toEqual([...home]);
  });

  it('refuses a width that the gripper does not have', () => {
    const { accept } = policy();
    void accept(GRIPPER_TOPIC, { data: Float64Array.of(0.02) });
    expect(() => accept(GRIPPER_TOPIC, { data: Float64Array.of(0.5) })).toThrow(
      'gripper: 0.5, expected one width from 0 to 0.08 m',
    );
  });
});
