import { type RobotFolder, readMeshes, withReadMeshes } from '@praxis/model';
import { encodePng } from '../files/png.ts';
import { writeAtomically } from '../files/write.ts';

/**
 * Draws a robot in its home posture with open grippers, and writes the picture as PNG, 800 x 800.
 * @param warn receives one line for each mesh that cannot be read
 * @throws {InputError} when the file cannot be written
 */
export async function drawRobot(robot: RobotFolder, path: string, warn: (message: string) => void): Promise<void> {
  const { modelVisuals, pictureOf } = await import('@praxis/sim');
  const { definition } = robot;
  const { meshes, problems } = await readMeshes(robot.model, robot.meshes);
  for (const { message } of problems) warn(message);
  const model = withReadMeshes(robot.model, meshes);
  const posture = Object.fromEntries(
    Object.values(definition.arms).flatMap(({ joints, home, gripper }) => [
      ...joints.map((name, i) => [name, home[i]] as const),
      ...Object.entries(gripper?.open ?? {}),
    ]),
  );
  const { rgb, width, height } = pictureOf(model, modelVisuals(model, meshes), posture);
  writeAtomically(path, encodePng(rgb, width, height));
}
