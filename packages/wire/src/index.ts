export { type MessageCodec, messageCodec } from './cdr/codec.ts';
export { definitionsOf, MESSAGE_TYPES } from './definitions/definitions.ts';
export { MessageError } from './errors.ts';
export type * from './messages/messages.ts';
export { IMAGE_ENCODINGS, imageFrameOf, imageOf } from './values/image.ts';
export { JointStateReader, jointStateMessageOf } from './values/joint-state.ts';
export { secondsOf, timeOf } from './values/time.ts';
export { wrenchOf, wrenchStampedOf } from './values/wrench.ts';
