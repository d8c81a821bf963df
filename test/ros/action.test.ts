import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { despiteLateness, nextScene } from './arm.ts';
import { type GoalResult, RosClient } from './client.ts';
import { endAll, NodeProcess } from './node-process.ts';
import { ACTION } from './ros.ts';

describe('the action ~/instruct over a real ROS 2', needs(ACTION), () => {
  let client: RosClient;
  let sim: NodeProcess;
  let supervisor: NodeProcess;
  let policy: NodeProcess;

  const arm = () => ({ client, supervisor });

  beforeAll(async () => {
    client = new RosClient();
    sim = new NodeProcess('sim_node', ['instruct:=false']);
    supervisor = new NodeProcess('supervisor_node', ['safety_config:=sim']);
    policy = new NodeProcess('policy_node');
    await supervisor.waitForLog(/idle -> ready/);
    await policy.waitForLog(/policy default/);
  }, 60_000);

  afterAll(async () => {
    await endAll([sim, supervisor, policy]);
    await client?.close();
  });

  it('refuses a goal while the supervisor is not running', async () => {
    expect(await client.instruct('pick up the red cube')).toEqual({ status: 'rejected' });
  }, 60_000);

  it('follows an instruction until the simulator reports success', async () => {
    let answer: GoalResult = { status: 'none' };
    // A slow machine can cause a stop or a miss; then the test tries another scene.
    for (let k = 0; k < 4 && answer.outcome !== 'success'; k++) {
      answer = await client.instruct(await nextScene(arm()));
    }
    expect(answer).toMatchObject({ status: 'succeeded', outcome: 'success' });
    expect(answer.feedbacks).toBeGreaterThan(10);
  }, 240_000);

  it('leaves the arm at its target when the goal is canceled', async () => {
    await nextScene(arm());
    await despiteLateness(arm(), async () => {
      expect(await client.instruct('pick up the blue cube', 1.5)).toMatchObject({
        status: 'canceled',
        outcome: 'canceled',
      });
      const from = supervisor.output.length;
      await sleep(1000);
      expect(supervisor.output.slice(from)).not.toMatch(/->/);
    });
  }, 60_000);
});
