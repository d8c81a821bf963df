import type { Twist } from '@praxis/wire';

/** Parameter of the nodes at both ends of the topic of a base's controller. */
export const TWIST_PARAMETER = {
  use_stamped_vel: {
    type: 'bool',
    value: true,
    description:
      'Commands to the controller of a driven base are geometry_msgs/TwistStamped, as diff_drive_controller takes them since Jazzy; false: geometry_msgs/Twist.',
  },
} as const;

/**
 * Converts the velocities of a base's command (m/s, rad/s) to a twist in the base's own axes.
 * @param names elements of the command, see `BASE_TWIST_NAMES`
 */
export function twistMessageOf(twist: Float64Array, names: readonly string[]): Twist {
  const [x, y, z] = ['vx', 'vy', 'wz'].map((name) => {
    const at = names.indexOf(name);
    return at < 0 ? 0 : twist[at];
  });
  return { linear: { x, y, z: 0 }, angular: { x: 0, y: 0, z } };
}

/**
 * Converts a twist in the base's own axes to the velocities of its command (m/s, rad/s). What the base cannot do is left out, as
 * controllers of bases do it.
 * @param names elements of the command, see `BASE_TWIST_NAMES`
 */
export function twistOf({ linear, angular }: Twist, names: readonly string[]): Float64Array {
  const velocities: Readonly<Record<string, number>> = { vx: linear.x, vy: linear.y, wz: angular.z };
  return Float64Array.from(names, (name) => velocities[name]);
}
