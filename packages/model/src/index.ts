/**
 * Robot models from URDF: forward kinematics, Jacobians, inverse kinematics, dynamics and trajectories.
 *
 * @example
 * import { chainKinematics, parseUrdf, solveIk } from '@praxis/model';
 * const kinematics = chainKinematics(parseUrdf(urdf), 'base_link', 'tool0');
 * const pose = Float64Array.of(0.45, 0, 0.3, 1, 0, 0, 0); // x y z (m), qx qy qz qw in base_link
 * const { joints, converged } = solveIk(kinematics, pose);
 */
export { originAt } from './description/origin.ts';
export * from './description/robot-model.ts';
export { Dynamics, type DynamicsOptions } from './dynamics/dynamics.ts';
export { type IkOptions, type IkSolution, solveIk } from './ik/solve.ts';
export { isStraightPathReachable } from './ik/straight-path.ts';
export { type ChainOptions, chainKinematics } from './kinematics/chain.ts';
export { Coordinates, type JointValues, type Slot } from './kinematics/coordinates.ts';
export { parseJointValues } from './kinematics/joint-values.ts';
export { KinematicTree } from './kinematics/tree.ts';
export { closeLoops, type LoopKnowledge } from './loops/close-loops.ts';
export { type ConvexBodies, convexPieces, type Triangles } from './meshes/geometry/convex-pieces.ts';
export { type ExtremeVertices, extremeVertices } from './meshes/geometry/extreme-vertices.ts';
export type { Mesh, MeshPart, Rgba } from './meshes/geometry/mesh.ts';
export type { ReadBeside } from './meshes/obj.ts';
export { readMesh } from './meshes/read-mesh.ts';
export {
  type ConvexPoints,
  type LinkShapes,
  linkPieces,
  linkShapes,
  readLinkShapes,
} from './robot/analysis/link-shapes.ts';
export { checkBase } from './robot/check/check-base.ts';
export { type Reach, reachOf } from './robot/check/check-reach.ts';
export { checkLoadedRobot, checkRobot, type RobotCheck } from './robot/check/check-robot.ts';
export type { Finding } from './robot/check/finding.ts';
export {
  type ArmDefinition,
  type BaseDefinition,
  type CameraDefinition,
  type FrameDefinition,
  type GripperDefinition,
  parseRobotDefinition,
  type RobotDefinition,
  robotDefinitionSchema,
} from './robot/definition.ts';
export { type DraftShapes, draftRobot, type RobotDraft } from './robot/draft/draft.ts';
export type { Guess } from './robot/draft/guess.ts';
export { draftText, settingsText } from './robot/draft/write.ts';
export { candidatePaths, meshNames } from './robot/mesh-files.ts';
export { type MeshProblem, type RobotMeshes, readMeshes, withReadMeshes } from './robot/read-meshes.ts';
export {
  type DescriptionFile,
  type DescriptionFormat,
  descriptionFormat,
  type FoundFile,
  findDescription,
  loadRobotFolder,
  MeshFiles,
  type ReadRobotFile,
  ROBOT_FILE,
  type RobotFolder,
  type RobotFolderOptions,
  readDefinition,
  readDescription,
} from './robot/robot-folder.ts';
export { type RobotSummary, type SummaryLink, summarizeRobot } from './robot/summary/summary.ts';
export { type JointMotionLimits, JointTrajectory, type TimeScaling } from './trajectory/joint-trajectory.ts';
export { minimumJerk } from './trajectory/minimum-jerk.ts';
export type { MotionProfile, ProfileLimits } from './trajectory/profile.ts';
export { trapezoidal } from './trajectory/trapezoidal.ts';
export { parseUrdf, type UrdfOptions } from './urdf/parse.ts';
export { type LinkPair, parseSrdf } from './urdf/srdf.ts';
