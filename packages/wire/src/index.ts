/**
 * ROS 2 messages: CDR bytes to typed messages, and messages to the values of `@praxis/core`.
 *
 * @example
 * import { messageCodec, wrenchOf, wrenchStampedOf } from '@praxis/wire';
 * const codec = messageCodec('geometry_msgs/msg/WrenchStamped');
 * const header = { stamp: { sec: 1, nanosec: 0 }, frame_id: 'ft_sensor_link' };
 * const bytes = codec.write(wrenchStampedOf(Float64Array.of(0, 0, -5, 0, 0, 0), header));
 * const [, , fz] = wrenchOf(codec.read(bytes)); // -5 N
 */
export { type MessageCodec, messageCodec } from './cdr/codec.ts';
export { definitionsOf, hasHeader, MESSAGE_TYPES } from './definitions/definitions.ts';
export * from './messages/messages.ts';
export type * from './messages/praxis-messages.ts';
export { IMAGE_ENCODINGS, imageFrameOf, imageOf } from './values/image.ts';
export { JointStateReader, jointStateMessageOf } from './values/joint-state.ts';
export { odometryMessageOf, odometryOf } from './values/odometry.ts';
export { secondsOf, timeOf } from './values/time.ts';
export { topicOf } from './values/topic.ts';
export { transformOf } from './values/transform.ts';
export { wrenchOf, wrenchStampedOf } from './values/wrench.ts';
