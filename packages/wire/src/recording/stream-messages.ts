import type { ImageFrame, JointState, SignalSpec, StreamValue, Wrench } from '@praxis/core';
import { type Header, MessageError, type MessageOf, type MessageType } from '../messages/messages.ts';
import { imageFrameOf, imageOf } from '../values/image.ts';
import { jointStateMessageOf } from '../values/joint-state.ts';
import { odometryMessageOf, odometryOf } from '../values/odometry.ts';
import { wrenchStampedOf } from '../values/wrench.ts';

/** How the samples of a stream are recorded: as a standard type where there is one. No conversion changes a bit of a number. */
export interface StreamMessages {
  readonly type: MessageType;
  /** @throws {MessageError} for a value of another kind */
  write(value: StreamValue, header: Header): object;
  read(message: object): StreamValue;
}

/** Numbers of odometry with pose and twist. */
const ODOMETRY_SIZE = 13;

/** The messages of a stream, by its spec. */
export function streamMessages(spec: SignalSpec): StreamMessages {
  const { name, modality, dtype, shape } = spec;
  if (dtype === 'string') return TEXT;
  if (dtype === 'uint8' && shape.length === 3) return IMAGE;
  if (modality === 'joints' && spec.names && name.split('.')[0] === 'joints') return jointMessages(spec.names);
  if (modality === 'wrench' && shape.length === 1 && shape[0] === 6) return WRENCH;
  if (name.split('.')[0] === 'odometry' && shape[0] === ODOMETRY_SIZE) return ODOMETRY;
  return VECTOR;
}

/** Messages of one type whose values pass a check. */
function messages<K extends MessageType, V extends StreamValue>(
  type: K,
  is: (value: StreamValue) => value is V,
  write: (value: V, header: Header) => MessageOf[K],
  read: (message: MessageOf[K]) => StreamValue,
): StreamMessages {
  return {
    type,
    write: (value, header) => {
      if (is(value)) return write(value, header);
      throw new MessageError(`a value of another kind than ${type}`);
    },
    read: (message) => read(message as MessageOf[K]),
  };
}

const isObject = (value: StreamValue): value is Exclude<StreamValue, string> =>
  typeof value === 'object' && value !== null;
const isImage = (value: StreamValue): value is ImageFrame => isObject(value) && 'data' in value;
const isJointState = (value: StreamValue): value is JointState => isObject(value) && 'names' in value;
const isVector = (value: StreamValue): value is Float64Array => value instanceof Float64Array;
const isWrench = (value: StreamValue): value is Wrench => isVector(value) && value.length === 6;

const IMAGE = messages('sensor_msgs/msg/Image', isImage, imageOf, imageFrameOf);

const TEXT = messages(
  'std_msgs/msg/String',
  (value): value is string => typeof value === 'string',
  (data) => ({ data }),
  ({ data }) => data,
);

const VECTOR = messages(
  'praxis_msgs/msg/Vector',
  isVector,
  (data, header) => ({ header, data }),
  ({ data }) => data,
);

// A faulty sensor's numbers are recorded as well, so that this reads what `wrenchOf` refuses.
const WRENCH = messages('geometry_msgs/msg/WrenchStamped', isWrench, wrenchStampedOf, ({ wrench: { force, torque } }) =>
  Float64Array.of(force.x, force.y, force.z, torque.x, torque.y, torque.z),
);

const ODOMETRY = messages(
  'nav_msgs/msg/Odometry',
  isVector,
  (values, header) => odometryMessageOf(values, header, ''),
  odometryOf,
);

/** @param names names of the stream's spec, whose identity the samples keep */
const jointMessages = (names: readonly string[]): StreamMessages =>
  messages('sensor_msgs/msg/JointState', isJointState, jointStateMessageOf, ({ name, position, velocity, effort }) => {
    const same = name.length === names.length && name.every((each, i) => each === names[i]);
    const state = { names: same ? names : name, position, velocity };
    return effort.length > 0 ? { ...state, effort } : state;
  });
