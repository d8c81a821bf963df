import { describe, expect, it } from 'vitest';
import { BindError } from '../errors/errors.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import type { Policy, PolicySpec } from '../ports/policy.ts';
import { type TrainedRobot, trainedRobotOf } from '../ports/trained-robot.ts';
import type { RobotSpec } from '../signals/specs.ts';
import { MemoryRobot } from '../testing/memory-robot.ts';
import { NewestChunk } from '../testing/newest-chunk.ts';
import { constantChunk, FunctionPolicy } from '../testing/policies.ts';
import { HOME_JOINTS_RAD, SerialArm, sevenJointArm } from '../testing/serial-arm.ts';
import { bindRobot } from './bind-robot.ts';
import { ControlLoop } from './control-loop.ts';

const ARM = sevenJointArm();
const ROBOT: RobotSpec = { name: 'seven', streams: [], commands: [], gripperRange: [0, 0.08] };
const TRAINED = trainedRobotOf(ROBOT, ARM);

const policy = (robots: PolicySpec['robots']): PolicySpec => ({
  name: 'p',
  inputs: [],
  horizon: 1,
  actionPeriod: 0.1,
  inferencePeriod: 0.1,
  robots,
});
const changed = (change: Partial<Kinematics>): Kinematics => ({
  ...{ jointNames: ARM.jointNames, lower: ARM.lower, upper: ARM.upper, maxVelocity: ARM.maxVelocity },
  forward: (joints, out) => ARM.forward(joints, out),
  jacobian: (joints, out) => ARM.jacobian(joints, out),
  ...change,
});
const withJoint = (values: Float64Array, i: number, value: number) => values.map((each, k) => (k === i ? value : each));
/** The refusal of a robot; 'bound' without one. */
const refusal = (robot: Partial<RobotSpec>, kinematics: Kinematics = ARM, robots: PolicySpec['robots'] = [TRAINED]) => {
  try {
    bindRobot(policy(robots), { ...ROBOT, ...robot }, kinematics, undefined);
    return 'bound';
  } catch (error) {
    expect(error).toBeInstanceOf(BindError);
    expect((error as Error).message).not.toContain('\n');
    return (error as Error).message;
  }
};

