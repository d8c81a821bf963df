import type {
  AdmittanceOptions,
  ArmOptions,
  ChunkScheduler,
  ControlLoopOptions,
  Policy,
  PolicySpec,
  Robot,
} from '@praxis/core';
import type { SafetyConfig } from '@praxis/safety';
import type { ExpertPolicy } from '../experts/expert-policy.ts';
import type { Fault } from '../faults/fault.ts';
import type { ModalityDefinition } from '../modalities/modality.ts';
import type { Perturbations } from '../perturbations/perturbation.ts';
import type { ArmSetup } from '../robot/arm-setup.ts';
import { HOME_JOINTS_RAD, PRAXIS_ARM } from '../robot/praxis-arm.ts';
import type { RobotChoice, RobotSetup } from '../robot/setup.ts';
import type { SimRobot } from '../robot/sim-robot.ts';
import type { TouchTiming } from '../robot/touch-timing.ts';
import type { Knowledge, Task } from '../tasks/task.ts';
import type { WordingSet } from '../wordings/wordings.ts';
import { MAXIMUM_CHUNK_AGE_S } from './chunk-age.ts';
import type { EpisodeTap } from './tap.ts';

/** The parts of one episode: task, seed, robot, policy, supervisor and fault. */
export interface EpisodeOptions extends RobotChoice {
  /** The task: `pick`, `sort`, or one of your own. */
  readonly task: Task;
  /** Seed of every random number in the episode, 0 .. 2^31 - 1. */
  readonly seed: number;
  /** Drives the arm: a policy, the scripted expert, or a policy that wraps the expert. */
  readonly policy: Policy | 'expert' | ((expert: ExpertPolicy) => Policy);
  /** Schedules action chunks. It keeps state, so parallel episodes must not share it. */
  readonly scheduler: ChunkScheduler;
  /** Modalities or names of inputs that are masked: the policy does not receive them. Default: none. */
  readonly mask?: readonly string[];
  /** Name of a robot that the policy may drive although it was not trained for it; see `ControlLoopOptions.acceptRobot`. */
  readonly acceptRobot?: string;
  /** Set of sentences that the instruction is drawn from. Default `report`. */
  readonly wordings?: WordingSet;
  /** Replaces the text of the task's instruction. */
  readonly instruction?: string;
  /**
   * `instruction`: the verdict is about what the instruction in force asks for. `task`: always about the task's own goal, for
   * studies of how well it reaches the policy. Default `instruction`.
   */
  readonly judges?: 'instruction' | 'task';
  /** True: the instruction names another object of the same scene. Default false. */
  readonly swap?: boolean;
  /** True: the instruction asks for something that is not in the scene, and nothing may move, see `drawAbsent`. Default false. */
  readonly absent?: boolean;
  /** Modalities whose knowledge the scripted expert does without, see `expertWithout`. Default: none. */
  readonly expertLacks?: readonly Knowledge[];
  /** Inputs that the expert declares, so that a recorder finds them in the observation. */
  readonly inputs?: PolicySpec['inputs'];
  /** Sensors beside those of the arm. Default: none. */
  readonly modalities?: readonly ModalityDefinition[];
  /**
   * Noise of the camera pictures, as a standard deviation in grey levels of 255; a real camera has about 1 to 3. Default: that of the
   * robot's cameras, which for the Praxis arm is 0, because the shipped policy was measured on pictures without noise.
   */
  readonly cameraNoise?: number;
  /** What differs from the cell that policies are trained in. Default: nothing. */
  readonly perturbations?: Perturbations;
  /**
   * Of which moment the readings of the wrist sensors are: what the policy, the compliance of the tool and the supervisor read. The judge and the
   * measurements of faults read the physics. Default: that of their stamps.
   */
  readonly touch?: TouchTiming;
  /** Positions of the arms' joints at the start (rad, m), in their order. Default: those of the task. */
  readonly posture?: ArrayLike<number>;
  /**
   * Seconds that each inference takes beyond those that the episode draws. It is known to the loop, whose limit for the age of a chunk follows from
   * it, see `chunkAgeLimit`. Default 0.
   */
  readonly addedInferenceDelay?: number;
  /** Wraps the simulated arm in the robot that the loop is bound to, for example to add a custom sensor. */
  readonly wrapRobot?: (arm: SimRobot) => Robot;
  /** Fault to inject during the episode. Default: none. */
  readonly fault?: Fault;
  /** Configuration of the supervisor. Default `on`: that of the robot, see {@link safetyOf}. `off`: the arm has no supervisor. */
  readonly safety?: 'on' | 'off' | SafetyConfig;
  /** `end`: a stop ends the episode as a failure after 1.5 s. `wait`: it waits for a restart without a time limit. Default `end`. */
  readonly afterStop?: 'end' | 'wait';
  /**
   * True: after a failure of manner, such as too fast an arm after "softer", the episode goes on to the end of the task and fails there, so
   * that a recording has what an expert does then. Default false.
   */
  readonly goesOn?: boolean;
  /** `judged`: the verdict or the time limit ends the episode. `closed`: only `close` ends it. Default `judged`. */
  readonly ends?: 'judged' | 'closed';
  /** Listens to the episode, for a recorder. Default: none. */
  readonly tap?: EpisodeTap;
}

