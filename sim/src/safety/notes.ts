import { type BaseSafety, derivedFigures, safetyNotes } from '@praxis/safety';
import type { RobotSetup } from '../robot/setup.ts';
import { groupSafety } from './config.ts';

/**
 * What the supervisors of a simulated robot do not check, and which of their figures nobody stated, one line each. Each line of a robot
 * with several command groups names the group.
 * @throws {InputError} for a setting of the definition that is not valid, by name
 */
export function groupSafetyNotes(setup: RobotSetup): readonly string[] {
  const { name: robot, spec, arms, bases, definition } = setup;
  const several = arms.length + bases.length > 1;
  const notes: string[] = [];
  for (const [group, config] of groupSafety(setup)) {
    const arm = arms.find(({ name }) => name === group);
    const subject = several ? `${robot}, ${group}` : robot;
    const figures = arm ? derivedFigures(config) : driveFiguresOf(bases.find(({ name }) => name === group)?.limits);
    if (definition.safety === undefined)
      notes.push(`safety: ${subject} has no settings; derived from its description, not measured: ${figures}`);
    if (!arm) continue;
    const gaps = safetyNotes({ config, robot, streams: spec.streams, tool: arm.tool, figures: 'own' });
    notes.push(...gaps.map((line) => (several ? line.replace(/^safety: /, `safety: ${group}: `) : line)));
    for (const { name = '' } of (several && config.filter.distance?.obstacles?.planes) || [])
      notes.push(`safety: ${group}: its links stay out of the ${name}, beyond the middle between their bases`);
  }
  return notes;
}

/** The limits of a driven base, with their units. */
const driveFiguresOf = (limits: BaseSafety | undefined): string =>
  limits
    ? [
        `speed ${limits.linearVelocity} m/s and ${limits.angularVelocity} rad/s`,
        `acceleration ${limits.linearAcceleration} m/s^2 and ${limits.angularAcceleration} rad/s^2`,
      ].join(', ')
    : '';
