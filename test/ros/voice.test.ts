import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ARM_LAYOUT, armModel } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { writeWav } from '@praxis/speech';
import { loadFlite } from '@praxis/speech/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs, POCKETSPHINX } from '../needs.ts';
import { despiteLateness, whenAtRest } from './arm.ts';
import { RosClient } from './client.ts';
import { endAll, NodeProcess } from './node-process.ts';
import { ROS } from './ros.ts';

/** The fields of `sensor_msgs/msg/JointState` that say where the tool is. */
interface JointState {
  readonly name: readonly string[];
  readonly position: readonly number[];
}

/** Tool position (m, base frame) that a joint state describes. */
function toolPosition({ name, position }: JointState): Float64Array {
  const joints = Float64Array.from(ARM_LAYOUT.joints, (joint) => position[name.indexOf(joint)]);
  const pose = new Float64Array(7);
  armModel(armUrdf()).kinematics.forward(joints, pose);
  return pose.slice(0, 3);
}

describe('voice teleoperation over a real ROS 2', needs(ROS), () => {
  let folder: string;
  let client: RosClient;
  let nodes: NodeProcess[] = [];
  let supervisor: NodeProcess;
  let teleop: NodeProcess;

  const arm = () => ({ client, supervisor });

  /** Publishes a recognised utterance. */
  const publishTranscript = (data: string): Promise<void> =>
    client.publish('/transcript', 'std_msgs/msg/String', { data });

  async function measuredToolPosition(): Promise<Float64Array> {
    const state = await client.receive<JointState>('/joint_states', 'sensor_msgs/msg/JointState', 5);
    if (state === null) throw new Error('no joint state within 5 s');
    return toolPosition(state);
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'praxis-speak-'));
    client = new RosClient();
    const sim = new NodeProcess('sim_node', ['instruct:=false']);
    supervisor = new NodeProcess('supervisor_node', ['safety_config:=teleop', 'auto_start:=true']);
    teleop = new NodeProcess('teleop_node');
    nodes = [sim, supervisor, teleop];
    await supervisor.waitForLog(/ready -> running/);
    await teleop.waitForLog(/supervisor: running/);
  }, 60_000);

  afterAll(async () => {
    await endAll(nodes);
    await client?.close();
    rmSync(folder, { recursive: true });
  });

  it('moves the tool five centimetres to the left and in no other direction', async () => {
    await despiteLateness(arm(), async () => {
      await sleep(1000);
      const before = await measuredToolPosition();
      const from = teleop.output.length;
      await publishTranscript('move left five centimetres');
      await teleop.waitForLog(/moving left 5 cm/, from, 10);
      await sleep(4000);
      const after = await measuredToolPosition();
      expect(after[1] - before[1]).toBeCloseTo(0.05, 2);
      expect(Math.hypot(after[0] - before[0], after[2] - before[2])).toBeLessThan(0.005);
    });
  }, 120_000);

  it('stops at once on "stop" and does not move before a reset', async () => {
    await despiteLateness(arm(), async () => {
      const from = supervisor.output.length;
      await publishTranscript('stop');
      await supervisor.waitForLog(/-> protective_stop/, from, 10);
      const at = teleop.output.length;
      await publishTranscript('move up ten centimetres');
      await teleop.waitForLog(/transcript: "move up ten centimetres"/, at, 5);
      expect(teleop.output.slice(at)).not.toMatch(/moving up/);
      expect(await whenAtRest(client, '/supervisor_node/reset')).toBe('ready');
    });
  }, 120_000);

  it('follows spoken commands and stops on a spoken stop word', {
    ...needs(POCKETSPHINX),
    timeout: 180_000,
  }, async () => {
    const flite = await loadFlite();
    const speak = async (text: string): Promise<void> => {
      const file = join(folder, 'words.wav');
      writeFileSync(file, writeWav(flite.synthesize(text)));
      await client.speak(file);
    };
    const speech = new NodeProcess('speech_node');
    nodes.push(speech);
    await speech.waitForLog(/listens to audio/);
    await despiteLateness(arm(), async () => {
      await sleep(1000);
      const from = teleop.output.length;
      await speak('pick up the red cube');
      await teleop.waitForLog(/transcript: "pick up the red cube"/, from, 20);
      const stopped = supervisor.output.length;
      await speak('stop');
      await supervisor.waitForLog(/-> protective_stop/, stopped, 20);
    });
  });
});
