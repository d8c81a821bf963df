import type { Joint, RobotModel } from '../../description/robot-model.ts';
import { hasOneAxis, LinkTree } from '../analysis/rigid-groups.ts';
import type { ArmDefinition, GripperDefinition } from '../definition.ts';
import { type Finding, fault, shown, warning } from './finding.ts';

const listed = (names: readonly string[]): string => names.join(', ') || 'none';

/** Names of links or joints that a robot does not have. */
export function unknownNames(
  known: ReadonlySet<string>,
  kind: 'link' | 'joint',
  names: readonly (readonly [subject: string, name: string])[],
): readonly Finding[] {
  return names.flatMap(([subject, name]) =>
    known.has(name)
      ? []
      : [fault(subject, `${kind} "${name}": the description has none of this name${similar(known, name)}`)],
  );
}

/** Names a known name that is spelled almost alike. */
function similar(known: ReadonlySet<string>, name: string): string {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const found =
    [...known].find((each) => plain(each) === plain(name)) ??
    [...known].find((each) => plain(each).includes(plain(name)) && plain(name).length > 3);
  return found === undefined ? '' : `; did you mean "${found}"?`;
}

/** Checks that values name the joints of a list and lie within their limits. */
function valueFindings(
  subject: string,
  values: Readonly<Record<string, number>>,
  joints: readonly string[],
  byName: ReadonlyMap<string, Joint>,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const name of joints) {
    if (!Object.hasOwn(values, name)) findings.push(fault(subject, `no value for joint "${name}"`));
  }
  for (const [name, value] of Object.entries(values)) {
    if (!joints.includes(name))
      findings.push(fault(subject, `joint "${name}": is not one of the gripper's, ${listed(joints)}`));
    const limit = byName.get(name)?.limit;
    if (limit && (value < limit.lower || value > limit.upper)) {
      findings.push(fault(subject, `joint "${name}" ${value}: outside its limits, ${limit.lower} to ${limit.upper}`));
    }
  }
  return findings;
}

function gripperFindings(
  subject: string,
  gripper: GripperDefinition,
  arm: ArmDefinition,
  byName: ReadonlyMap<string, Joint>,
): readonly Finding[] {
  const { joints, open, closed, width } = gripper;
  const findings = [
    ...unknownNames(
      new Set(byName.keys()),
      'joint',
      joints.map((name) => [`${subject}.joints`, name] as const),
    ),
    ...valueFindings(`${subject}.open`, open, joints, byName),
    ...valueFindings(`${subject}.closed`, closed, joints, byName),
  ];
  for (const name of joints) {
    const joint = byName.get(name);
    if (joint?.mimic)
      findings.push(fault(`${subject}.joints`, `"${name}" mimics "${joint.mimic.joint}": expected that one`));
    else if (joint && !hasOneAxis(joint)) findings.push(fault(`${subject}.joints`, `"${name}" is ${joint.type}`));
    if (arm.joints.includes(name)) findings.push(fault(`${subject}.joints`, `"${name}" is a joint of the arm as well`));
    if (open[name] !== undefined && open[name] === closed[name]) {
      findings.push(fault(subject, `joint "${name}": open and closed are both ${open[name]}`));
    }
  }
  const [narrow, wide] = width;
  if (narrow >= wide) findings.push(fault(`${subject}.width`, `${narrow}, ${wide}: expected closed below open`));
  else if (wide > 1) findings.push(warning(`${subject}.width`, `${shown(wide)} m open: expected metres`));
  return findings;
}

