import { fileURLToPath } from 'node:url';
import { ARM_URDF_FILE } from '@praxis/sim/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawMotor } from '../../examples/own-modality/motor.ts';
import { needs } from '../needs.ts';
import { TASKS } from '../shipped-tasks.ts';
import { latenessStops, nextScene, startArm } from './arm.ts';
import { RosClient } from './client.ts';
import { endAll, NodeProcess } from './node-process.ts';
import { ROS } from './ros.ts';

const CONFIG = `config:=${fileURLToPath(new URL('../../examples/own-modality/praxis.config.ts', import.meta.url))}`;
/** The simulator, which publishes it otherwise, starts last. */
const DESCRIPTION = `robot_description:=${ARM_URDF_FILE}`;
/** Time limit (s) of the task as the simulator logs it. */
const TIME_LIMIT = '8.0';
/** The first motor is fast, the next one slow. */
const FIRST_SEED = 2_000_001;
const MAX_SCENES = 8;

describe('a configuration over a real ROS 2', needs(ROS), () => {
  let client: RosClient;
  let supervisor: NodeProcess;
  let policy: NodeProcess;
  let sim: NodeProcess;

  beforeAll(async () => {
    client = new RosClient();
    supervisor = new NodeProcess('supervisor_node', [DESCRIPTION, 'safety_config:=sim', 'auto_start:=true']);
    policy = new NodeProcess('policy_node', [DESCRIPTION, CONFIG, 'policy:=vibration']);
    await policy.waitForLog(/policy own-modality from examples\/own-modality\/model/);
    // The task's time runs from the start of the simulator.
    sim = new NodeProcess('sim_node', [CONFIG, 'task:=motor', `seed:=${FIRST_SEED}`]);
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
    const arm = { client, supervisor };
    const solved = new Set<string>();
    for (let seed = FIRST_SEED; seed < FIRST_SEED + MAX_SCENES && solved.size < 2; seed++) {
      const from = seed === FIRST_SEED ? 0 : sim.output.length;
      if (seed > FIRST_SEED) await nextScene(arm);
      const started = supervisor.output.length;
      const [, outcome, time] = await verdict(from);
      // A wrong plate fails before the time runs out. The time continues while a busy machine starts or stops the arm.
      const late = time === TIME_LIMIT || latenessStops(supervisor, started).length > 0;
      if (outcome === 'failure' && late) continue;
      expect(outcome).toBe('success');
      solved.add(drawMotor(seed).runs);
    }
    // A policy that does not feel the vibration is right for one speed alone.
    expect([...solved].sort()).toEqual(['fast', 'slowly']);
    expect(await client.topicTypes('/vibration')).toEqual(['sensor_msgs/msg/Imu']);
    const message = await client.receive('/vibration', 'sensor_msgs/msg/Imu', 5);
    expect(message).toMatchObject({ header: { frame_id: 'tool0' } });
  }, 240_000);

  it('refuses an unknown task in one line that lists the known ones', async () => {
    const node = new NodeProcess('sim_node', [CONFIG, 'task:=juggle']);
    await node.waitForLog(
      new RegExp(`sim_node\\]: unknown task "juggle": expected one of ${TASKS.join(', ')}, motor\n`),
    );
    expect(await node.exited).toBe(2);
  }, 60_000);
});
