import { errorMessage, InputError } from '@praxis/core';
import { KinematicTree } from '../../kinematics/tree.ts';
import { urdfFaults } from '../../urdf/parse.ts';
import { type LinkShapes, readLinkShapes } from '../analysis/link-shapes.ts';
import { SelfCollision } from '../analysis/self-collision.ts';
import { definitionFaults, type RobotDefinition } from '../definition.ts';
import {
  descriptionFormat,
  findDescription,
  loadParts,
  type ReadRobotFile,
  ROBOT_FILE,
  type RobotFolder,
  type RobotFolderOptions,
  readDefinitionContent,
} from '../robot-folder.ts';
import { checkArm } from './check-arm.ts';
import { checkBase } from './check-base.ts';
import { checkCameras } from './check-cameras.ts';
import { checkInertias } from './check-inertias.ts';
import { checkJoints, commandedJoints } from './check-joints.ts';
import { checkWorkspace } from './check-reach.ts';
import { type Finding, fault, warning } from './finding.ts';

function meshFindings({ problems }: LinkShapes): readonly Finding[] {
  return problems.map(({ mesh, message, collides, shows }) => {
    const links = [...new Set([...collides, ...shows])].map((link) => `"${link}"`).join(', ');
    const text = message.replace(`mesh ${mesh}: `, '');
    return collides.length > 0
      ? fault(`mesh ${mesh}`, `${text}; links ${links} collide by it`)
      : warning(`mesh ${mesh}`, `${text}; links ${links} are not seen`);
  });
}

/** Joints that two command groups set. */
function sharedJoints({ arms, bases }: RobotDefinition): readonly Finding[] {
  const owners = new Map<string, string>();
  const findings: Finding[] = [];
  const groups: Readonly<Record<string, readonly string[]>> = Object.fromEntries([
    ...Object.entries(arms).map(([name, arm]) => [`arms.${name}`, [...arm.joints, ...(arm.gripper?.joints ?? [])]]),
    ...Object.entries(bases).map(([name, { left, right }]) => [`bases.${name}`, [...left, ...right]]),
  ]);
  for (const [group, joints] of Object.entries(groups)) {
    for (const joint of new Set(joints)) {
      const owner = owners.get(joint);
      if (owner !== undefined) findings.push(fault(group, `joint "${joint}": also in ${owner}; expected one group`));
      owners.set(joint, group);
    }
  }
  return findings;
}

/** What moves and belongs to no command group would hang loose. */
function looseJoints({ definition, model }: RobotFolder): readonly Finding[] {
  const commanded = commandedJoints(definition);
  return model.joints
    .filter(({ type, mimic, name }) => type !== 'fixed' && !mimic && !commanded.has(name))
    .map(({ name, type }) =>
      warning(`joint "${name}"`, `is ${type} and belongs to no arm, gripper or base: nothing drives it`),
    );
}

/** Links of the SRDF that the description does not have. */
function srdfFindings({ definition, model, disabledPairs }: RobotFolder): readonly Finding[] {
  const links = new Set(model.links.map(({ name }) => name));
  const unknown = [...new Set(disabledPairs.flat())].filter((link) => !links.has(link));
  if (unknown.length === 0) return [];
  const named = unknown.map((link) => `"${link}"`).join(', ');
  return [
    warning(`srdf ${definition.srdf}`, `${named}: no link of the description has this name; its pairs are passed over`),
  ];
}

/** Overlaps of links in the home posture of all arms, with open grippers. */
function homeCollisions({ definition, model }: RobotFolder, { byLink }: LinkShapes): readonly Finding[] {
  const arms = Object.values(definition.arms);
  const home = Object.fromEntries(
    arms.flatMap(({ joints, home: values, gripper }) => [
      ...joints.map((name, i) => [name, values[i]] as const),
      ...Object.entries(gripper?.open ?? {}),
    ]),
  );
  const collision = new SelfCollision(new KinematicTree(model), byLink);
  return collision
    .at(home)
    .map(([a, b]) => fault('arms.*.home', `links "${a}" and "${b}" overlap, as convex hulls of their shapes`));
}

