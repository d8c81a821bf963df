import { absoluteSpace } from '../actions/absolute.ts';
import { ACTION_SPACES, type ActionSpace, type RowInterpolation } from '../actions/spaces.ts';
import { type ActionSpec, actionSize, isOpening, referenceOf } from '../actions/specs.ts';
import { BASE_TWIST_NAMES } from '../control/base-controller.ts';
import { BindError } from '../errors/errors.ts';
import { commandJoints, GRIPPER } from '../ports/arm-command.ts';
import type { Kinematics } from '../ports/kinematics.ts';
import { actionsOf, type PolicySpec } from '../ports/policy.ts';
import { elementUnit, type RobotSpec, type SignalSpec } from '../signals/specs.ts';

/** An arm that a control loop can move: one command of the robot, with what the loop knows of its joints. */
export interface ArmGroup {
  readonly kinematics: Kinematics;
  readonly baseFrame: string;
  /** False when the arm's tool is stiff: it then takes neither a stiffness nor a force. */
  readonly compliant: boolean;
}

/** One action of a policy, bound to a command of the robot. */
export interface BoundAction {
  readonly spec: ActionSpec;
  /** The command that the action drives. */
  readonly command: SignalSpec;
  /** The space that the loop follows: relative spaces are made absolute. */
  readonly space: ActionSpace;
  /** Index of its first number in a row of all actions. */
  readonly offset: number;
  /** Numbers in a row, in {@link space}. */
  readonly size: number;
  /** What happens between two rows, for each element; undefined where all are linear. */
  readonly interpolation: readonly RowInterpolation[] | undefined;
}

/** True for the command of a driven base, whose elements are velocities. */
export const isBase = ({ names = [] }: SignalSpec): boolean =>
  names.length > 0 && names.every((name) => (BASE_TWIST_NAMES as readonly string[]).includes(name));

/** Unit of a joint's or base's element in an action space, from the unit in the robot's command. */
const unitIn = (space: ActionSpace, unit: string): string => (space === 'joint_velocity' ? `${unit}/s` : unit);

class ActionMatcher {
  readonly #spec: ActionSpec;
  readonly #where: string;
  readonly #command: SignalSpec;
  readonly #arm: ArmGroup | undefined;

  constructor(where: string, spec: ActionSpec, command: SignalSpec, arm: ArmGroup | undefined) {
    this.#where = where;
    this.#spec = spec;
    this.#command = command;
    this.#arm = arm;
  }

