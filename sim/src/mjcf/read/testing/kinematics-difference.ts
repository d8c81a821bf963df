import type { MainModule, MjModel } from '@mujoco/mujoco';
import { POSE_SIZE, Random } from '@praxis/core';
import { KinematicTree, type RobotModel } from '@praxis/model';

/**
 * Largest difference in position (m) and quaternion of the bodies between our kinematics and MuJoCo's, in random configurations.
 * Links that MuJoCo has fused into another body are left out.
 * @param compiled what MuJoCo made of the same description
 */
export function kinematicsDifference(mj: MainModule, compiled: MjModel, model: RobotModel, count: number): number {
  const data = new mj.MjData(compiled);
  const tree = new KinematicTree(model);
  const random = new Random(7, 'configurations');
  const poses = new Float64Array(tree.links.length * POSE_SIZE);
  const id = (kind: number, name: string) => mj.mj_name2id(compiled, kind, name);
  let worst = 0;
  for (let k = 0; k < count; k++) {
    const coordinates = tree.coordinates.zero();
    for (const { offset, size } of tree.coordinates.slots) {
      for (let i = 0; i < size; i++) coordinates[offset + i] = random.uniform(-3, 3);
      if (size !== POSE_SIZE) continue;
      const length = Math.hypot(...coordinates.subarray(offset + 3, offset + POSE_SIZE));
      for (let i = 3; i < POSE_SIZE; i++) coordinates[offset + i] /= length;
    }
    tree.coordinates.applyMimics(coordinates);
    for (const { joint, offset, size } of tree.coordinates.slots) {
      const values = [...coordinates.subarray(offset, offset + size)];
      if (size === POSE_SIZE) values.splice(3, 4, values[6], values[3], values[4], values[5]);
      const at = compiled.jnt_qposadr[id(3, joint.name)];
      for (const [i, value] of values.entries()) data.qpos[at + i] = value;
    }
    tree.forward(coordinates, poses);
    mj.mj_kinematics(compiled, data);
    for (const [i, link] of tree.links.entries()) {
      const [body, site] = [id(1, link), id(6, link)];
      if (body < 0 && site < 0) continue;
      const position =
        body >= 0 ? data.xpos.subarray(3 * body, 3 * body + 3) : data.site_xpos.subarray(3 * site, 3 * site + 3);
      for (let axis = 0; axis < 3; axis++) {
        worst = Math.max(worst, Math.abs(poses[i * POSE_SIZE + axis] - position[axis]));
      }
      if (body < 0) continue;
      const [w, x, y, z] = data.xquat.subarray(4 * body, 4 * body + 4);
      const q = poses.subarray(i * POSE_SIZE + 3, (i + 1) * POSE_SIZE);
      const sign = q[0] * x + q[1] * y + q[2] * z + q[3] * w < 0 ? -1 : 1;
      for (const [axis, value] of [x, y, z, w].entries()) worst = Math.max(worst, Math.abs(q[axis] - sign * value));
    }
  }
  data.delete();
  return worst;
}
