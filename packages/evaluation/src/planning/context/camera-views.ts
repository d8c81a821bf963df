import type { CameraView } from '@praxis/planner';
import type { RobotSetup } from '@praxis/sim';

/**
 * The cameras of a robot at measured joints, by its description: without the mounting errors that a real camera has.
 * @param joints measured joints by name (rad, m)
 */
export const cameraViews = (
  { cameras, tree }: RobotSetup,
  joints: Readonly<Record<string, number>>,
): readonly CameraView[] =>
  cameras.map(({ name, frame, fovY, size: [width, height] }) => ({
    name,
    pose: tree.pose(frame, joints),
    fovY,
    aspect: width / height,
  }));