  bind(offset: number): BoundAction {
    const { space, interpolation } = this.#spec;
    const rule = ACTION_SPACES[space];
    if (!rule) this.#refuse(`no action space ${space}, only ${Object.keys(ACTION_SPACES).join(', ')}`);
    this.#checkGroup();
    const unit = elementUnit(this.#spec, 0);
    if (space === 'gripper' && unit !== 'm' && unit !== '1') {
      this.#refuse(`unit is ${unit}, expected m, or 1 for an opening`);
    }
    this.#checkNames();
    this.#checkUnits();
    this.#checkFrame();
    const reference = referenceOf(this.#spec);
    if (!rule.references.includes(reference)) {
      this.#refuse(`reference is ${reference}, expected ${rule.references.join(' or ')} for ${space}`);
    }
    if (interpolation === 'snap' && rule.commands === 'motion') {
      this.#refuse(`interpolation is snap, expected linear or angle for ${space}`);
    }
    const followed = absoluteSpace(space);
    if (this.#spec.alternative && followed !== 'ee_pose' && followed !== 'joint_position') {
      this.#refuse(`alternative is ${this.#spec.alternative}, expected none for ${space}`);
    }
    const size = followed === 'ee_pose' ? 7 : actionSize(this.#spec);
    return {
      spec: this.#spec,
      command: this.#command,
      space: followed,
      offset,
      size,
      interpolation: this.#interpolation(),
    };
  }

  #checkGroup(): void {
    const { space } = this.#spec;
    const { commands } = ACTION_SPACES[space];
    const { name } = this.#command;
    if ((commands === 'base') !== isBase(this.#command)) {
      const given = isBase(this.#command) ? `a base, which takes ${this.#command.names?.join(', ')}` : 'no base';
      this.#refuse(`space ${space} does not fit: command group ${name} is ${given}`);
    }
    if (commands === 'base') return;
    const arm = this.#arm;
    if (!arm) this.#refuse(`the loop has no kinematics of command group ${name}; name it in the option arms`);
    if (commands === 'gripper' && !this.#command.names?.includes(GRIPPER)) {
      this.#refuse(`command group ${name} has no gripper, only ${commandJoints(this.#command).join(', ')}`);
    }
    if ((commands === 'stiffness' || commands === 'wrench') && !arm?.compliant) {
      this.#refuse(`the tool of ${name} is stiff; give its controller an admittance`);
    }
  }

  /** The names that the space has: its own, the arm's joints, or the elements of the base's command. */
  #expectedNames(): readonly string[] {
    const { names, commands } = ACTION_SPACES[this.#spec.space];
    if (names) return isOpening(this.#spec) ? ['opening'] : names;
    return commands === 'base' ? (this.#command.names ?? []) : (this.#arm?.kinematics.jointNames ?? []);
  }

  #checkNames(): void {
    const { names, space } = this.#spec;
    const expected = this.#expectedNames();
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) this.#refuse(`${twice} is named twice`);
    const extra = names.filter((name) => !expected.includes(name));
    const missing = expected.filter((name) => !names.includes(name));
    if (extra.length > 0) {
      this.#refuse(`robot has no ${extra.join(', ')} for ${space}, only ${expected.join(', ')}`);
    }
    if (missing.length > 0) this.#refuse(`${missing.join(', ')} missing, expected ${expected.join(', ')} for ${space}`);
    const { names: fixed } = ACTION_SPACES[space];
    if (fixed && names.some((name, i) => name !== expected[i])) {
      this.#refuse(`names are ${names.join(', ')}, expected the order ${expected.join(', ')}`);
    }
  }

  #checkUnits(): void {
    const { names, space, unit } = this.#spec;
    if (typeof unit !== 'string' && unit.length !== names.length) {
      this.#refuse(`${unit.length} units, expected ${names.length}, one for each name`);
    }
    const fixed = ACTION_SPACES[space].unit;
    for (const [i, name] of names.entries()) {
      const given = elementUnit(this.#spec, i);
      if (space === 'gripper') continue;
      const expected = fixed
        ? fixed[i]
        : unitIn(space, elementUnit(this.#command, (this.#command.names ?? []).indexOf(name)));
      if (given !== expected) this.#refuse(`unit of ${name} is ${given}, expected ${expected}`);
    }
  }

  #checkFrame(): void {
    const { frame, space } = this.#spec;
    const expected = ACTION_SPACES[space].hasFrame ? (this.#arm?.baseFrame ?? '') : '';
    if (frame !== '' && frame !== expected)
      this.#refuse(`frame is ${frame}, expected ${expected || "''"} for ${space}`);
  }

  #interpolation(): readonly RowInterpolation[] | undefined {
    const { interpolation, space, names } = this.#spec;
    if (isOpening(this.#spec)) return [interpolation ?? 'snap'];
    const followed = absoluteSpace(space);
    if (followed === 'joint_position' && this.#arm) {
      const { jointNames, lower, upper } = this.#arm.kinematics;
      const rules = names.map((name): RowInterpolation => {
        const i = jointNames.indexOf(name);
        const turns = lower[i] === Number.NEGATIVE_INFINITY && upper[i] === Number.POSITIVE_INFINITY;
        return interpolation ?? (turns ? 'angle' : 'linear');
      });
      return rules.every((each) => each === 'linear') ? undefined : rules;
    }
    if (interpolation === undefined || interpolation === 'linear' || followed === 'ee_pose') return undefined;
    return names.map(() => interpolation);
  }

  #refuse(message: string): never {
    throw new BindError(`${this.#where}: ${message}`);
  }
}

/**
 * Binds each action of a policy to a command group of the robot.
 * @param arms the arms that the loop can move, by the names of their commands
 * @param main command of the main arm, which an action without a group drives
 * @throws {BindError} that names the action and what the robot lacks or how they differ: groups, names, sizes, units, frames,
 *   references, or two actions for one thing
 */
export function bindActions(
  policy: PolicySpec,
  robot: RobotSpec,
  arms: ReadonlyMap<string, ArmGroup>,
  main: string,
): readonly BoundAction[] {
  const bound: BoundAction[] = [];
  let offset = 0;
  for (const spec of actionsOf(policy)) {
    const where = `policy ${policy.name}, action ${spec.name}`;
    const group = spec.group ?? main;
    const command = robot.commands.find(({ name }) => name === group);
    if (!command) {
      const names = robot.commands.map(({ name }) => name).join(', ');
      throw new BindError(`${where}: robot ${robot.name} has no command group ${group}, only ${names}`);
    }
    if (bound.some((each) => each.spec.name === spec.name)) throw new BindError(`${where}: the name is given twice`);
    // A policy that lists no actions also drives an arm without a gripper, which ignores the width.
    const lenient = policy.actions === undefined && spec.space === 'gripper' && !command.names?.includes(GRIPPER);
    const matched = lenient ? { ...command, names: [...(command.names ?? []), GRIPPER] } : command;
    const next = new ActionMatcher(where, spec, matched, arms.get(group)).bind(offset);
    const { commands } = ACTION_SPACES[spec.space];
    const rival = bound.find(
      (each) => each.command.name === group && ACTION_SPACES[each.spec.space].commands === commands,
    );
    if (rival) throw new BindError(`${where}: action ${rival.spec.name} already commands the ${commands} of ${group}`);
    bound.push({ ...next, command });
    offset += next.size;
  }
  checkCompliance(policy, bound);
  return bound;
}

/** Refuses a stiffness or a force for an arm whose motion is not that of its tool. */
function checkCompliance(policy: PolicySpec, bound: readonly BoundAction[]): void {
  for (const { spec, command } of bound) {
    if (spec.space !== 'stiffness' && spec.space !== 'wrench') continue;
    const motion = bound.find(
      (each) => each.command.name === command.name && ACTION_SPACES[each.spec.space].commands === 'motion',
    );
    if (motion && (motion.space === 'ee_pose' || motion.space === 'ee_twist')) continue;
    const given = motion ? `${motion.spec.name} is a ${motion.spec.space}` : 'there is none';
    throw new BindError(
      `policy ${policy.name}, action ${spec.name}: needs an action that moves the tool of ${command.name}, ${given}`,
    );
  }
}
