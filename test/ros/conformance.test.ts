import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RobotUnderTest, robotConformance } from '@praxis/core/conformance';
import { loadRcl, RosClock, RosRobot } from '@praxis/ros';
import { ARM_LAYOUT, TOOL_LINK } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { CommandPublisher } from '../../packages/ros/src/robot/command-topic.ts';
import { describeRobot } from '../../packages/ros/src/robot/description.ts';
import { DEFAULT_FILTER } from '../../packages/safety/src/config/defaults.ts';
import { needs } from '../needs.ts';
import { despiteLateness } from './arm.ts';
import { RosClient } from './client.ts';
import { endAll, NodeProcess, requestRealTime } from './node-process.ts';
import { ROS } from './ros.ts';

/** The conformance suite commands the arm once and far, unlike a control loop, so the filter and watchdog are lenient. */
const { age: _, jump: __, ...filter } = DEFAULT_FILTER;
const LENIENT_SAFETY = {
  filter,
  watchdog: { command: { reaction: 'ignore' }, heartbeats: { loop: { reaction: 'ignore' } } },
};

describe('the simulator behind the supervisor, over a real ROS 2, conforms to the Robot contract', needs(ROS), () => {
  let folder: string;
  let robotCount = 0;
  let client: RosClient;
  let sim: NodeProcess;
  let supervisor: NodeProcess;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'praxis-ros-'));
    const safety = join(folder, 'lenient.json');
    writeFileSync(safety, JSON.stringify(LENIENT_SAFETY));
    const rcl = await loadRcl();
    await rcl.init();
    client = new RosClient();
    sim = new NodeProcess('sim_node');
    supervisor = new NodeProcess('supervisor_node', [`safety_config:=${safety}`]);
    await supervisor.waitForLog(/idle -> ready/);
    // The suite checks rates and the time in which the arm settles.
    requestRealTime([sim, supervisor]);
  }, 60_000);

  afterAll(async () => {
    (await loadRcl()).shutdown();
    await endAll([sim, supervisor]);
    await client?.close();
    rmSync(folder, { recursive: true });
  });

  async function make(): Promise<RobotUnderTest> {
    const rcl = await loadRcl();
    const node = new rcl.Node(`conformance_${++robotCount}`);
    const clock = new RosClock();
    const { joints } = ARM_LAYOUT;
    const { spec } = describeRobot({
      ...ARM_LAYOUT,
      urdf: armUrdf(),
      toolFrame: TOOL_LINK,
      imageTransport: 'raw',
    });
    const sink = new CommandPublisher(rcl, node, { arms: [{ name: 'arm', joints }], bases: [] });
    const robot = new RosRobot({ rcl, node, clock, imageTransport: 'raw', spec, sink });
    node.spin(5);
    // Subscriptions deliver only after discovery.
    const allReceived = () =>
      [...robot.topics.values()].every(({ name, lastReceived: at }) => name === 'instruction' || at > 0);
    for (let waited = 0; waited < 5000 && !allReceived(); waited += 20) await sleep(20);
    return { robot, advance: (seconds) => sleep(1000 * seconds) };
  }

  for (const { name, run } of robotConformance(make)) {
    it(name, () => despiteLateness({ client, supervisor }, async () => run()), 60_000);
  }
});
