import { ACTION_SPACES, type ActionSpace, elementUnit, InputError } from '@praxis/core';
import { elementNamesOf, gripperUnit, jointUnit } from './element-units.ts';
import type { ForeignAction } from './foreign-policy.ts';
import { type Inquiry, normalisationOf } from './inquiry.ts';
import { GRIPPER_NAME, type ImportRobot, jointsOf, plainName } from './robot-elements.ts';

/** Stands in the names of an action for a number that drives nothing. */
const UNUSED = '-';
/** Spaces of motion, in which a robot's arm can be moved. */
const SPACES = Object.entries(ACTION_SPACES)
  .filter(([, { commands }]) => commands === 'motion')
  .map(([space]) => space as ActionSpace);

type Kind = 'motion' | 'gripper' | 'unused';

/** The output of a manifest: blocks of the arm, the gripper, and of numbers that drive nothing, in the order of the elements. */
export function actionOutput(action: ForeignAction, inquiry: Inquiry): object {
  const { name, axes } = action;
  const { robot, answers } = inquiry;
  const joints = jointsOf(robot);
  const fixed = answers.actionSpace && fixedNames(answers.actionSpace);
  const gripper = robot.command.names?.includes(GRIPPER_NAME) ? [GRIPPER_NAME] : [];
  const spaces = SPACES.flatMap((space) => fixedNames(space) ?? []);
  const known = (element: string): boolean =>
    [...joints, ...gripper, UNUSED].includes(plainName(element)) || spaces.includes(element);
  const names = elementNamesOf(action, known, [...(fixed ?? joints), ...gripper, UNUSED], inquiry);
  const normalisation = normalisationOf(action, inquiry);
  return { name, blocks: names ? blocksOf(names, action, inquiry) : [], normalisation, axes };
}

const fixedNames = (space: ActionSpace): readonly string[] | undefined => ACTION_SPACES[space].names;

function kindOf(element: string): Kind {
  if (element === UNUSED) return 'unused';
  return plainName(element) === GRIPPER_NAME ? 'gripper' : 'motion';
}

function blocksOf(names: readonly string[], action: ForeignAction, inquiry: Inquiry): readonly object[] {
  const runs: { readonly kind: Kind; readonly first: number; readonly names: string[] }[] = [];
  for (const [i, name] of names.entries()) {
    const kind = kindOf(name);
    const last = runs.at(-1);
    if (last?.kind === kind) last.names.push(plainName(name));
    else runs.push({ kind, first: i, names: [plainName(name)] });
  }
  for (const kind of ['motion', 'gripper'] as const) {
    const count = runs.filter((each) => each.kind === kind).length;
    if (count > 1) {
      throw new InputError(
        `${action.name}: ${names.join(', ')} has the ${kind} in ${count} places, expected its numbers one after another`,
      );
    }
  }
  const [motion] = runs.filter(({ kind }) => kind === 'motion');
  if (!motion)
    throw new InputError(`${action.name}: ${names.join(', ')} moves no joint of robot ${inquiry.robot.name}`);
  const space = spaceOf(motion.names, inquiry);
  return runs.map((run) => {
    if (run.kind === 'unused') return { space: 'unused', size: run.names.length };
    if (run.kind === 'gripper') return gripperBlock(run.first, action, inquiry);
    return {
      name: 'arm',
      space,
      names: run.names,
      unit: space && motionUnit(space, run.names, run.first, action, inquiry),
    };
  });
}

/** The space that the names of the motion have. Joints are positions unless the user says otherwise. */
function spaceOf(names: readonly string[], { robot, answers, ask, note }: Inquiry): ActionSpace | undefined {
  const joints = jointsOf(robot);
  const isJoints = names.every((name) => joints.includes(name));
  if (isJoints) requireAll(names, joints, robot);
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

function requireAll(names: readonly string[], joints: readonly string[], { name }: ImportRobot): void {
  const missing = joints.filter((each) => !names.includes(each));
  if (missing.length > 0) throw new InputError(`the action has no ${missing.join(', ')}, which robot ${name} has`);
}

function motionUnit(
  space: ActionSpace,
  names: readonly string[],
  first: number,
  action: ForeignAction,
  inquiry: Inquiry,
): string | readonly (string | undefined)[] | undefined {
  const fixed = ACTION_SPACES[space].unit;
  if (fixed) return fixed;
  const { command } = inquiry.robot;
  const units = names.map((name, i) => {
    const unit = elementUnit(command, command.names?.indexOf(name) ?? 0);
    return jointUnit(space === 'joint_velocity' ? `${unit}/s` : unit, action, first + i, name, inquiry);
  });
  return units.every((each) => each === units[0]) ? units[0] : units;
}

function gripperBlock(first: number, action: ForeignAction, inquiry: Inquiry): object {
  const unit = gripperUnit(action, first, GRIPPER_NAME, inquiry);
  const isOpening = unit === '%' || unit === '1';
  return { name: GRIPPER_NAME, space: 'gripper', names: [isOpening ? 'opening' : 'width'], unit };
}
