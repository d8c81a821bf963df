import { setTimeout as sleep } from 'node:timers/promises';
import { armUrdf } from '@praxis/sim/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { despiteLateness, latenessStops, nextScene, startArm, whenAtRest } from './arm.ts';
import { RosClient } from './client.ts';
import { endAll, inRealTime, NodeProcess, policyProcessOf } from './node-process.ts';
import { ROS } from './ros.ts';

/** Number of times that the policy node is killed; 50 for a measurement. */
const TRIALS = Number(process.env.PRAXIS_KILL_TRIALS ?? 2);

/** Number of consecutive scenes; 20 for a measurement. */
const SCENES = Number(process.env.PRAXIS_SCENES ?? 3);
/** A scene that failed after a stop for lateness does not count, at most so often. */
const MAX_DISTURBED_SCENES = 4;

/** Longest time (ms) from the death of the policy's process to the hold: the deadline of its commands and 100 ms. */
const MAX_HOLD_DELAY_MS = 142;

/** A `std_msgs/msg/String`. */
interface Text {
  readonly data: string;
}

/** A `tf2_msgs/msg/TFMessage`. */
interface Transforms {
  readonly transforms: readonly { readonly child_frame_id: string }[];
}

/** Type number of a text in `rcl_interfaces/msg/ParameterType`. */
const TEXT_PARAMETER = 4;

/** System time (s) at which a node logged a line. */
const at = (line: RegExpExecArray): number => Number(line[1]);

