import type { Joint, JointLimit } from '../../description/robot-model.ts';
import { hasOneAxis } from '../analysis/rigid-groups.ts';
import type { RobotDefinition } from '../definition.ts';
import { type Finding, fault, shown, warning } from './finding.ts';

/** Joints that turn or slide faster than this are rather a wrong unit (rad/s, m/s). */
const PLAUSIBLE_SPEED = { turning: 50, sliding: 10 } as const;
/** A turning joint with a larger range is rather one in degrees (rad). */
const PLAUSIBLE_RANGE = 8 * Math.PI;
/** A sliding joint with a longer range is rather one in millimetres (m). */
const PLAUSIBLE_STROKE = 20;

/** Names of the joints that commands set, of arms, grippers and driven bases. */
export const commandedJoints = ({ arms, bases }: Pick<RobotDefinition, 'arms' | 'bases'>): ReadonlySet<string> =>
  new Set([
    ...Object.values(arms).flatMap(({ joints, gripper }) => [...joints, ...(gripper?.joints ?? [])]),
    ...Object.values(bases).flatMap(({ left, right }) => [...left, ...right]),
  ]);

function limitFindings(subject: string, joint: Joint, limit: JointLimit): readonly Finding[] {
  const sliding = joint.type === 'prismatic';
  const unit = sliding ? 'm' : 'rad';
  const { lower, upper, effort, velocity } = limit;
  const findings: Finding[] = [];
  const range = upper - lower;
  if (range < 0) findings.push(fault(subject, `limits ${lower} to ${upper} ${unit}: expected lower below upper`));
  if (range === 0) findings.push(fault(subject, `limits ${lower} to ${upper} ${unit}: the joint cannot move`));
  if (Number.isFinite(range) && range > (sliding ? PLAUSIBLE_STROKE : PLAUSIBLE_RANGE)) {
    findings.push(
      warning(subject, `limits ${lower} to ${upper}: expected ${unit}, these look like ${sliding ? 'mm' : 'degrees'}`),
    );
  }
  const fastest = sliding ? PLAUSIBLE_SPEED.sliding : PLAUSIBLE_SPEED.turning;
  if (velocity === 0) findings.push(fault(subject, 'velocity 0: expected its largest speed'));
  else if (Number.isFinite(velocity) && velocity > fastest) {
    findings.push(warning(subject, `velocity ${shown(velocity)} ${unit}/s: expected at most ${fastest}`));
  }
  for (const [name, value] of Object.entries({ velocity, effort })) {
    if (value === Infinity)
      findings.push(warning(subject, `no largest ${name}: expected limits.${joint.name}.${name} in robot.yaml`));
  }
  if (effort === 0) findings.push(fault(subject, `effort 0: expected its largest ${sliding ? 'force' : 'torque'}`));
  return findings;
}

/** Checks the limits of the joints that commands set, and that explicit servos name each of them. */
export function checkJoints(joints: readonly Joint[], definition: RobotDefinition): readonly Finding[] {
  const commanded = commandedJoints(definition);
  const findings: Finding[] = [];
  for (const joint of joints) {
    if (!commanded.has(joint.name)) continue;
    const subject = `joint "${joint.name}"`;
    if (joint.limit) findings.push(...limitFindings(subject, joint, joint.limit));
    else if (hasOneAxis(joint)) {
      findings.push(
        warning(subject, 'no <limit>: expected its largest effort and speed, without which it has no bound'),
      );
    }
  }
  const known = new Set(joints.map(({ name }) => name));
  for (const name of Object.keys(definition.limits)) {
    if (!known.has(name)) findings.push(fault(`limits.${name}`, 'the description has no such joint'));
  }
  if (definition.servos === 'auto') return findings;
  for (const name of Object.keys(definition.servos)) {
    if (!known.has(name)) findings.push(fault(`servos.${name}`, 'the description has no such joint'));
  }
  for (const name of commanded) {
    if (known.has(name) && !Object.hasOwn(definition.servos, name)) {
      findings.push(fault('servos', `no gains for joint "${name}": expected kp and kv, or servos: auto`));
    }
  }
  return findings;
}
