import type { ModalityDefinition } from '@praxis/sim';
import { range } from './range-sensor.ts';

/** The range finder with a topic of ROS 2. */
export const rangeOverRos: ModalityDefinition = {
  ...range,
  topic: {
    type: 'sensor_msgs/msg/Range',
    read: ({ range: metres }: { readonly range: number }) => Float64Array.of(metres),
    write: ([metres]: Float64Array, header) => ({ header, min_range: 0, max_range: 1, range: metres }),
  },
};
