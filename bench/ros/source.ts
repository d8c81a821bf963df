import { imageOf, timeOf, wrenchStampedOf } from '@praxis/wire';
import { loadRcl } from '../../packages/ros/src/rcl/load.ts';
import { everyPeriod } from '../../packages/ros/src/rcl/ticker.ts';
import { CdrPublisher } from '../../packages/ros/src/streams/cdr-publisher.ts';
import { IMAGE, WRENCH, WRENCH_HZ } from './child.ts';

// Sensor driver: publishes on one topic until it is killed. Stamps are due times, so that a gap reveals a dropped message.
const topic = process.argv[2];
const rcl = await loadRcl();
await rcl.init();
const node = new rcl.Node(`bench_${topic.replaceAll(/\W/g, '_')}`);
const now = (): number => (performance.timeOrigin + performance.now()) / 1000;
const header = (due: number) => ({ stamp: timeOf(due), frame_id: 'bench' });

if (topic === WRENCH) {
  const wrench = new CdrPublisher(rcl, node, 'geometry_msgs/msg/WrenchStamped', topic, 'published');
  const force = Float64Array.of(1, 2, 3, 0.1, 0.2, 0.3);
  everyPeriod(now, 1 / WRENCH_HZ, (due) => wrench.publish(wrenchStampedOf(force, header(due))));
} else {
  const camera = new CdrPublisher(rcl, node, 'sensor_msgs/msg/Image', topic, 'published');
  const { width, height, rateHz } = IMAGE;
  const picture = { width, height, data: new Uint8Array(3 * width * height).map((_, i) => i & 255) };
  everyPeriod(now, 1 / rateHz, (due) => camera.publish(imageOf(picture, header(due))));
}
