import { loadRcl } from '../../packages/ros/src/rcl/load.ts';

const TYPE = 'std_msgs/msg/Float64MultiArray';

// Forwards the messages of one hop to the next with plain rclnodejs.
const hop = Number(process.argv[2]);
const rcl = await loadRcl();
await rcl.init();
const node = new rcl.Node(`bench_echo${hop}`);
const publisher = node.createPublisher(TYPE, `bench/hop${hop + 1}`);
node.createSubscription(TYPE, `bench/hop${hop}`, {}, (message: object) => publisher.publish(message));
node.spin(5);
