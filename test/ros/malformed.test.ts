import { ARM_URDF_FILE } from '@praxis/sim/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { startArm } from './arm.ts';
import { RosClient } from './client.ts';
import { endAll, NodeProcess } from './node-process.ts';
import { ROS } from './ros.ts';

/** Levels on /diagnostics. */
const OK = 0;
const ERROR = 2;

/** The diagnostics part and the message that each case causes. */
const CASES: Readonly<Record<string, readonly [name: string, message: RegExp]>> = {
  'joints cut off': ['supervisor_node: joints', /messages refused: sensor_msgs\/msg\/JointState/],
  'joints of noise': ['supervisor_node: joints', /messages refused: sensor_msgs\/msg\/JointState/],
  'joints of another type': [
    'supervisor_node: joints',
    /test_client publishes std_msgs\/msg\/String, expected sensor_msgs\/msg\/JointState/,
  ],
  'joints missing': [
    'supervisor_node: joints',
    /no sample: no state of joint6, joint7, finger_joint1, finger_joint2 (yet|for [\d.]+ s)/,
  ],
  'joints renamed': [
    'supervisor_node: joints',
    /no sample: no state of joint\d, .*(yet|for [\d.]+ s); the newest messages have left_joint1/,
  ],
  'joints of the future': ['supervisor_node: joints', /wrong stamp: the stamp lies [12]\.\d+ s in the future/],
  'image cut off': ['policy_node: images.front', /messages refused: sensor_msgs\/msg\/Image/],
  'image of a wrong step': ['policy_node: images.front', /step 96, expected at least 288: 96 pixels of rgb8/],
  'image of too few rows': ['policy_node: images.front', /25920 bytes, expected 27648: 96 rows of 288/],
  'image of a wrong encoding': ['policy_node: images.front', /encoding "16UC1", expected one of rgb8/],
  'wrench of another frame': ['supervisor_node: wrench', /frame_id "world", expected ft_sensor_link/],
  'wrench not finite': ['supervisor_node: wrench', /wrench: NaN, .*expected finite numbers/],
  'command of other joints': ['supervisor_node: command', /no joint1 among shoulder, elbow/],
  'command cut off': ['supervisor_node: command', /messages refused: trajectory_msgs\/msg\/JointTrajectory/],
  'targets of another node': [
    'supervisor_node: commander',
    /not the only publisher of \/forward_position_controller\/commands: \/test_client/,
  ],
  'instruction of best effort': [
    'policy_node: instruction',
    /QoS: \/test_client offers best effort, expected reliable/,
  ],
};

/** No simulator publishes the URDF while most of the tests run. */
const DESCRIPTION = `robot_description:=${ARM_URDF_FILE}`;

/** Diagnostics part for the node that commands the arm. */
const COMMANDER = 'supervisor_node: commander';
const TWO_COMMANDERS = /2 nodes command the arm at once: \/policy_node, a node that does not say its name/;

/** Time (s) in which a part has to report an error; it reports once a second. */
const REPORT_TIMEOUT_S = 15;

describe('a malformed message over a real ROS 2 causes a clear diagnostic, no crash and no motion', needs(ROS), () => {
  let client: RosClient;
  let supervisor: NodeProcess;
  let policy: NodeProcess;

  beforeAll(async () => {
    client = new RosClient();
    supervisor = new NodeProcess('supervisor_node', [DESCRIPTION]);
    policy = new NodeProcess('policy_node', [DESCRIPTION]);
    await supervisor.waitForLog(/supervises 7 joints/);
    await policy.waitForLog(/policy default/);
  }, 60_000);

  afterAll(async () => {
    await endAll([supervisor, policy]);
    await client?.close();
  });

  for (const [testCase, [part, pattern]] of Object.entries(CASES)) {
    it(testCase, async () => {
      const reports = await client.malformed(testCase, REPORT_TIMEOUT_S, { part, pattern });
      expect(reports[part]).toEqual([ERROR, expect.stringMatching(pattern)]);
      expect([supervisor.alive, policy.alive]).toEqual([true, true]);
    }, 60_000);
  }

  it('prevents a start of the arm', async () => {
    expect(await client.trigger('/supervisor_node/start')).toMatchObject({ success: false });
    const commands = '/forward_position_controller/commands';
    expect(await client.receive(commands, 'std_msgs/msg/Float64MultiArray', 3)).toBeNull();
  }, 60_000);

  it('lets a moving arm continue or stop, and the stop can be reset', async () => {
    const sim = new NodeProcess('sim_node');
    try {
      await supervisor.waitForLog(/idle -> ready/);
      await startArm({ client, supervisor });
      for (const testCase of ['joints of noise', 'joints of the future', 'wrench not finite', 'command cut off']) {
        await client.malformed(testCase, 1);
        expect([supervisor.alive, policy.alive, sim.alive]).toEqual([true, true, true]);
      }
      await startArm({ client, supervisor });
      const from = supervisor.output.length;
      const reports = await client.malformed('commands of a second node', REPORT_TIMEOUT_S, {
        part: COMMANDER,
        pattern: TWO_COMMANDERS,
      });
      expect(reports[COMMANDER]).toEqual([ERROR, expect.stringMatching(TWO_COMMANDERS)]);
      const cause = new RegExp(`-> hold: .*${TWO_COMMANDERS.source}`);
      expect(supervisor.output.slice(from)).toMatch(cause);
      await startArm({ client, supervisor });
    } finally {
      await sim.end();
    }
  }, 120_000);

  it('that only lacks what its sender does not measure is none: arm and gripper publish their own joints', async () => {
    const reports = await client.malformed('joints in parts', 4);
    expect(reports['supervisor_node: joints']).toEqual([OK, expect.stringMatching(/^\d+ Hz$/)]);
    const told = [
      ...supervisor.output.matchAll(/no velocity of (.*) in the messages: it is the slope of the positions/g),
    ];
    const joints = told.flatMap(([, names]) => names.split(', '));
    expect(joints).toEqual(expect.arrayContaining(['joint1', 'finger_joint2']));
    expect(joints).toHaveLength(new Set(joints).size);
  }, 60_000);

  it('of another clock is none with use_sim_time: the samples age on /clock, also when a recording begins again', async () => {
    await supervisor.end();
    supervisor = new NodeProcess('supervisor_node', [DESCRIPTION, 'use_sim_time:=true']);
    await supervisor.waitForLog(/supervises 7 joints/);
    const rounds = await client.playInLoop(2, 4);
    for (const reports of rounds) {
      expect(reports['supervisor_node: joints']).toEqual([OK, expect.stringMatching(/^\d+ Hz$/)]);
      expect(reports['supervisor_node: clock']).toEqual([OK, expect.stringMatching(/^\d\.\d\d x real time$/)]);
    }
    expect(supervisor.output).toMatch(/\/clock jumped by -4\.\d s: the streams of the sensors begin anew/);
  }, 60_000);
});