describe('bindRobot', () => {
  it('binds the robot that the policy was trained for, also after it went through JSON', () => {
    expect(refusal({})).toBe('bound');
    const stored: TrainedRobot = JSON.parse(JSON.stringify(TRAINED));
    expect(refusal({}, ARM, [{ ...TRAINED, name: 'another' }, stored])).toBe('bound');
  });

  it('compares nothing for a policy that was not trained', () => {
    expect(bindRobot(policy(undefined), { ...ROBOT, name: 'any' }, ARM, undefined)).toBeUndefined();
  });

  it('refuses a robot of another name, and one for a policy that names none', () => {
    expect(refusal({ name: 'foreign' })).toBe(
      'policy p: trained for seven, this robot is foreign; to let it move this robot, accept the robot by name (praxis sim, eval: --accept-robot foreign; ROS: accept_robot)',
    );
    expect(refusal({}, ARM, [])).toContain('policy p: it does not say for which robot it was trained');
  });

  it('refuses other joints, limits, speeds, geometry, tools and grippers, and says how they differ', () => {
    const six = new SerialArm(
      Array.from({ length: 6 }, () => ({ offset: [0, 0, 0.1], axis: [0, 1, 0] })),
      [0, 0, 0],
    );
    const longer = new SerialArm(
      Array.from({ length: 7 }, () => ({ offset: [0, 0, 0.1], axis: [0, 1, 0] })),
      [0, 0, 0],
    );
    const turned = changed({
      forward(joints, out) {
        ARM.forward(joints, out);
        [out[3], out[4], out[5], out[6]] = [-out[4], out[3], -out[6], out[5]];
      },
    });
    const cases: [Partial<RobotSpec>, Kinematics, string][] = [
      [{}, six, 'its joints are joint1, joint2, joint3, joint4, joint5, joint6, trained with joint1'],
      [{}, changed({ jointNames: [...ARM.jointNames].reverse() }), 'its joints are joint7, joint6'],
      [{}, changed({ upper: withJoint(ARM.upper, 3, 2) }), 'joint4 moves in -2.8..2, trained with -2.8..2.8'],
      [{}, changed({ lower: withJoint(ARM.lower, 0, -Infinity) }), 'joint1 moves in -Infinity..2.8, trained with'],
      [
        {},
        changed({ maxVelocity: withJoint(ARM.maxVelocity, 6, 1) }),
        'joint7 has a speed of at most 1, trained with 2.5',
      ],
      [{}, longer, 'm from where it was in training'],
      [{}, turned, 'the tool is turned by 3.142 rad'],
      [{ gripperRange: undefined }, ARM, 'it has no gripper, trained with one'],
      [{ gripperRange: [0, 0.14] }, ARM, 'the gripper opens in 0..0.14 m, trained with 0..0.08 m'],
    ];
    for (const [robot, kinematics, message] of cases) {
      expect(refusal(robot, kinematics)).toContain(`robot seven is not as in training: `);
      expect(refusal(robot, kinematics)).toContain(message);
    }
    expect(refusal({}, ARM, [{ ...TRAINED, gripperRange: undefined }])).toContain('it has a gripper, trained without');
  });

  it('lets a calibrated tool pass that is a few millimetres elsewhere', () => {
    const calibrated = changed({
      forward(joints, out) {
        ARM.forward(joints, out);
        out[0] += 0.004;
      },
    });
    expect(refusal({}, calibrated)).toBe('bound');
  });

  it('takes an explicit yes for this robot alone, and says what differs', () => {
    const foreign = { ...ROBOT, name: 'foreign', gripperRange: undefined };
    expect(bindRobot(policy([TRAINED]), foreign, ARM, 'foreign')).toBe(
      'policy p: trained for seven, this robot is foreign (it has no gripper, trained with one)',
    );
    expect(bindRobot(policy([TRAINED]), ROBOT, ARM, 'seven')).toBeUndefined();
    for (const other of ['', 'seven', 'Foreign']) {
      expect(() => bindRobot(policy([TRAINED]), foreign, ARM, other)).toThrow(BindError);
    }
  });
});

describe('a control loop of a joint that cannot move', () => {
  it('is refused, because it would track every target without motion', () => {
    const still = changed({ maxVelocity: withJoint(ARM.maxVelocity, 2, 0) });
    const make = () =>
      new ControlLoop({
        robot: new MemoryRobot(HOME_JOINTS_RAD),
        policy: new FunctionPolicy(({ stamp }) => constantChunk(stamp, new Float64Array(8)), []),
        kinematics: still,
        scheduler: new NewestChunk(),
        inference: { kind: 'simulated', delay: 0.03 },
      });
    expect(make).toThrow(BindError);
    expect(make).toThrow('kinematics: joint joint3 has a largest speed of 0, with which it cannot move');
  });
});

describe('a control loop', () => {
  const loopOf = (acceptRobot?: string) => {
    const robot = new MemoryRobot(HOME_JOINTS_RAD);
    const spec = { ...policy([TRAINED]), name: 'trained' };
    const driver: Policy = {
      spec,
      infer: async ({ stamp }) => constantChunk(stamp, new Float64Array(8)),
      reset() {},
      async close() {},
    };
    return new ControlLoop({
      robot,
      policy: driver,
      kinematics: ARM,
      scheduler: new NewestChunk(),
      inference: { kind: 'simulated', delay: 0.03 },
      acceptRobot,
    });
  };

  it('does not drive another robot than that of the policy without an explicit yes', () => {
    expect(() => loopOf()).toThrow('policy trained: trained for seven, this robot is memory');
    const loop = loopOf('memory');
    expect(loop.otherRobot).toContain('this robot is memory (it has no gripper, trained with one)');
    const messages: string[] = [];
    loop.events$.subscribe(({ kind, data }) => {
      if (kind === 'other_robot') messages.push(data.message);
    });
    loop.start();
    expect(messages).toEqual([loop.otherRobot]);
  });
});
