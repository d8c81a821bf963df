/**
 * The simulator: MuJoCo physics, a software renderer, the simulated arm, tasks with scripted experts, faults and episodes.
 *
 * @example
 * import { readFileSync } from 'node:fs';
 * import { RecedingHorizon } from '@praxis/policy';
 * import { pick, runEpisode } from '@praxis/sim';
 * const result = await runEpisode({
 *   task: pick,
 *   seed: 2_000_000,
 *   urdf: readFileSync('urdf/praxis_arm.urdf', 'utf8'),
 *   policy: 'expert',
 *   scheduler: new RecedingHorizon(),
 * });
 * console.log(result.success, result.timeS);
 */

export { type BesideAbsent, checkAbsent, drawAbsent } from './absent/absent.ts';
export { combineTaps } from './episode/combine-taps.ts';
export { Episode, runEpisode } from './episode/episode.ts';
export { complianceFor, type EpisodeOptions, loopOptions, type RobotLoopOptions, SIM_LOOP } from './episode/options.ts';
export { type EpisodeResult, type FaultResult, outcomeInWords, type SafetyResult } from './episode/result.ts';
export { type DrawnScene, drawRewordings } from './episode/rewordings.ts';
export type { EpisodeTap, TappedEpisode } from './episode/tap.ts';
export { TaskArm, type TaskArmOptions } from './episode/task-arm.ts';
export { taskState } from './episode/task-state.ts';
export { type ArmTeleoperation, armTeleoperation, type Teleoperation, teleoperation } from './episode/teleoperation.ts';
export { type ExpertArea, ExpertPolicy } from './experts/expert-policy.ts';
export { defineFault, type Fault, type FaultContext, type InjectionPoints } from './faults/fault.ts';
export type { Impact } from './faults/impact/impact.ts';
export { Impactor } from './faults/impact/impactor.ts';
export type { StruckBody } from './faults/impact/struck-body.ts';
export { SHIPPED_FAULTS } from './faults/index.ts';
export { FaultyPolicy, type PolicyMode } from './faults/injection/faulty-policy.ts';
export { type Disturbance, FaultyRobot, type Sample } from './faults/injection/faulty-robot.ts';
export { type CommandTransform, LoopTransport } from './faults/injection/loop-transport.ts';
export { readMjcf } from './mjcf/read/read-mjcf.ts';
export { bodyName, type Coupling, type Servo, type WheelServo, type Wheels } from './mjcf/robot-bodies.ts';
export type { ContactStiffness, SceneObject, ShapeGeometry } from './mjcf/scene-object.ts';
export type { PartShape, PartSlide, ScenePart } from './mjcf/scene-part.ts';
export type { MessageHeader, ModalityDefinition, ModalityTopic, SensedScene } from './modalities/modality.ts';
export { type ArrayName, type JointAddress, loadMujoco, type Mujoco, World } from './mujoco/world.ts';
export type { Contact, RayHit, WorldView } from './mujoco/world-view.ts';
export {
  checkPerturbations,
  PERTURBATION_AXES,
  PERTURBATIONS,
  type PerturbationAxis,
  type PerturbationLevel,
  type Perturbations,
  parsePerturbations,
  perturbationTexts,
} from './perturbations/perturbation.ts';
export { picturePerturbations, pictureVariation } from './perturbations/vary-pictures.ts';
export { modelVisuals } from './render/model-visuals.ts';
export { pictureOf, type RobotPicture } from './render/robot-picture.ts';
export { type Part, SimScene } from './render/sim-scene.ts';
export { SoftwareRenderer } from './render/software-renderer.ts';
export type { BodyVisuals, Lighting, PinholeCamera, PoseTuple, RenderGeometry, RenderVisual } from './render/types.ts';
export { ARM_LAYOUT, type ArmModel, armModel, ROBOT_SPEC } from './robot/arm.ts';
export type { ArmSetup } from './robot/arm-setup.ts';
export { type ArmLayout, armSpec } from './robot/arm-spec.ts';
export type { BaseSetup } from './robot/base-setup.ts';
export type { CameraSetup } from './robot/camera-sensor.ts';
export { homeExtent } from './robot/extent.ts';
export { toChildFrame } from './robot/frames.ts';
export type { Gripper } from './robot/gripper.ts';
export { odometryStream, wrenchStream } from './robot/groups-spec.ts';
export type { JointsSetup } from './robot/joint-sensor.ts';
export { ODOMETRY_FRAME, ODOMETRY_NAMES, Odometry } from './robot/odometry.ts';
export { OwnSensor } from './robot/own-sensor.ts';
export { HOME_JOINTS_RAD, PRAXIS_ARM, TOOL_LINK } from './robot/praxis-arm.ts';
export {
  type CameraModel,
  hasOneArm,
  type RobotChoice,
  type RobotSetup,
  type RobotSource,
  robotSetup,
  setupOf,
} from './robot/setup.ts';
export { type RobotConditions, SimRobot } from './robot/sim-robot.ts';
export { robotSource } from './robot/source.ts';
export { decodeRobotSource, encodeRobotSource } from './robot/source-bytes.ts';
export { toolLoad } from './robot/tool-load.ts';
export { checkTouch, parseTouch, type TouchTiming, touchText } from './robot/touch-timing.ts';
export type { WrenchSetup } from './robot/wrench-sensor.ts';
export { groupSafety, reachOf, SIM_SAFETY, safetyOf } from './safety/config.ts';
export { Heartbeat } from './safety/heartbeat.ts';
export type { LimitViolations } from './safety/limit-audit.ts';
export { MotionGroundTruth } from './safety/motion-ground-truth.ts';
export { groupSafetyNotes } from './safety/notes.ts';
export { type ReplaySupervision, superviseReplay } from './safety/supervised-replay.ts';
export { areaFor, PRAXIS_AREA, type Range, type TaskArea, taskAreaOf } from './tasks/area.ts';
export { drawer } from './tasks/drawer/drawer.ts';
export { free } from './tasks/free.ts';
export { holds, type Point, reachAndClose } from './tasks/grasp.ts';
export { insert } from './tasks/insert/insert.ts';
export { interrupt } from './tasks/interrupt/interrupt.ts';
export type { Mechanism, PartJoints } from './tasks/mechanism.ts';
export { pick } from './tasks/pick.ts';
export { press } from './tasks/press/press.ts';
export * from './tasks/seeds.ts';
export { sort } from './tasks/sort.ts';
export type * from './tasks/task.ts';
export { tidy } from './tasks/tidy/tidy.ts';
export type { ToolOrientation } from './tasks/tool-orientation.ts';
export { ABSENT_THINGS, type AbsentThing } from './tasks/unknown-things.ts';
export { wipe } from './tasks/wipe/wipe.ts';
export { filmCamera, overviewPoints } from './view/overview.ts';
export type { Rewording, RewordingLevel } from './wordings/draw-instruction.ts';
export {
  FAR_KINDS,
  type FarKind,
  NEAR_KINDS,
  type NearKind,
  WORDING_KINDS,
  type WordingKind,
} from './wordings/kinds.ts';
export { type FarPatterns, STUDY_PATTERNS } from './wordings/pick/far-patterns.ts';
export { type FarWording, farPickWordings, type PlacedThing } from './wordings/pick/far-wording.ts';
export { type NamedThing, nearPickWording } from './wordings/pick/near-wording.ts';
export type { WordingSet } from './wordings/wordings.ts';
