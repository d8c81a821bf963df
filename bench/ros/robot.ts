import { setTimeout as sleep } from 'node:timers/promises';
import { ARM_LAYOUT, HOME } from '@praxis/sim';
import { jointStateMessageOf, timeOf } from '@praxis/wire';
import { loadRcl } from '../../packages/ros/src/rcl/load.ts';
import { RosClock } from '../../packages/ros/src/rcl/ros-clock.ts';
import { everyPeriod } from '../../packages/ros/src/rcl/ticker.ts';
import { CdrPublisher } from '../../packages/ros/src/streams/cdr-publisher.ts';
import { Topic } from '../../packages/ros/src/streams/topic.ts';

import { WARM_UP } from './load.ts';
import { ageOf, SWING, swing } from './triangle.ts';

/** s. */
const PERIOD = 0.002;
const OPEN = 0.02;

/**
 * The robot's end of the way: joint states go out at 500 Hz, targets of its controllers come in. The last joint is moved by hand,
 * whoever commands follows it, and the target that comes says which sample it was made from.
 */
const seconds = Number(process.argv[2]);
const rcl = await loadRcl();
await rcl.init();
const node = new rcl.Node('bench_robot');
const clock = new RosClock();
const joints = new CdrPublisher(rcl, node, 'sensor_msgs/msg/JointState', 'joint_states', 'published');
const names = [...ARM_LAYOUT.joints, ...ARM_LAYOUT.fingers];
const begin = clock.now();
const ages: number[] = [];
let counts = false;
new Topic({
  rcl,
  node,
  clock,
  type: 'std_msgs/msg/Float64MultiArray',
  topic: 'forward_position_controller/commands',
  qos: 'sensor',
  stamps: 'ignored',
  read: ({ data }) => data,
}).stream$.subscribe(({ value, received }) => {
  const age = ageOf(value[HOME.length - 1], received - begin);
  if (counts && age !== undefined) ages.push(age);
});
everyPeriod(
  () => clock.now(),
  PERIOD,
  (due, newest) => {
    if (!newest) return;
    const position = Float64Array.of(...HOME, OPEN, OPEN);
    const velocity = new Float64Array(position.length);
    position[HOME.length - 1] = swing(due - begin);
    velocity[HOME.length - 1] = Math.sign(swing(due - begin) - swing(due - begin - PERIOD)) * SWING.speed;
    joints.publish(jointStateMessageOf({ names, position, velocity }, { stamp: timeOf(due), frame_id: '' }));
  },
);
node.spin(5);
await sleep(2000 * WARM_UP);
counts = true;
await sleep(1000 * seconds);
process.stdout.write(`${JSON.stringify({ ages })}\n`);
process.exit();
