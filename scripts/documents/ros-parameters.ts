import type { ParameterSpec } from '../../packages/ros/src/rcl/parameters.ts';

type Parameters = Readonly<Record<string, ParameterSpec>>;

const valueInWords = (value: ParameterSpec['value']): string => `\`${JSON.stringify(value).replaceAll('"', "'")}\``;

function allowedInWords(parameter: ParameterSpec): string {
  if ('range' in parameter) return `${parameter.range[0]} to ${parameter.range[1]}`;
  if ('oneOf' in parameter && parameter.oneOf) return parameter.oneOf.map((each) => `\`${each}\``).join(', ');
  return '';
}

const tableOf = (parameters: Parameters): string =>
  [
    '| parameter | type | default | allowed | meaning |',
    '|---|---|---|---|---|',
    ...Object.entries(parameters).map(
      ([name, each]) =>
        `| \`${name}\` | ${each.type} | ${valueInWords(each.value)} | ${allowedInWords(each)} | ${each.description} |`,
    ),
  ].join('\n');

/** Leaves out the parameters that another table of the page lists. */
const without = (parameters: Parameters, shared: Parameters): Parameters =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => !(name in shared)));

const groupsText = (names: readonly string[]): string => `
For a robot with several command groups, each group has ${names.map((name) => `\`GROUP.${name}\``).join(', ')} too, such as
\`left.controller_name\`. A kind is that of the node by default, and so is an empty name, in the namespace of the group; a name that is given
is the whole name of the controller.
`;

/**
 * Writes the parameters of the ROS 2 nodes as the page `docs/ros2-parameters.md`.
 * @param robot parameters that describe an arm, which several nodes have
 * @param loop parameters of the nodes that run a control loop, with those of `robot`
 * @param nodes all parameters of each node
 * @param ofGroups names of parameters of `supervisor_node` that each of several command groups has too
 */
export function rosParametersPage(
  robot: Parameters,
  loop: Parameters,
  nodes: Readonly<Record<string, Parameters>>,
  ofGroups: readonly string[],
): string {
  const sections = Object.entries(nodes).map(([name, parameters]) => {
    const above = ['joints', 'policy'].every((each) => each in parameters)
      ? 'It also has the parameters of the robot and of the control loop.\n\n'
      : 'joints' in parameters
        ? 'It also has the parameters of the robot.\n\n'
        : '';
    const shared = above === '' ? {} : 'policy' in parameters ? loop : robot;
    return `## ${name}\n\n${above}${tableOf(without(parameters, shared))}\n${name === 'supervisor_node' ? groupsText(ofGroups) : ''}`;
  });
  return `# Parameters of the ROS 2 nodes

\`npm run docs\` writes this page from the nodes' own declarations; \`ros2 param describe\` shows the same texts.
Every parameter is read-only: a node reads it when it starts. [ros2.md](ros2.md) shows
how to start the nodes, and \`launch/config/robot.yaml\` is a template for a parameter file.

## The robot

\`policy_node\`, \`teleop_node\` and \`supervisor_node\` need the same description of the arm.

${tableOf(robot)}

## The control loop

\`policy_node\` and \`teleop_node\` run a control loop.

${tableOf(without(loop, robot))}

${sections.join('\n')}`;
}