function chainFindings(subject: string, arm: ArmDefinition, tree: LinkTree): readonly Finding[] {
  if (!tree.isBelow(arm.tool, arm.base)) {
    return [fault(subject, `tool "${arm.tool}" does not hang below base "${arm.base}"`)];
  }
  const findings: Finding[] = [];
  const path = tree.between(arm.base, arm.tool).filter(({ type }) => type !== 'fixed');
  const names = path.map(({ name }) => name);
  for (const joint of path) {
    if (!hasOneAxis(joint))
      findings.push(fault(`${subject}.joints`, `"${joint.name}" between base and tool is ${joint.type}`));
    else if (joint.mimic)
      findings.push(fault(`${subject}.joints`, `"${joint.name}" between base and tool mimics "${joint.mimic.joint}"`));
    else if (!arm.joints.includes(joint.name)) {
      findings.push(fault(`${subject}.joints`, `"${joint.name}" lies between base and tool and is not listed`));
    }
  }
  const byName = new Map(tree.model.joints.map((joint) => [joint.name, joint]));
  for (const name of arm.joints) {
    if (!byName.has(name) || names.includes(name)) continue;
    const why = byName.get(name)?.type === 'fixed' ? 'is fixed' : 'does not lie between base and tool';
    findings.push(fault(`${subject}.joints`, `"${name}" ${why}`));
  }
  const order = names.filter((name) => arm.joints.includes(name));
  const given = arm.joints.filter((name) => names.includes(name));
  if (order.join() !== given.join()) {
    findings.push(fault(`${subject}.joints`, `${listed(given)}: expected from base to tool, ${listed(order)}`));
  }
  return findings;
}

function homeFindings(
  subject: string,
  { home, joints }: ArmDefinition,
  byName: ReadonlyMap<string, Joint>,
): readonly Finding[] {
  if (home.length !== joints.length) {
    return [fault(subject, `${home.length} values: expected one for each of ${joints.length} joints`)];
  }
  return joints.flatMap((name, i) => {
    const limit = byName.get(name)?.limit;
    if (!limit || (home[i] >= limit.lower && home[i] <= limit.upper)) return [];
    return [fault(subject, `joint "${name}" ${home[i]}: outside its limits, ${limit.lower} to ${limit.upper}`)];
  });
}

/**
 * Checks the names, the chain, the home posture and the gripper of an arm.
 * @param name command group of the arm
 */
export function checkArm(name: string, arm: ArmDefinition, model: RobotModel): readonly Finding[] {
  const subject = `arms.${name}`;
  const tree = new LinkTree(model);
  const links = new Set(model.links.map((link) => link.name));
  const byName = new Map(model.joints.map((joint) => [joint.name, joint]));
  const { base, tool, joints, gripper, wristSensor } = arm;
  const findings = [
    ...unknownNames(links, 'link', [
      [`${subject}.base`, base],
      [`${subject}.tool`, tool],
      ...(gripper?.fingertips ?? []).map((each) => [`${subject}.gripper.fingertips`, each] as const),
      ...(wristSensor ? [[`${subject}.wristSensor.frame`, wristSensor.frame] as const] : []),
    ]),
    ...unknownNames(
      new Set(byName.keys()),
      'joint',
      joints.map((each) => [`${subject}.joints`, each] as const),
    ),
    ...homeFindings(`${subject}.home`, arm, byName),
    ...(gripper ? gripperFindings(`${subject}.gripper`, gripper, arm, byName) : []),
  ];
  if (links.has(base) && links.has(tool)) findings.push(...chainFindings(subject, arm, tree));
  const last = joints.at(-1);
  const carrier = last === undefined ? undefined : byName.get(last)?.child;
  if (carrier === undefined) return findings;
  for (const each of gripper?.joints ?? []) {
    const joint = byName.get(each);
    if (joint && !tree.isBelow(joint.child, carrier)) {
      findings.push(
        fault(`${subject}.gripper.joints`, `"${each}" does not hang below the last joint of the arm, "${last}"`),
      );
    }
  }
  if (wristSensor && links.has(wristSensor.frame) && !tree.isBelow(wristSensor.frame, carrier)) {
    findings.push(
      warning(
        `${subject}.wristSensor.frame`,
        `"${wristSensor.frame}" lies before the last joint of the arm, "${last}"`,
      ),
    );
  }
  return findings;
}
