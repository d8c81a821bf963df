import type { Header, TransformStamped } from '../messages/messages.ts';

/**
 * Converts a pose to a transform; numbers after the pose, as those of odometry, are left out.
 * @param pose `[x, y, z, qx, qy, qz, qw]` of the child in the header's frame (m, unit quaternion)
 * @param child frame that moves
 */
export const transformOf = (
  [x, y, z, qx, qy, qz, qw]: Float64Array,
  header: Header,
  child: string,
): TransformStamped => ({
  header,
  child_frame_id: child,
  transform: { translation: { x, y, z }, rotation: { x: qx, y: qy, z: qz, w: qw } },
});
