import { setTimeout as sleep } from 'node:timers/promises';
import { type Header, imageFrameOf, secondsOf, wrenchOf } from '@praxis/wire';
import { loadRcl } from '../../packages/ros/src/rcl/load.ts';
import { qosOf } from '../../packages/ros/src/rcl/qos.ts';
import { RosClock } from '../../packages/ros/src/rcl/ros-clock.ts';
import { Topic } from '../../packages/ros/src/streams/topic.ts';
import { ArrivalCounter } from './arrival-counter.ts';
import { CAMERAS, IMAGE, WARM_UP_S, WRENCH, WRENCH_HZ } from './child.ts';

/** `ours`: Praxis decodes stream values. `raw`: rclnodejs delivers bytes. `default`: rclnodejs delivers its own objects. */
export type ReceiveMode = 'ours' | 'raw' | 'default';

/** Result of a receiver. */
export interface Received {
  /** CPU time per second of wall time. */
  readonly load: number;
  readonly images: number;
  readonly imagesDropped: number;
  readonly wrenches: number;
  readonly wrenchesDropped: number;
}

const [mode, seconds] = [process.argv[2] as ReceiveMode, Number(process.argv[3])];
const rcl = await loadRcl();
await rcl.init();
const node = new rcl.Node('bench_receiver');
const images = CAMERAS.map(() => new ArrivalCounter(IMAGE.rateHz));
const wrenches = new ArrivalCounter(WRENCH_HZ);
const topics = [
  ...CAMERAS.map((topic, i) => ({ topic, type: 'sensor_msgs/msg/Image', qos: 'image', arrivals: images[i] }) as const),
  { topic: WRENCH, type: 'geometry_msgs/msg/WrenchStamped', qos: 'sensor', arrivals: wrenches } as const,
];

/** Reads the stamp (s) of a CDR message that starts with a header. The first four bytes are the CDR encapsulation. */
const stampOf = (bytes: Buffer): number => bytes.readInt32LE(4) + bytes.readUInt32LE(8) * 1e-9;

const receivers: Record<ReceiveMode, () => void> = {
  ours() {
    const common = { rcl, node, clock: new RosClock() };
    for (const [i, topic] of CAMERAS.entries()) {
      new Topic({
        ...common,
        type: 'sensor_msgs/msg/Image',
        topic,
        qos: 'image',
        read: imageFrameOf,
      }).stream$.subscribe(({ stamp }) => images[i].recordStamp(stamp));
    }
    new Topic({
      ...common,
      type: 'geometry_msgs/msg/WrenchStamped',
      topic: WRENCH,
      qos: 'sensor',
      read: wrenchOf,
    }).stream$.subscribe(({ stamp }) => wrenches.recordStamp(stamp));
  },
  raw() {
    for (const { topic, type, qos, arrivals } of topics) {
      const recordHeader = (bytes: Buffer): void => arrivals.recordStamp(stampOf(bytes));
      node.createSubscription(type, topic, { isRaw: true, qos: qosOf(rcl, qos) }, recordHeader);
    }
  },
  default() {
    for (const { topic, type, qos, arrivals } of topics) {
      const recordHeader = ({ header }: { header: Header }): void => arrivals.recordStamp(secondsOf(header.stamp));
      node.createSubscription(type, topic, { qos: qosOf(rcl, qos) }, recordHeader);
    }
  },
};

receivers[mode]();
node.spin(5);
await sleep(1000 * WARM_UP_S);
for (const arrivals of [...images, wrenches]) arrivals.restart();
const before = process.cpuUsage();
const began = performance.now();
await sleep(1000 * seconds);
const { user, system } = process.cpuUsage(before);
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const received: Received = {
  load: (user + system) / 1000 / (performance.now() - began),
  images: sum(images.map((each) => each.received)),
  imagesDropped: sum(images.map((each) => each.dropped)),
  wrenches: wrenches.received,
  wrenchesDropped: wrenches.dropped,
};
process.stdout.write(`${JSON.stringify(received)}\n`);
process.exit();
