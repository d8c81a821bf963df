import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NodeProcess, nextScene } from './ros-nodes.ts';

const run = promisify(execFile);
const CLIENT = fileURLToPath(new URL('./ros-instruct.py', import.meta.url));
const built = (process.env.AMENT_PREFIX_PATH ?? '')
  .split(':')
  .some((prefix) => existsSync(join(prefix, 'share/praxis/action/Instruct.action')));
if (!built) console.warn('tests of the action are skipped: its type comes with the ament package (colcon build)');

/** Sends a goal with a client in Python. @param seconds time after which the client cancels the goal (s) */
async function instruct(text: string, seconds?: number) {
  const args = [CLIENT, text, ...(seconds === undefined ? [] : [String(seconds)])];
  const { stdout } = await run('python3', args, { timeout: 60_000 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
}

export function actionOverRos(): void {
  describe.skipIf(!built)('the action ~/instruct over a real ROS 2', () => {
    let sim: NodeProcess;
    let supervisor: NodeProcess;
    let policy: NodeProcess;

    beforeAll(async () => {
      sim = new NodeProcess('sim_node', ['instruct:=false']);
      supervisor = new NodeProcess('supervisor_node', ['safety_config:=sim']);
      policy = new NodeProcess('policy_node');
      await supervisor.waitForLog(/idle -> ready/);
      await policy.waitForLog(/policy default/);
    }, 60_000);

    afterAll(() => Promise.all([sim, supervisor, policy].map((node) => node?.end('SIGKILL'))));

    it('refuses a goal while the supervisor is not running', async () => {
      expect(await instruct('pick up the red cube')).toEqual({ status: 'rejected' });
    }, 60_000);

    it('follows an instruction until the simulator reports success', async () => {
      let answer: Record<string, unknown> = {};
      // A slow machine can cause a stop or a miss; then the test tries another scene.
      for (let k = 0; k < 4 && answer.outcome !== 'success'; k++) {
        answer = await instruct(await nextScene(supervisor));
      }
      expect(answer).toMatchObject({ status: 'succeeded', outcome: 'success' });
      expect(answer.feedbacks).toBeGreaterThan(10);
    }, 240_000);

    it('leaves the arm at its target when the goal is canceled', async () => {
      await nextScene(supervisor);
      expect(await instruct('pick up the blue cube', 1.5)).toMatchObject({ status: 'canceled', outcome: 'canceled' });
      const from = supervisor.output.length;
      await new Promise((resolve) => setTimeout(resolve, 1000));
      expect(supervisor.output.slice(from)).not.toMatch(/->/);
    }, 60_000);
  });
}
