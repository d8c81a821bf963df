import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ARM_LAYOUT, armModel } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { writeWav } from '@praxis/speech';
import { findPocketSphinx, loadFlite, POCKETSPHINX_INSTALL_COMMAND } from '@praxis/speech/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NodeProcess, ros2, startArm, trigger } from './ros-nodes.ts';

const run = promisify(execFile);
const SPEAK = fileURLToPath(new URL('./ros-speak.py', import.meta.url));
const hasRecogniser = findPocketSphinx() !== undefined;
if (!hasRecogniser) console.warn(`tests of the speech node are skipped: ${POCKETSPHINX_INSTALL_COMMAND}`);

/** Publishes a recognised utterance. */
const publishTranscript = (text: string): Promise<string> =>
  ros2('topic', 'pub', '--once', '-w', '1', '/transcript', 'std_msgs/msg/String', `{data: ${text}}`);

/** The tool position (m, base frame), from joint states that the command line of ROS 2 receives. */
async function toolPosition(): Promise<Float64Array> {
  const names = await field('name');
  const values = await field('position');
  const joints = Float64Array.from(ARM_LAYOUT.joints, (joint) => Number(values[names.indexOf(joint)]));
  const pose = new Float64Array(7);
  armModel(armUrdf()).kinematics.forward(joints, pose);
  return pose.slice(0, 3);
}

/** A list in a joint state: the longest bracket in the output, because the middleware prints shorter ones. */
async function field(name: string): Promise<readonly string[]> {
  const text = await ros2('topic', 'echo', '--once', '--full-length', '--flow-style', '--field', name, '/joint_states');
  const lists = [...text.matchAll(/\[([^\]]*)\]/g)].map(([, list]) => list).sort((a, b) => b.length - a.length);
  return lists[0].split(',').map((each) => each.replaceAll("'", '').trim());
}

export function voiceOverRos(): void {
  describe('voice teleoperation over a real ROS 2', () => {
    const folder = mkdtempSync(join(tmpdir(), 'praxis-speak-'));
    let nodes: NodeProcess[] = [];
    let supervisor: NodeProcess;
    let teleop: NodeProcess;

    beforeAll(async () => {
      const sim = new NodeProcess('sim_node', ['instruct:=false']);
      supervisor = new NodeProcess('supervisor_node', ['safety_config:=teleop', 'auto_start:=true']);
      teleop = new NodeProcess('teleop_node');
      nodes = [sim, supervisor, teleop];
      await supervisor.waitForLog(/ready -> running/);
      await teleop.waitForLog(/supervisor: running/);
    }, 60_000);

    afterAll(async () => {
      await Promise.all(nodes.map((node) => node.end('SIGKILL')));
      rmSync(folder, { recursive: true });
    });

    it('moves the tool five centimetres to the left and in no other direction', async () => {
      await startArm(supervisor);
      await sleep(1000);
      const before = await toolPosition();
      const from = teleop.output.length;
      await publishTranscript('move left five centimetres');
      await teleop.waitForLog(/moving left 5 cm/, from, 10);
      await sleep(4000);
      const after = await toolPosition();
      expect(after[1] - before[1]).toBeCloseTo(0.05, 2);
      expect(Math.hypot(after[0] - before[0], after[2] - before[2])).toBeLessThan(0.005);
    }, 60_000);

    it('stops at once on "stop" and does not move before a reset', async () => {
      await startArm(supervisor);
      const from = supervisor.output.length;
      await publishTranscript('stop');
      await supervisor.waitForLog(/-> protective_stop/, from, 10);
      const at = teleop.output.length;
      await publishTranscript('move up ten centimetres');
      await teleop.waitForLog(/transcript: "move up ten centimetres"/, at, 5);
      expect(teleop.output.slice(at)).not.toMatch(/moving up/);
      expect(await trigger('/supervisor_node/reset')).toMatchObject({ success: true });
    }, 60_000);

    it.skipIf(!hasRecogniser)(
      'follows spoken commands and stops on a spoken stop word',
      async () => {
        const flite = await loadFlite();
        const speak = async (text: string): Promise<void> => {
          const file = join(folder, 'words.wav');
          writeFileSync(file, writeWav(flite.synthesize(text)));
          await run('python3', [SPEAK, file], { timeout: 60_000 });
        };
        const speech = new NodeProcess('speech_node');
        nodes.push(speech);
        await speech.waitForLog(/listens to audio/);
        await startArm(supervisor);
        await sleep(1000);
        const from = teleop.output.length;
        await speak('pick up the red cube');
        await teleop.waitForLog(/transcript: "pick up the red cube"/, from, 20);
        const stopped = supervisor.output.length;
        await speak('stop');
        await supervisor.waitForLog(/-> protective_stop/, stopped, 20);
      },
      180_000,
    );
  });
}
