import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { despiteLateness, nextScene } from './arm.ts';
import { type GoalResult, RosClient } from './client.ts';
import { endAll, NodeProcess, policyProcessOf } from './node-process.ts';
import { ACTION } from './ros.ts';

/** The part of a `sensor_msgs/msg/JointState` that this test reads. */
interface JointState {
  /** rad */
  readonly position: readonly number[];
}

/** Joints that differ by less than this (rad) have not moved; the noise of the sensors is smaller. */
const AT_REST_RAD = 0.002;

/** Numbers of the transitions in `lifecycle_msgs/msg/Transition`: deactivate, clean up, configure, activate. */
const RESTART_TRANSITIONS = [4, 2, 1, 3];

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

  it('rejects a goal that names nothing which the policy has learnt, and says why', async () => {
    const from = policy.output.length;
    expect(await client.instruct('banana')).toEqual({ status: 'rejected' });
    await policy.waitForLog(/goal "banana" refused: I don't know banana/, from, 5);
  }, 60_000);

  it('follows an instruction until the simulator reports success', async () => {
    let answer: GoalResult = { status: 'none' };
    // A slow machine can cause a stop or a miss; then the test tries another scene.
    for (let k = 0; k < 4 && answer.outcome !== 'success'; k++) {
      answer = await client.instruct(await nextScene(arm()));
    }
    expect(answer).toMatchObject({ status: 'succeeded', outcome: 'success' });
    expect(answer.feedbacks).toBeGreaterThan(10);
    // The success ends the motion.
    const position = async () =>
      (await client.receive<JointState>('/joint_states', 'sensor_msgs/msg/JointState', 5))!.position;
    await sleep(1000);
    const before = await position();
    await sleep(2000);
    const after = await position();
    expect(Math.max(...after.map((q, i) => Math.abs(q - before[i])))).toBeLessThan(AT_REST_RAD);
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

  it('is served again after the process of the policy was killed, and the node goes through its life cycle', async () => {
    const from = policy.output.length;
    process.kill(policyProcessOf(policy), 'SIGKILL');
    await policy.waitForLog(/the process of the policy .*SIGKILL.*; it is started again/, from, 5);
    await policy.waitForLog(/policy default runs again/, from, 30);
    expect(policy.output.slice(from).match(/policy error/g) ?? []).toEqual([]);
    for (const id of RESTART_TRANSITIONS) {
      const type = 'lifecycle_msgs/srv/ChangeState';
      expect(await client.call('/policy_node/change_state', type, { transition: { id } })).toEqual({ success: true });
    }
    await despiteLateness(arm(), async () => {
      expect(await client.instruct('pick up the blue cube', 1.5)).toMatchObject({ status: 'canceled' });
    });
  }, 120_000);
});