describe('the nodes over a real ROS 2', needs(ROS), () => {
  let client: RosClient;
  let sim: NodeProcess;
  let supervisor: NodeProcess;
  let policy: NodeProcess;

  const arm = () => ({ client, supervisor });
  const trigger = (service: string) => client.trigger(service);

  beforeAll(async () => {
    client = new RosClient();
    sim = new NodeProcess('sim_node');
    supervisor = new NodeProcess('supervisor_node', ['safety_config:=sim', 'auto_start:=true']);
    policy = new NodeProcess('policy_node');
    await supervisor.waitForLog(/ready -> running/);
  }, 120_000);

  afterAll(async () => {
    const stops = supervisor?.output.match(/running -> .*/g) ?? [];
    console.log(`stops: ${stops.join('; ')}`);
    await endAll([sim, supervisor, policy]);
    await client?.close();
  });

  /** Waits for the verdict on a scene and resets stops meanwhile. */
  async function verdict(from: number): Promise<string> {
    for (const end = Date.now() + 80_000; Date.now() < end; ) {
      const found = await sim.waitForLog(/(success|failure) after [\d.]+ s/, from, 1).catch(() => undefined);
      if (found) return found[1];
      await startArm(arm());
    }
    throw new Error(`no verdict on a scene:\n${sim.output.slice(from)}`);
  }

  it(
    `solve consecutive scenes, each with another zero offset of the force/torque sensor (${SCENES})`,
    async () => {
      const verdicts: string[] = [];
      let disturbed = 0;
      while (verdicts.length < SCENES) {
        const isFirst = verdicts.length + disturbed === 0;
        const from = isFirst ? 0 : sim.output.length;
        if (!isFirst) await nextScene(arm());
        await startArm(arm());
        const started = supervisor.output.length;
        const result = await verdict(from);
        // What the policy held may have fallen during a stop.
        const stops = latenessStops(supervisor, started);
        if (result === 'failure' && stops.length > 0 && disturbed < MAX_DISTURBED_SCENES) {
          disturbed++;
          console.warn(
            `a scene does not count: the machine was late and the supervisor stopped the arm (${stops.join('; ')})`,
          );
        } else verdicts.push(result);
      }
      const solved = verdicts.filter((each) => each === 'success').length;
      console.log(`${solved} of ${SCENES} scenes solved`);
      expect(solved).toBeGreaterThan(SCENES / 2);
    },
    90_000 * (SCENES + MAX_DISTURBED_SCENES),
  );

  it('refuse to change the scene or to zero the sensor while the arm is commanded', async () => {
    await despiteLateness(arm(), async () => {
      for (const service of ['/sim_node/next', '/supervisor_node/tare', '/policy_node/tare']) {
        expect(await trigger(service)).toMatchObject({ success: false, message: expect.stringContaining('stop it') });
      }
    });
  }, 60_000);

  it('have a ROS life cycle, parameters with descriptions and ranges, and latched states', async () => {
    const call = (service: string, type: string, request: object) => client.call(service, type, request);
    expect(await call('/policy_node/get_state', 'lifecycle_msgs/srv/GetState', {})).toMatchObject({
      current_state: { id: 3, label: 'active' },
    });
    expect(
      await call('/supervisor_node/get_parameters', 'rcl_interfaces/srv/GetParameters', { names: ['controller'] }),
    ).toMatchObject({ values: [{ string_value: 'forward_position' }] });
    expect(
      await call('/sim_node/describe_parameters', 'rcl_interfaces/srv/DescribeParameters', { names: ['seed'] }),
    ).toMatchObject({
      descriptors: [{ description: expect.stringMatching(/Decides everything.* From 0 to 2147483647/) }],
    });
    const task = { name: 'task', value: { type: TEXT_PARAMETER, string_value: 'sort' } };
    expect(
      await call('/sim_node/set_parameters', 'rcl_interfaces/srv/SetParameters', { parameters: [task] }),
    ).toMatchObject({ results: [{ successful: false, reason: expect.stringMatching(/read-?only|restart it/) }] });
    expect(await client.topicTypes('/camera_front/camera_info')).toEqual(['sensor_msgs/msg/CameraInfo']);
    await despiteLateness(arm(), async () => {
      const state = await client.receive<Text>('/supervisor_node/state', 'std_msgs/msg/String', 5, 'latched');
      expect(state?.data).toBe('running');
    });
  }, 120_000);

  it('get the arm from the topic of the simulator, whose sensors have frames on /tf_static for late subscribers', async () => {
    expect(policy.output).toMatch(/waits up to 30 s for a URDF on the topic \/robot_description/);
    const latched = <T>(topic: string, type: string) => client.receive<T>(topic, type, 10, 'latched');
    const urdf = await latched<Text>('/robot_description', 'std_msgs/msg/String');
    expect(urdf?.data).toBe(armUrdf());
    const frames = await latched<Transforms>('/tf_static', 'tf2_msgs/msg/TFMessage');
    expect(frames?.transforms.map(({ child_frame_id: child }) => child)).toEqual(
      expect.arrayContaining(['ft_sensor_link', 'camera_front_optical_frame', 'camera_wrist_optical_frame']),
    );
  }, 60_000);

  it('follow an instruction from another publisher', async () => {
    const from = policy.output.length;
    await client.publish('/instruction', 'std_msgs/msg/String', { data: 'pick up the blue cube' });
    await policy.waitForLog(/instruction: "pick up the blue cube"/, from, 5);
  }, 60_000);

  it('refuse an instruction that names nothing known, and stop on a stop word', async () => {
    await despiteLateness(arm(), async () => {
      const from = policy.output.length;
      await client.publish('/instruction', 'std_msgs/msg/String', { data: 'pick up the banana' });
      await policy.waitForLog(/instruction: 1 messages refused: I don't know banana/, from, 5);
      expect(policy.output.slice(from)).not.toMatch(/instruction: "/);
      const stopped = supervisor.output.length;
      await client.publish('/instruction', 'std_msgs/msg/String', { data: 'stop' });
      await supervisor.waitForLog(/-> protective_stop: requested by a service/, stopped, 5);
    });
  }, 60_000);

  it('stop on a service request, stay stopped until a reset, and move again only after a start', async () => {
    await despiteLateness(arm(), async () => {
      expect(await trigger('/supervisor_node/stop')).toEqual({ success: true, message: 'protective_stop' });
      expect(await trigger('/supervisor_node/start')).toMatchObject({ success: false });
      expect(await whenAtRest(client, '/supervisor_node/reset')).toBe('ready');
      expect(await trigger('/supervisor_node/start')).toEqual({ success: true, message: 'running' });
    });
  }, 120_000);

  it('hold the arm when the queue of chunks is empty, and move it again after a reset and a start', async () => {
    const report = (message: string, times: number) =>
      client.publish('/heartbeat', 'diagnostic_msgs/msg/DiagnosticStatus', { name: 'policy', message }, times);
    await despiteLateness(arm(), async () => {
      const from = supervisor.output.length;
      await report('filled', 5);
      // The node reports only while the process of its policy beats.
      const hanging = policyProcessOf(policy);
      process.kill(hanging, 'SIGSTOP');
      try {
        await report('empty', 50);
        await supervisor.waitForLog(/running -> hold: .*\(empty_queue\)/, from, 5);
      } finally {
        process.kill(hanging, 'SIGCONT');
      }
      expect(await trigger('/supervisor_node/start')).toMatchObject({ success: false });
      expect(await whenAtRest(client, '/supervisor_node/reset')).toBe('ready');
      expect(await trigger('/supervisor_node/start')).toEqual({ success: true, message: 'running' });
    });
  }, 60_000);

  it(
    `hold the arm when the policy node is killed, and continue after a reset (${TRIALS} times)`,
    async () => {
      const times: number[] = [];
      let granted = false;
      const killPolicy = (): Promise<number> =>
        inRealTime([sim, supervisor, policy], async (isGranted) => {
          granted = isGranted;
          await sleep(300 + 700 * Math.random());
          const from = supervisor.output.length;
          const killed = (performance.timeOrigin + performance.now()) / 1000;
          await policy.end('SIGKILL');
          const stop = await supervisor.waitForLog(
            /\[ERROR\] \[([\d.]+)\] \[supervisor_node\]: running -> (?:hold|protective_stop)/,
            from,
            5,
          );
          return 1000 * (at(stop) - killed);
        });
      const startPolicy = async (): Promise<void> => {
        policy = new NodeProcess('policy_node');
        await policy.waitForLog(/supervisor: (hold|protective_stop)/);
        // The new node commands the measured position and warms up.
        await sleep(2500);
      };
      for (let k = 0; k < TRIALS; k++) {
        await despiteLateness(arm(), async () => {
          try {
            times.push(await killPolicy());
            // A stop never clears by itself.
            expect(await trigger('/supervisor_node/start')).toMatchObject({ success: false });
          } finally {
            await policy.end('SIGKILL');
            await startPolicy();
          }
        });
      }
      await startArm(arm());
      times.sort((a, b) => a - b);
      const p = (share: number): string =>
        times[Math.min(times.length - 1, Math.floor(share * times.length))].toFixed(1);
      console.log(`killed policy node: hold after p50 ${p(0.5)} ms, p99 ${p(0.99)} ms, ${times.length} trials`);
      if (granted) expect(times[0]).toBeLessThan(MAX_HOLD_DELAY_MS);
    },
    60_000 * TRIALS,
  );

  it('detect the loss of the simulator, and recover after its restart and a reset', async () => {
    await despiteLateness(arm(), async () => {
      const from = supervisor.output.length;
      await sim.end('SIGKILL');
      try {
        await supervisor.waitForLog(/-> protective_stop: .*stream_lost/, from, 5);
        expect(await trigger('/supervisor_node/reset')).toMatchObject({ success: false });
      } finally {
        sim = new NodeProcess('sim_node');
        await sim.waitForLog(/task pick/);
        await sleep(2500);
      }
      await startArm(arm());
    });
  }, 120_000);

  it('end the supervisor on a signal with a controlled stop, after which no target reaches the controllers', async () => {
    const receive = (seconds: number) =>
      client.receive('/forward_position_controller/commands', 'std_msgs/msg/Float64MultiArray', seconds);
    await despiteLateness(arm(), async () => {
      expect(await receive(6)).not.toBeNull();
    });
    const from = supervisor.output.length;
    expect(await supervisor.end('SIGTERM')).toBe(0);
    // The brakes have closed before, in the tests of the stops.
    expect(supervisor.output.slice(0, from)).toMatch(/the brakes close/);
    expect(supervisor.output.slice(from)).toMatch(
      /-> protective_stop: the supervisor shuts down[\s\S]*the path has come to a stand[\s\S]*the brakes close/,
    );
    expect(await receive(3)).toBeNull();
  }, 60_000);

  it('shut down under control on a signal', async () => {
    expect(await policy.end('SIGINT')).toBe(0);
    expect(await sim.end('SIGTERM')).toBe(0);
  }, 30_000);
});
