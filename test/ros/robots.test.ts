import { fileURLToPath } from 'node:url';
import { ARM5_PICK_POLICY_FOLDER } from '@praxis/models';
import { afterEach, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { type SupervisedArm, startArm } from './arm.ts';
import { RosClient } from './client.ts';
import { endAll, NodeProcess } from './node-process.ts';
import { ROS } from './ros.ts';
import { SEED } from './scripted-pick.ts';

const robotFolder = (name: string): string => fileURLToPath(new URL(`../../robots/${name}`, import.meta.url));

/** A part of `sensor_msgs/msg/JointState`. */
interface JointState {
  readonly name: readonly string[];
}

/** Waits for the verdict on the scene, and resets the stops that a busy machine causes meanwhile. */
async function verdict(sim: NodeProcess, arm: SupervisedArm): Promise<string> {
  for (const end = Date.now() + 90_000; Date.now() < end; ) {
    const found = await sim.waitForLog(/(success|failure) after [\d.]+ s/, 0, 1).catch(() => undefined);
    if (found) return found[1];
    await startArm(arm);
  }
  throw new Error(`no verdict on the scene:\n${sim.output}`);
}

describe('another robot than the Praxis arm over a real ROS 2', needs(ROS), () => {
  let nodes: NodeProcess[] = [];
  let client: RosClient | undefined;
  afterEach(async () => {
    await endAll(nodes);
    await client?.close();
    client = undefined;
    nodes = [];
    delete process.env.PRAXIS_PICK_ROBOT;
  });

  // The first is named by its folder and moved by a policy that sees; the second by its name, and moved by a script that knows the scene.
  it.each([
    {
      ...{ name: 'arm5', robot: robotFolder('arm5'), finger: 'jaw_joint', wrench: undefined },
      policy: ARM5_PICK_POLICY_FOLDER,
    },
    {
      ...{ name: 'arm6', robot: 'arm6', finger: 'left_knuckle_joint', wrench: 'geometry_msgs/msg/WrenchStamped' },
      policy: fileURLToPath(new URL('./scripted-pick.ts', import.meta.url)),
    },
  ])(
    '$name picks its block up with its own joints, gripper, sensors and limits',
    async ({ name, robot, finger, wrench, policy: folder }) => {
      process.env.PRAXIS_PICK_ROBOT = robotFolder(name);
      client = new RosClient();
      const sim = new NodeProcess('sim_node', [`robot:=${robot}`, `seed:=${SEED}`]);
      const supervisor = new NodeProcess('supervisor_node', [
        `robot:=${robot}`,
        'safety_config:=sim',
        'auto_start:=true',
      ]);
      const policy = new NodeProcess('policy_node', [`robot:=${robot}`, `policy:=${folder}`]);
      nodes = [sim, supervisor, policy];
      await supervisor.waitForLog(/ready -> running/);
      expect(await verdict(sim, { client, supervisor })).toBe('success');
      expect(supervisor.output).toMatch(new RegExp(`safety: ${name} has no settings; derived from its description`));
      expect(supervisor.output).not.toContain('figures of the Praxis arm');
      expect(supervisor.output).toMatch(new RegExp(`supervises \\d joints of ${name}`));
      const state = await client.receive<JointState>('/joint_states', 'sensor_msgs/msg/JointState', 5);
      expect(state?.name).toEqual(expect.arrayContaining([finger]));
      const types = await client.topicTypes('/wrench');
      expect(types).toEqual(wrench === undefined ? [] : [wrench]);
    },
    240_000,
  );

  it('a name that no robot has is refused in one line', async () => {
    const node = new NodeProcess('supervisor_node', ['robot:=arm7']);
    nodes = [node];
    await node.waitForLog(
      /parameter robot: no folder arm7, and no robot of this name; registered are arm5, arm6, base, praxis_arm, two_arms\n/,
    );
    expect(await node.exited).toBe(2);
  }, 60_000);
});
