import { setTimeout as sleep } from 'node:timers/promises';
import { imageOf, timeOf, wrenchStampedOf } from '@praxis/wire';
import { loadRcl } from '../../packages/ros/src/rcl/load.ts';
import { everyPeriod } from '../../packages/ros/src/rcl/ticker.ts';
import { CdrPublisher } from '../../packages/ros/src/streams/cdr-publisher.ts';
import { CAMERAS, IMAGE, WRENCH, WRENCH_HZ } from './load.ts';

/** Publishes the load until it is ended; stamps are the times at which a message was due, so that gaps show. */
const rcl = await loadRcl();
await rcl.init();
const node = new rcl.Node('bench_source');
const cameras = CAMERAS.map((topic) => new CdrPublisher(rcl, node, 'sensor_msgs/msg/Image', topic, 'published'));
const wrench = new CdrPublisher(rcl, node, 'geometry_msgs/msg/WrenchStamped', WRENCH, 'published');
const { width, height } = IMAGE;
const picture = { width, height, data: new Uint8Array(3 * width * height).map((_, i) => i & 255) };
const force = Float64Array.of(1, 2, 3, 0.1, 0.2, 0.3);
const now = (): number => (performance.timeOrigin + performance.now()) / 1000;
const header = (due: number) => ({ stamp: timeOf(due), frame_id: 'bench' });

everyPeriod(now, 1 / WRENCH_HZ, (due) => wrench.publish(wrenchStampedOf(force, header(due))));
for (const camera of cameras) {
  // The shutters of two cameras do not open at the same time.
  await sleep(500 / IMAGE.rateHz);
  everyPeriod(now, 1 / IMAGE.rateHz, (due) => camera.publish(imageOf(picture, header(due))));
}