/** Runs a check that needs a model without faults before it; what it still refuses becomes a finding. */
function checked(subject: string, check: () => readonly Finding[]): readonly Finding[] {
  try {
    return check();
  } catch (error) {
    if (error instanceof InputError) return [fault(subject, errorMessage(error))];
    throw error;
  }
}

/**
 * Lists everything that is missing or implausible in a loaded robot: names, limits, inertias, meshes, gripper, cameras, home posture and
 * workspace.
 */
export async function checkLoadedRobot(robot: RobotFolder): Promise<readonly Finding[]> {
  const { definition, model, meshes } = robot;
  const { arms, bases, cameras, workspace } = definition;
  const shapes = await readLinkShapes(model, meshes);
  const findings: Finding[] = [
    ...(model.warnings ?? []).map((message) => warning('description', message)),
    ...Object.entries(arms).flatMap(([name, arm]) => checkArm(name, arm, model)),
    ...(Object.keys(arms).length + Object.keys(definition.bases).length === 0
      ? [fault('arms', 'neither an arm nor a base: expected at least one')]
      : []),
    ...sharedJoints(definition),
    ...Object.entries(bases).flatMap(([name, base]) => checkBase(name, base, model)),
    ...checkCameras(cameras, model),
    ...srdfFindings(robot),
    ...checkJoints(model.joints, definition),
    ...looseJoints(robot),
    ...checkInertias(model, shapes.byLink),
    ...meshFindings(shapes),
  ];
  // Kinematics take the arms to be what robot.yaml says.
  if (findings.some(({ severity, subject }) => severity === 'fault' && /^(arms|bases)/.test(subject))) return findings;
  findings.push(...checked('arms.*.home', () => homeCollisions(robot, shapes)));
  for (const [name, arm] of workspace ? Object.entries(arms) : []) {
    if (workspace) findings.push(...checked('workspace', () => checkWorkspace(workspace, name, arm, model)));
  }
  return findings;
}

/** Result of {@link checkRobot}. */
export interface RobotCheck {
  readonly findings: readonly Finding[];
  /** The robot; undefined when `robot.yaml` or the description cannot be read at all. */
  readonly robot?: RobotFolder;
}

/** Why a folder does not load: every fault of `robot.yaml` and of a URDF, else the one that ended the loading. */
async function loadFaults(read: ReadRobotFile, message: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  try {
    const content = await readDefinitionContent(read);
    findings.push(...definitionFaults(content).map((each) => fault(`${ROBOT_FILE} ${each.subject}`, each.message)));
    const description = typeof content === 'object' && content && 'description' in content && content.description;
    if (typeof description === 'string') {
      const { path, bytes } = await findDescription(read, description);
      const faults = descriptionFormat(bytes) === 'urdf' ? urdfFaults(bytes) : [];
      findings.push(...faults.map((each) => fault(path, each)));
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    if (findings.length > 0) findings.push(fault('description', errorMessage(error)));
  }
  return findings.length > 0 ? findings : [fault('folder', message)];
}

/**
 * Loads a robot's folder and lists everything that is missing or implausible at once. A folder that cannot be loaded has the
 * faults of its `robot.yaml` and its URDF, or one.
 * @param read reads the files of the folder, as for `loadRobotFolder`
 */
export async function checkRobot(read: ReadRobotFile, options: RobotFolderOptions = {}): Promise<RobotCheck> {
  let parts: Awaited<ReturnType<typeof loadParts>>;
  try {
    parts = await loadParts(read, options);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { findings: await loadFaults(read, errorMessage(error)) };
  }
  const { robot, faults } = parts;
  const findings = faults.map(({ subject, message }) => fault(subject, message));
  return { findings: [...findings, ...(await checkLoadedRobot(robot))], robot };
}
