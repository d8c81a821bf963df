import { type Header, MessageError, type OdometryMessage, type Twist } from '../messages/messages.ts';

const NUMBERS = 13;
const COVARIANCE_SIZE = 36;

/**
 * Converts odometry to `[x, y, z, qx, qy, qz, qw, vx, vy, vz, wx, wy, wz]`: pose of the child frame in the header's frame (m, unit
 * quaternion), then velocity in the child's axes (m/s, rad/s). The covariances are left out.
 * @throws {MessageError} when a number is not finite.
 */
export function odometryOf({ pose: { pose }, twist: { twist } }: OdometryMessage): Float64Array {
  const { position: p, orientation: q } = pose;
  const { linear: v, angular: w } = twist;
  const values = Float64Array.of(p.x, p.y, p.z, q.x, q.y, q.z, q.w, v.x, v.y, v.z, w.x, w.y, w.z);
  if (values.every(Number.isFinite)) return values;
  throw new MessageError(`odometry: ${values.join(', ')}, expected finite numbers`);
}

/**
 * Converts odometry with the elements of {@link odometryOf} to a message; its covariances are zero, which stands for unknown.
 * @param child frame that moves
 * @throws {MessageError} when there are not 13 numbers.
 */
export function odometryMessageOf(values: Float64Array, header: Header, child: string): OdometryMessage {
  if (values.length !== NUMBERS) throw new MessageError(`odometry: ${values.length} numbers, expected ${NUMBERS}`);
  const [x, y, z, qx, qy, qz, qw, vx, vy, vz, wx, wy, wz] = values;
  const twist: Twist = { linear: { x: vx, y: vy, z: vz }, angular: { x: wx, y: wy, z: wz } };
  return {
    header,
    child_frame_id: child,
    pose: {
      pose: { position: { x, y, z }, orientation: { x: qx, y: qy, z: qz, w: qw } },
      covariance: new Float64Array(COVARIANCE_SIZE),
    },
    twist: { twist, covariance: new Float64Array(COVARIANCE_SIZE) },
  };
}
