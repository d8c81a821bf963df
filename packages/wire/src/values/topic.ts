/** Topics of streams that have another name. */
const TOPICS: Readonly<Record<string, string>> = { joints: 'joint_states', odometry: 'odom' };

/**
 * The ROS topic of a robot's stream, relative to a namespace. That of one of several command groups, such as `wrench.left`, is in the
 * group's namespace: `left/wrench`.
 */
export const topicOf = (stream: string): string => {
  if (stream.startsWith('images.')) return `camera_${stream.slice('images.'.length)}/image_raw`;
  const [kind, group] = stream.split('.');
  const topic = TOPICS[kind] ?? kind;
  return group === undefined ? topic : `${group}/${topic}`;
};
