import { ACTION_SPACES, type ActionSpace, elementUnit, InputError } from '@praxis/core';
import { elementNamesOf, gripperUnit, jointUnit } from './element-units.ts';
import type { ForeignAction } from './foreign-policy.ts';
import { type Inquiry, normalisationOf } from './inquiry.ts';
import { armsOf, plainName, type RobotArm } from './robot-elements.ts';

/** Stands in the names of an action for a number that drives nothing. */
const UNUSED = '-';
/** Spaces of motion, in which a robot's arm can be moved. */
const SPACES = Object.entries(ACTION_SPACES)
  .filter(([, { commands }]) => commands === 'motion')
  .map(([space]) => space as ActionSpace);
/** Elements of the spaces that have names of their own. */
const SPACE_NAMES = SPACES.flatMap((space) => ACTION_SPACES[space].names ?? []);

/** Neighbouring numbers of an action that drive one thing. */
interface Run {
  /** Arm that they drive; undefined for numbers that drive nothing. */
  readonly arm: RobotArm | undefined;
  readonly kind: 'motion' | 'gripper' | 'unused';
  /** Index of the first one in the action. */
  readonly first: number;
  /** Names without that of the arm. */
  readonly names: string[];
}

/** The output of a manifest: blocks of the arms, their grippers, and of numbers that drive nothing, in the order of the elements. */
export function actionOutput(action: ForeignAction, inquiry: Inquiry): object {
  const { name, axes, dtype } = action;
  const { robot, answers } = inquiry;
  const arms = armsOf(robot);
  const fixed = answers.actionSpace && fixedNames(answers.actionSpace);
  const offered = arms.flatMap(({ joints, gripper, prefix }) => [
    ...(fixed?.map((each) => `${prefix}${each}`) ?? joints),
    ...(gripper === undefined ? [] : [gripper]),
  ]);
  const known = (element: string): boolean => runOf(element, 0, inquiry) !== undefined;
  const names = elementNamesOf(action, known, [...offered, UNUSED], inquiry);
  const normalisation = normalisationOf(action, inquiry);
  return { name, dtype, blocks: names ? blocksOf(names, action, inquiry) : [], normalisation, axes };
}

const fixedNames = (space: ActionSpace): readonly string[] | undefined => ACTION_SPACES[space].names;

/** What one number drives; undefined for a name that the robot lacks. */
function runOf(element: string, first: number, { robot }: Inquiry): Run | undefined {
  if (element === UNUSED) return { arm: undefined, kind: 'unused', first, names: [element] };
  const name = plainName(element, robot);
  for (const arm of armsOf(robot)) {
    if (arm.joints.includes(name)) return { arm, kind: 'motion', first, names: [name] };
    if (name === arm.gripper) return { arm, kind: 'gripper', first, names: [name] };
    const own = name.startsWith(arm.prefix) ? name.slice(arm.prefix.length) : '';
    if (SPACE_NAMES.includes(own)) return { arm, kind: 'motion', first, names: [own] };
  }
  return undefined;
}

function blocksOf(names: readonly string[], action: ForeignAction, inquiry: Inquiry): readonly object[] {
  const runs: Run[] = [];
  for (const [i, name] of names.entries()) {
    const run = runOf(name, i, inquiry)!;
    const last = runs.at(-1);
    if (last?.kind === run.kind && last.arm?.group === run.arm?.group) last.names.push(...run.names);
    else runs.push(run);
  }
  const places = (run: Run): readonly Run[] =>
    runs.filter(({ kind, arm }) => kind === run.kind && arm?.group === run.arm?.group);
  const split = runs.find((run) => run.arm && places(run).length > 1);
  if (split?.arm) {
    const whose = split.arm.prefix === '' ? '' : ` of ${split.arm.group}`;
    throw new InputError(
      `${action.name}: ${names.join(', ')} has the ${split.kind}${whose} in ${places(split).length} places, expected its numbers one after another`,
    );
  }
  if (runs.every(({ kind }) => kind !== 'motion')) {
    throw new InputError(`${action.name}: ${names.join(', ')} moves no joint of robot ${inquiry.robot.name}`);
  }
  for (const { group } of armsOf(inquiry.robot)) {
    if (runs.every(({ kind, arm }) => kind !== 'motion' || arm?.group !== group)) {
      inquiry.note(`action: it does not move ${group}, which stays where it is`);
    }
  }
  return runs.map((run) => {
    if (!run.arm) return { space: 'unused', size: run.names.length };
    return run.kind === 'gripper'
      ? gripperBlock(run.arm, run.first, action, inquiry)
      : motionBlock(run.arm, run, action, inquiry);
  });
}

/** Name of a block, and the command that it drives where there are several. */
const driven = ({ prefix, group }: RobotArm, what: string): object =>
  prefix === '' ? { name: what } : { name: `${prefix}${what}`, group };

function motionBlock(arm: RobotArm, { names, first }: Run, action: ForeignAction, inquiry: Inquiry): object {
  const space = spaceOf(names, arm, inquiry);
  const unit = space && motionUnit(space, names, first, action, arm, inquiry);
  return { ...driven(arm, 'arm'), space, names, unit };
}

/** The space that the names of the motion have. Joints are positions unless the user says otherwise. */
function spaceOf(
  names: readonly string[],
  { joints }: RobotArm,
  { robot, answers, ask, note }: Inquiry,
): ActionSpace | undefined {
  const isJoints = names.every((name) => joints.includes(name));
  const missing = isJoints ? joints.filter((each) => !names.includes(each)) : [];
  if (missing.length > 0) {
    throw new InputError(`the action has no ${missing.join(', ')}, which robot ${robot.name} has`);
  }
  const { actionSpace } = answers;
  if (actionSpace) {
    const expected = fixedNames(actionSpace) ?? joints;
    const fits = fixedNames(actionSpace) ? names.join() === expected.join() : isJoints;
    if (fits) return actionSpace;
    throw new InputError(
      `--action-space ${actionSpace}: the action has ${names.join(', ')}, expected ${expected.join(', ')}`,
    );
  }
  if (isJoints) {
    note('action: taken as positions of the joints (joint_position); --action-space says otherwise');
    return 'joint_position';
  }
  return ask({
    option: '--action-space',
    prefix: '',
    form: SPACES.join('|'),
    text: `what ${names.join(', ')} mean`,
  });
}

function motionUnit(
  space: ActionSpace,
  names: readonly string[],
  first: number,
  action: ForeignAction,
  { command }: RobotArm,
  inquiry: Inquiry,
): string | readonly (string | undefined)[] | undefined {
  const fixed = ACTION_SPACES[space].unit;
  if (fixed) return fixed;
  const units = names.map((name, i) => {
    const unit = elementUnit(command, command.names?.indexOf(name) ?? 0);
    return jointUnit(space === 'joint_velocity' ? `${unit}/s` : unit, action, first + i, name, inquiry);
  });
  return units.every((each) => each === units[0]) ? units[0] : units;
}

function gripperBlock(arm: RobotArm, first: number, action: ForeignAction, inquiry: Inquiry): object {
  const unit = gripperUnit(action, first, arm.gripper ?? '', inquiry);
  const isOpening = unit === '%' || unit === '1';
  return { ...driven(arm, 'gripper'), space: 'gripper', names: [isOpening ? 'opening' : 'width'], unit };
}
