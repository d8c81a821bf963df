import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NodeProcess, receivesMessage, startArm, trigger } from './ros-nodes.ts';

const run = promisify(execFile);
const SCRIPT = fileURLToPath(new URL('./ros-misbehave.py', import.meta.url));
const ERROR = 2;

/** The diagnostics part and the message that each case causes. */
const CASES: Readonly<Record<string, readonly [name: string, message: RegExp]>> = {
  'joints cut off': ['supervisor_node: joints', /messages refused: sensor_msgs\/msg\/JointState/],
  'joints of noise': ['supervisor_node: joints', /messages refused: sensor_msgs\/msg\/JointState/],
  'joints of another type': [
    'supervisor_node: joints',
    /misbehaves publishes std_msgs\/msg\/String, expected sensor_msgs\/msg\/JointState/,
  ],
  'joints missing': ['supervisor_node: joints', /no joint joint6, the message has joint1, joint2/],
  'joints renamed': ['supervisor_node: joints', /no joint joint1, the message has left_joint1/],
  'joints of the future': ['supervisor_node: joints', /wrong stamp: the stamp lies [12]\.\d+ s in the future/],
  'image cut off': ['policy_node: images.front', /messages refused: sensor_msgs\/msg\/Image/],
  'image of a wrong step': ['policy_node: images.front', /step 96, expected at least 288: 96 pixels of rgb8/],
  'image of too few rows': ['policy_node: images.front', /25920 bytes, expected 27648: 96 rows of 288/],
  'image of a wrong encoding': ['policy_node: images.front', /encoding "16UC1", expected one of rgb8/],
  'wrench of another frame': ['supervisor_node: wrench', /frame_id "world", expected ft_sensor_link/],
  'wrench not finite': ['supervisor_node: wrench', /wrench: NaN, .*expected finite numbers/],
  'command of other joints': ['supervisor_node: command', /no joint1 among shoulder, elbow/],
  'command cut off': ['supervisor_node: command', /messages refused: trajectory_msgs\/msg\/JointTrajectory/],
  'instruction of best effort': ['policy_node: instruction', /QoS: \/misbehaves offers best effort, expected reliable/],
};

/** Runs a node in Python that sends malformed messages for some seconds. @returns the reports on /diagnostics by part */
async function misbehave(
  testCase: string,
  seconds: number,
): Promise<Partial<Record<string, readonly [number, string]>>> {
  const { stdout } = await run('python3', [SCRIPT, testCase, String(seconds)], { timeout: 30_000 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
}

const alive = (node: NodeProcess): boolean => node.process.exitCode === null && node.process.signalCode === null;

export function malformedOverRos(): void {
  describe('a malformed message over a real ROS 2 causes a clear diagnostic, no crash and no motion', () => {
    let supervisor: NodeProcess;
    let policy: NodeProcess;

    beforeAll(async () => {
      supervisor = new NodeProcess('supervisor_node');
      policy = new NodeProcess('policy_node');
      await supervisor.waitForLog(/supervises 7 joints/);
      await policy.waitForLog(/policy default/);
    }, 60_000);

    afterAll(() => Promise.all([supervisor, policy].map((node) => node?.end('SIGKILL'))));

    for (const [testCase, [name, message]] of Object.entries(CASES)) {
      it(testCase, async () => {
        const reports = await misbehave(testCase, 3);
        expect(reports[name]).toEqual([ERROR, expect.stringMatching(message)]);
        expect([alive(supervisor), alive(policy)]).toEqual([true, true]);
      }, 60_000);
    }

    it('prevents a start of the arm', async () => {
      expect(await trigger('/supervisor_node/start')).toMatchObject({ success: false });
      expect(await receivesMessage('/forward_position_controller/commands', 'std_msgs/msg/Float64MultiArray')).toBe(
        false,
      );
    }, 60_000);

    it('lets a moving arm continue or stop, and the stop can be reset', async () => {
      const sim = new NodeProcess('sim_node');
      try {
        await supervisor.waitForLog(/idle -> ready/);
        await startArm(supervisor);
        for (const testCase of ['joints of noise', 'joints of the future', 'wrench not finite', 'command cut off']) {
          await misbehave(testCase, 1);
          expect([alive(supervisor), alive(policy), alive(sim)]).toEqual([true, true, true]);
        }
        await startArm(supervisor);
      } finally {
        await sim.end('SIGKILL');
      }
    }, 120_000);
  });
}
