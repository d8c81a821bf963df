import { setTimeout as sleep } from 'node:timers/promises';
import { loadRcl } from '../../packages/ros/src/rcl/load.ts';
import { everyPeriod } from '../../packages/ros/src/rcl/ticker.ts';
import { WARM_UP_S } from './child.ts';

const TYPE = 'std_msgs/msg/Float64MultiArray';
/** Numbers in a message: as many as an arm has joints. */
const JOINT_COUNT = 7;

// Robot of the bare echo: at 500 Hz it sends the time through two nodes that only forward it.
const seconds = Number(process.argv[2]);
const rcl = await loadRcl();
await rcl.init();
const node = new rcl.Node('bench_ping');
const now = (): number => (performance.timeOrigin + performance.now()) / 1000;
const begin = now();
const ages: number[] = [];
let counting = false;
node.createSubscription(TYPE, 'bench/hop2', {}, ({ data }: { data: Float64Array }) => {
  if (counting) ages.push(now() - begin - data[0]);
});
const publisher = node.createPublisher(TYPE, 'bench/hop0');
everyPeriod(now, 0.002, (_, newest) => {
  if (!newest) return;
  const data = new Float64Array(JOINT_COUNT);
  data[0] = now() - begin;
  publisher.publish({ layout: { dim: [], data_offset: 0 }, data });
});
node.spin(5);
await sleep(1000 * WARM_UP_S);
counting = true;
await sleep(1000 * seconds);
process.stdout.write(`${JSON.stringify({ ages })}\n`);
process.exit();
