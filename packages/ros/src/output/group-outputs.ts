import { declareParameters, type ParameterSpec, type ParameterValues } from '../rcl/parameters.ts';
import type { RosSession } from '../rcl/session.ts';
import { type NodeArm, type NodeBase, type NodeRobot, namespaceOf } from '../robot/node-robot.ts';
import { TWIST_PARAMETER } from '../robot/twist.ts';
import { armOutput, armTopic, CONTROLLERS, type Controller } from './arm-outputs.ts';
import { baseOutput, baseTopic } from './base-outputs.ts';
import type { ControllerName, ControllerTopic } from './controller-topic.ts';
import { GRIPPERS, type Gripper, gripperOutput, gripperTopic } from './gripper-outputs.ts';
import type { Output } from './output.ts';

/** Parameters of the outputs to controllers. */
export const OUTPUT_PARAMETERS = {
  controller: {
    type: 'string',
    value: 'forward_position',
    oneOf: CONTROLLERS,
    description: 'Kind of the controller that moves the arm; it sets the topic of the targets.',
  },
  controller_name: {
    type: 'string',
    value: '',
    description:
      'Name of the controller that moves the arm: its topic is NAME/commands, NAME/joint_trajectory, NAME/delta_twist_cmds or NAME/delta_joint_cmds; that of a base NAME/cmd_vel. Empty: forward_position_controller, joint_trajectory_controller or servo_node; for a base the topic cmd_vel.',
  },
  gripper: {
    type: 'string',
    value: 'forward_position',
    oneOf: GRIPPERS,
    description: 'Output of the gripper width: the topic NAME/commands, the action NAME/gripper_cmd, or none.',
  },
  gripper_name: {
    type: 'string',
    value: '',
    description: "Name of the gripper's controller, NAME in its topic or action. Empty: gripper_controller.",
  },
  gripper_effort: {
    type: 'double',
    value: 40,
    range: [0, 1000],
    description: 'Largest effort (N) in a goal of the gripper action.',
  },
  ...TWIST_PARAMETER,
} as const satisfies Record<string, ParameterSpec>;

/** Values of {@link OUTPUT_PARAMETERS}. */
export type OutputValues = ParameterValues<typeof OUTPUT_PARAMETERS>;

/** Those that the topics of the controllers depend on. */
export type OutputTopicValues = Omit<OutputValues, 'gripper_effort'>;

/** The command groups of a robot, as far as the topics of their controllers depend on them. */
export interface OutputGroups {
  readonly arms: readonly Pick<NodeArm, 'name' | 'gripperKind'>[];
  readonly bases: readonly Pick<NodeBase, 'name'>[];
}

/** The outputs of one command group. */
export interface GroupOutputs {
  /** Name of the group's command. */
  readonly group: string;
  readonly outputs: readonly Output[];
}

/** Where one command group's targets go. */
interface Destination {
  readonly controller: Controller;
  readonly controllerName: ControllerName;
  readonly gripper: Gripper;
  readonly gripperName: ControllerName;
}

/** Names of the parameters of a command group, each after the name of the group and a dot. */
export const GROUP_PARAMETERS = ['controller', 'controller_name', 'gripper', 'gripper_name'] as const;

/**
 * Makes the outputs of every command group. Where there are several, each group has parameters of its own, such as `left.controller_name`,
 * and those of the node hold for the others, in the namespace of the group.
 * @throws {InputError} when a parameter is not valid
 */
export function groupOutputs(session: RosSession, robot: NodeRobot, values: OutputValues): readonly GroupOutputs[] {
  const destinationOf = destinations(session, robot, values);
  return [
    ...robot.arms.map((arm) => {
      return { group: arm.name, outputs: armOutputs(session, arm, destinationOf(arm.name), values) };
    }),
    ...robot.bases.map((base) => {
      const { controllerName } = destinationOf(base.name);
      return { group: base.name, outputs: [outputOfBase(session, base, controllerName, values)] };
    }),
  ];
}

