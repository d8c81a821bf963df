import { setTimeout as sleep } from 'node:timers/promises';
import { ARM_LAYOUT, HOME_JOINTS_RAD } from '@praxis/sim';
import { jointStateMessageOf, timeOf } from '@praxis/wire';
import { loadRcl } from '../../packages/ros/src/rcl/load.ts';
import { RosClock } from '../../packages/ros/src/rcl/ros-clock.ts';
import { everyPeriod } from '../../packages/ros/src/rcl/ticker.ts';
import { CdrPublisher } from '../../packages/ros/src/streams/cdr-publisher.ts';
import { Topic } from '../../packages/ros/src/streams/topic.ts';

import { WARM_UP_S } from './child.ts';
import { ageOf, JOINT_SWING, positionAt } from './triangle.ts';

const CONTROL_PERIOD_S = 0.002;
const FINGER_POSITION_M = 0.02;

// Robot of the chain: it publishes joint states at 500 Hz and receives the targets of its controllers. The last joint swings, the
// commanding node follows it, and the position in a target tells the sample that the target was computed from.
const seconds = Number(process.argv[2]);
const rcl = await loadRcl();
await rcl.init();
const node = new rcl.Node('bench_robot');
const clock = new RosClock();
const joints = new CdrPublisher(rcl, node, 'sensor_msgs/msg/JointState', 'joint_states', 'published');
const names = [...ARM_LAYOUT.joints, ...ARM_LAYOUT.fingers];
const begin = clock.now();
const ages: number[] = [];
let counting = false;
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
  const age = ageOf(value[HOME_JOINTS_RAD.length - 1], received - begin);
  if (counting && age !== undefined) ages.push(age);
});
everyPeriod(
  () => clock.now(),
  CONTROL_PERIOD_S,
  (due, newest) => {
    if (!newest) return;
    const position = Float64Array.of(...HOME_JOINTS_RAD, FINGER_POSITION_M, FINGER_POSITION_M);
    const velocity = new Float64Array(position.length);
    position[HOME_JOINTS_RAD.length - 1] = positionAt(due - begin);
    velocity[HOME_JOINTS_RAD.length - 1] =
      Math.sign(positionAt(due - begin) - positionAt(due - begin - CONTROL_PERIOD_S)) * JOINT_SWING.speed;
    joints.publish(jointStateMessageOf({ names, position, velocity }, { stamp: timeOf(due), frame_id: '' }));
  },
);
node.spin(5);
await sleep(2000 * WARM_UP_S);
counting = true;
await sleep(1000 * seconds);
process.stdout.write(`${JSON.stringify({ ages })}\n`);
process.exit();
