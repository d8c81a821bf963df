import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { quaternion } from '../math/index.ts';
import type { Stamped } from '../signals/stamped.ts';
import type { StreamValue } from '../signals/values.ts';
import { MemoryRobot } from '../testing/memory-robot.ts';
import { HOME_JOINTS_RAD, sevenJointArm } from '../testing/serial-arm.ts';
import { DerivedStreams } from './derived.ts';
import { subscribeChecked } from './subscribe-checked.ts';

const tool = { toolMass: 0, toolCentreOfMass: [0, 0, 0], ftInTool: [0, 0, 0, 0, 0, 0, 1] } as const;

describe('DerivedStreams', () => {
  it('ee_state has position, rotation vector and gripper at the rate of the joints', async () => {
    const robot = new MemoryRobot(HOME_JOINTS_RAD);
    const kinematics = sevenJointArm();
    const derived = new DerivedStreams({ robot, kinematics, tool });
    const samples: Stamped<StreamValue>[] = [];
    derived.stream('ee_state').subscribe((sample) => samples.push(sample));
    const disconnect = derived.connect();
    await robot.start();
    for (let i = 0; i < 10; i++) robot.step();
    expect(samples).toHaveLength(10);
    const state = samples[9].value as Float64Array;
    expect(samples[9].stamp).toBe(robot.clock.now());
    const pose = new Float64Array(7);
    kinematics.forward(HOME_JOINTS_RAD, pose);
    expect([...state.subarray(0, 3)]).toEqual([...pose.subarray(0, 3)]);
    const turn = new Float64Array(4);
    quaternion.fromRotationVector(state, turn, 3);
    const same = turn.reduce((sum, x, i) => sum + x * pose[3 + i], 0);
    expect(Math.abs(same)).toBeCloseTo(1, 12);
    expect(state[6]).toBeCloseTo(0.04, 12);
    expect(samples[8].value).not.toBe(state);
    disconnect();
    robot.step();
    expect(samples).toHaveLength(10);
  });

  it('reports a joints sample that is no joint state, and a subscriber that throws, instead of ending the process', async () => {
    const robot = new MemoryRobot(HOME_JOINTS_RAD);
    const samples = new Subject<Stamped<StreamValue>>();
    robot.stream = () => samples;
    const faults: string[] = [];
    const onBadSample = (_: string, fault: string) => void faults.push(fault);
    const derived = new DerivedStreams({ robot, kinematics: sevenJointArm(), tool });
    derived.connect({ onError() {}, onBadSample });
    samples.next({ value: new Float64Array(9), stamp: 1, received: 1 });
    expect(faults[0]).toBe('joints: a sample is Float64Array, expected a joint state');
    expect(derived.endEffector.known).toBe(false);
    const spec = robot.spec.streams[3];
    subscribeChecked(robot, spec, { onError() {}, onBadSample }, () => {
      throw new Error('no room');
    });
    samples.next({ value: 'lift it', stamp: 2, received: 2 });
    expect(faults.at(-1)).toBe('instruction: no room');
  });

  it('publishes specs to which a policy binds', () => {
    const { specs } = new DerivedStreams({
      robot: new MemoryRobot(HOME_JOINTS_RAD),
      kinematics: sevenJointArm(),
      tool,
    });
    expect(specs).toMatchObject([
      { name: 'ee_state', modality: 'joints', shape: [8], frame: 'base_link', rateHz: 500 },
      { name: 'wrench.contact', modality: 'wrench', shape: [6], frame: 'ft_sensor_link', rateHz: 100 },
    ]);
  });

  it("has no contact wrench if the tool's load is unknown", () => {
    const derived = new DerivedStreams({ robot: new MemoryRobot(HOME_JOINTS_RAD), kinematics: sevenJointArm() });
    expect(() => derived.stream('wrench.contact')).toThrow('no wrench.contact, only ee_state');
  });
});