/**
 * The topics of the controllers of every command group, as {@link groupOutputs} publishes them.
 * @throws {InputError} when a parameter is not valid
 */
export function outputTopics(
  session: Pick<RosSession, 'rcl' | 'node'>,
  robot: OutputGroups,
  values: OutputTopicValues,
): readonly ControllerTopic[] {
  const destinationOf = destinations(session, robot, values);
  return [
    ...robot.arms.flatMap(({ name, gripperKind }) => {
      const { controller, controllerName, gripper, gripperName } = destinationOf(name);
      const grip = gripperTopic(gripperKindOf(gripperKind, gripper), gripperName);
      return [armTopic(controller, controllerName), ...(grip ? [grip] : [])];
    }),
    ...robot.bases.map(({ name }) => baseTopic(destinationOf(name).controllerName, twistsOf(values))),
  ];
}

/** A folder that says that there is no gripper decides. */
const gripperKindOf = (ofFolder: NodeArm['gripperKind'], parameter: Gripper): Gripper =>
  ofFolder === 'none' ? 'none' : parameter;

const twistsOf = ({ use_stamped_vel: stamped }: OutputTopicValues) => (stamped ? 'stamped' : 'unstamped');

/** Finds where the targets of each group go. Where there are several groups, it declares the parameters of each. */
function destinations(
  session: Pick<RosSession, 'rcl' | 'node'>,
  robot: OutputGroups,
  values: OutputTopicValues,
): (group: string) => Destination {
  const several = robot.arms.length + robot.bases.length > 1;
  return (group) => (several ? ownDestination(session, group, namespaceOf(group, robot), values) : destination(values));
}

const destination = (values: OutputTopicValues, namespace = ''): Destination => ({
  controller: values.controller,
  controllerName: { parameter: 'controller_name', name: values.controller_name, namespace },
  gripper: values.gripper,
  gripperName: { parameter: 'gripper_name', name: values.gripper_name, namespace },
});

/** Declares the parameters of one of several command groups. A name of its own is the whole name of the controller. */
function ownDestination(
  { rcl, node }: Pick<RosSession, 'rcl' | 'node'>,
  group: string,
  namespace: string,
  values: OutputTopicValues,
): Destination {
  const shared = destination(values, namespace);
  const { controller, controller_name, gripper, gripper_name } = OUTPUT_PARAMETERS;
  const names = { controller_name: `${group}.controller_name`, gripper_name: `${group}.gripper_name` };
  const kinds = declareParameters(rcl, node, {
    [`${group}.controller`]: { ...controller, value: values.controller },
    [`${group}.gripper`]: { ...gripper, value: values.gripper },
  } as Record<string, ParameterSpec>);
  const own = declareParameters(rcl, node, {
    [names.controller_name]: controller_name,
    [names.gripper_name]: gripper_name,
  });
  const nameOf = (key: keyof typeof names, otherwise: ControllerName): ControllerName =>
    own[names[key]] === '' ? otherwise : { parameter: names[key], name: own[names[key]] };
  return {
    controller: kinds[`${group}.controller`] as Controller,
    controllerName: nameOf('controller_name', shared.controllerName),
    gripper: kinds[`${group}.gripper`] as Gripper,
    gripperName: nameOf('gripper_name', shared.gripperName),
  };
}

function armOutputs(
  { rcl, node }: RosSession,
  { joints, kinematics, baseFrame, gripper, gripperKind }: NodeArm,
  { controller, controllerName, gripper: kind, gripperName }: Destination,
  { gripper_effort: maxEffort }: OutputValues,
): readonly Output[] {
  return [
    armOutput(controller, { rcl, node, joints, kinematics, controllerName, baseFrame }),
    gripperOutput(gripperKindOf(gripperKind, kind), { rcl, node, gripperName, maxEffort, joints: gripper }),
  ];
}

const outputOfBase = (
  { rcl, node }: RosSession,
  { names, link }: NodeBase,
  controllerName: ControllerName,
  values: OutputValues,
): Output => baseOutput({ rcl, node, controllerName, names, link, twists: twistsOf(values) });