/** Options of every control loop that moves the simulated Praxis arm. */
export const SIM_LOOP = {
  controller: { ik: { posture: Float64Array.from(HOME_JOINTS_RAD) } },
  // Above the table and within reach (m, base_link). A target beyond this box is an error of the policy.
  workspace: { minimum: PRAXIS_ARM.workspace!.lower, maximum: PRAXIS_ARM.workspace!.upper },
  maximumChunkAge: MAXIMUM_CHUNK_AGE_S,
} as const satisfies Partial<ControlLoopOptions>;

/**
 * Compliance of the simulated arm's tool for policies that command stiffness or force. On a surface of 10 N/mm and with up to 60 ms of delay
 * of sensor and actions the damping must be above 600 N s/m, or the contact oscillates.
 */
const TOOL_ADMITTANCE: AdmittanceOptions = { mass: 2, damping: 800, stiffness: 5000, axes: ['x', 'y', 'z'] };

/**
 * Returns the compliance that a policy's actions need: that of the simulated arm for actions of stiffness or force, else none, so that the
 * tool is stiff.
 */
export const complianceFor = ({ actions }: Pick<PolicySpec, 'actions'>): AdmittanceOptions | undefined =>
  actions?.some(({ space }) => space === 'stiffness' || space === 'wrench') ? TOOL_ADMITTANCE : undefined;

/**
 * Returns the options of a control loop that moves a simulated robot: posture, workspace, frames and grippers of its arms, and limits
 * of its bases. The only arm of a robot, also one on a base, is the loop's main arm; several are the loop's arms by the names of their commands.
 * @param policy what the arm follows: its working arm has a compliant tool for a policy that commands stiffness or force, else a stiff one
 */
export function loopOptions(setup: RobotSetup, policy: Pick<PolicySpec, 'actions'>): RobotLoopOptions {
  const { arms, bases } = setup;
  const admittance = complianceFor(policy);
  const [only, second] = arms;
  const driven = Object.fromEntries(bases.map(({ name, limits }) => [name, limits]));
  if (only && !second) {
    const options = armOptions(setup, only);
    const { kinematics, tool, controller, baseFrame, fingerJoints, workspace } =
      bases.length > 0 ? withRange(options, only) : options;
    return {
      ...{ kinematics, tool },
      controller: admittance ? { ...controller, admittance } : controller,
      ...(workspace ? { workspace } : {}),
      maximumChunkAge: MAXIMUM_CHUNK_AGE_S,
      ...{ baseFrame, fingerJoints },
      ...(bases.length > 0 ? { bases: driven } : {}),
    };
  }
  return {
    arms: Object.fromEntries(
      arms.map((arm) => {
        const options = withRange(armOptions(setup, arm), arm);
        const complies = admittance !== undefined && arm === setup.workingArm;
        return [arm.name, complies ? { ...options, controller: { ...options.controller, admittance } } : options];
      }),
    ),
    bases: driven,
    maximumChunkAge: MAXIMUM_CHUNK_AGE_S,
  };
}

/** What a control loop has to know of a robot. */
export type RobotLoopOptions = Pick<
  ControlLoopOptions,
  | 'kinematics'
  | 'tool'
  | 'controller'
  | 'workspace'
  | 'maximumChunkAge'
  | 'baseFrame'
  | 'fingerJoints'
  | 'arms'
  | 'bases'
>;

function armOptions({ definition }: RobotSetup, { home, kinematics, tool, gripper, baseLink }: ArmSetup) {
  const { workspace } = definition;
  return {
    kinematics,
    tool,
    controller: { ik: { posture: Float64Array.from(home) } },
    ...(workspace ? { workspace: { minimum: workspace.lower, maximum: workspace.upper } } : {}),
    baseFrame: baseLink,
    fingerJoints: gripper?.streamNames ?? [],
  } satisfies ArmOptions;
}

/** Adds the range of a gripper, which the robot's spec has for a robot of one arm and no base alone. */
const withRange = (options: ArmOptions, { gripper }: ArmSetup): ArmOptions =>
  gripper ? { ...options, controller: { ...options.controller, gripperRange: gripper.range } } : options;
