import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nextScene, startArm } from './arm.ts';
import { RosClient } from './client.ts';
import { endAll, NodeProcess } from './node-process.ts';
import { missing } from './ros.ts';

const CONFIG = `config:=${fileURLToPath(new URL('../../examples/own-modality/praxis.config.ts', import.meta.url))}`;
/** Time limit (s) of the task as the simulator logs it. */
const TIME_LIMIT = '8.0';
const MAX_SCENES = 5;

describe.skipIf(missing !== undefined)('a configuration over a real ROS 2', () => {
  let client: RosClient;
  let supervisor: NodeProcess;
  let policy: NodeProcess;
  let sim: NodeProcess;

  beforeAll(async () => {
    client = new RosClient();
    supervisor = new NodeProcess('supervisor_node', ['safety_config:=sim', 'auto_start:=true']);
    policy = new NodeProcess('policy_node', [CONFIG, 'policy:=vibration']);
    await policy.waitForLog(/policy own-modality from examples\/own-modality\/model/);
    // The task's time runs from the start of the simulator.
    sim = new NodeProcess('sim_node', [CONFIG, 'task:=motor']);
    await supervisor.waitForLog(/ready -> running/);
  }, 180_000);

  afterAll(async () => {
    await endAll([sim, supervisor, policy]);
    await client?.close();
  });

  /** Waits for the verdict on a scene, and resets the stops that a busy machine causes meanwhile. */
  async function verdict(from: number): Promise<RegExpExecArray> {
    for (const end = Date.now() + 40_000; Date.now() < end; ) {
      const found = await sim.waitForLog(/(success|failure) after ([\d.]+) s/, from, 1).catch(() => undefined);
      if (found) return found;
      await startArm({ client, supervisor });
    }
    throw new Error(`no verdict on a scene:\n${sim.output.slice(from)}`);
  }

  it('brings a task, a policy, and the sensor that the policy needs, as a topic of a standard type', async () => {
    let [, outcome, time] = await verdict(0);
    // Only lateness lets the time run out; a wrong plate fails sooner, and then the test does too.
    for (let scene = 1; scene < MAX_SCENES && outcome === 'failure' && time === TIME_LIMIT; scene++) {
      const from = sim.output.length;
      await nextScene({ client, supervisor });
      [, outcome, time] = await verdict(from);
    }
    expect(outcome).toBe('success');
    expect(await client.topicTypes('/vibration')).toEqual(['sensor_msgs/msg/Imu']);
    const message = await client.receive('/vibration', 'sensor_msgs/msg/Imu', 5);
    expect(message).toMatchObject({ header: { frame_id: 'tool0' } });
  }, 240_000);

  it('refuses an unknown task in one line that lists the known ones', async () => {
    const node = new NodeProcess('sim_node', [CONFIG, 'task:=juggle']);
    await node.waitForLog(/sim_node\]: unknown task "juggle": expected one of pick, sort, motor\n/);
    expect(await node.end()).toBe(2);
  }, 60_000);
});
