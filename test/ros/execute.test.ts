import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { despiteLateness, latenessStops, nextScene, whenAtRest } from './arm.ts';
import { type ExecuteResult, RosClient } from './client.ts';
import { endAll, NodeProcess } from './node-process.ts';
import { ACTION } from './ros.ts';

/** Scenes that are tried for one pick. */
const MAX_SCENES = 4;

describe('the action ~/execute over a real ROS 2', needs(ACTION), () => {
  let client: RosClient;
  let other: RosClient;
  let nodes: NodeProcess[] = [];
  let sim: NodeProcess;
  let supervisor: NodeProcess;
  let teleop: NodeProcess;

  const arm = () => ({ client, supervisor });

  beforeAll(async () => {
    client = new RosClient();
    other = new RosClient();
    // As on a robot, where neither the nodes nor the policy's process wait for other programs.
    const realtime = 'realtime:=auto';
    sim = new NodeProcess('sim_node', [realtime, 'instruct:=false']);
    supervisor = new NodeProcess('supervisor_node', [realtime, 'safety_config:=teleop', 'auto_start:=true']);
    teleop = new NodeProcess('teleop_node', [realtime, 'planner:=rules']);
    nodes = [sim, supervisor, teleop];
    await supervisor.waitForLog(/ready -> running/, 0, 150);
    await teleop.waitForLog(/subscribes to/, 0, 100);
    await teleop.waitForLog(/supervisor: running/);
  }, 300_000);

  afterAll(async () => {
    await endAll(nodes);
    await Promise.all([client?.close(), other?.close()]);
  });

  it('executes a request of two motions and reports each step', async () => {
    await despiteLateness(arm(), async () => {
      const answer = await client.execute('move up 5 cm, then open the gripper', { confirmed: true });
      expect(answer).toMatchObject({ status: 'succeeded', success: true, end: 'done' });
      const steps = answer.feedbacks!.filter(([, state]) => state === 'step_started').map(([step]) => step);
      expect(steps).toEqual([0, 1]);
      expect(answer.summary).toMatch(/^Done: move up .*, open gripper/);
    });
  }, 180_000);

  it('takes the thing that a request means, found by its cameras, as the simulator judges', async () => {
    let answer: ExecuteResult = { status: 'none' };
    let verdict = '';
    // A slow machine can cause a stop or a miss; then the test tries another scene.
    for (let k = 0; k < MAX_SCENES && verdict !== 'success'; k++) {
      const scene = await nextScene(arm(), ['supervisor_node']);
      const [colour] = /red|green|blue|yellow|purple|orange/.exec(scene)!;
      const [shape] = /cube|cylinder|brick/.exec(scene)!;
      const [from, log] = [supervisor.output.length, sim.output.length];
      // Half-open fingers may hold something, which a plan would put down first.
      await client.execute('open the gripper', { confirmed: true });
      answer = await client.execute(`take the ${colour} ${shape} and nothing else`);
      const stops = latenessStops(supervisor, from);
      if (stops.length > 0) console.warn(`scene ${k + 1}: the machine was late (${stops.join('; ')})`);
      verdict = answer.success ? (await sim.waitForLog(/(success|failure) after/, log, 20))[1] : `${answer.summary}`;
    }
    expect(verdict).toBe('success');
    expect(answer).toMatchObject({ status: 'succeeded', success: true, end: 'done' });
    const ended = answer.feedbacks!.filter(([, state]) => state === 'step_ended').map(([, , text]) => text);
    // The arm's own motions take over where the policy lifts nothing in time; a thing that hangs askew is gripped anew before.
    expect(ended).toEqual([
      expect.stringMatching(
        /^done: as expected; (it hung .+ and was gripped there; )*taken by (the learned policy|motions)/,
      ),
    ]);
  }, 300_000);

  it('refuses a thing that it does not see, and says which', async () => {
    await despiteLateness(arm(), async () => {
      const answer = await client.execute('pick up the purple elephant');
      expect(answer).toMatchObject({ status: 'aborted', success: false });
      expect(answer.end).toMatch(/refused|unanswered/);
      expect(answer.summary).toMatch(/elephant/);
    });
  }, 120_000);

  it('rejects a second goal, and holds the arm when the first is canceled', async () => {
    await despiteLateness(arm(), async () => {
      const from = teleop.output.length;
      const first = client.execute('wait 20 seconds', { confirmed: true, seconds: 2 });
      await teleop.waitForLog(/> wait/, from, 10);
      expect(await other.execute('open the gripper')).toEqual({ status: 'rejected' });
      await teleop.waitForLog(/refused: "wait 20 seconds" is being executed/, from, 5);
      expect(await first).toMatchObject({ status: 'canceled', success: false, end: 'cancelled' });
    });
  }, 120_000);

  it('ends with the stop of the supervisor, and takes no goal before a reset', async () => {
    await despiteLateness(arm(), async () => {
      const from = teleop.output.length;
      const running = client.execute('wait 20 seconds', { confirmed: true });
      await teleop.waitForLog(/> wait/, from, 10);
      await other.trigger('/supervisor_node/stop');
      expect(await running).toMatchObject({ status: 'aborted', success: false, end: 'stopped' });
      expect(await client.execute('open the gripper')).toEqual({ status: 'rejected' });
      await sleep(100);
      expect(await whenAtRest(client, '/supervisor_node/reset')).toBe('ready');
    });
  }, 120_000);
});
