import { type BaseSafety, derivedFigures, safetyNotes } from '@praxis/safety';
import { note } from '../terminal/output.ts';

/**
 * Prints on standard error what the supervisors of a simulated robot do not check.
 * @param folder folder of the robot; undefined selects the Praxis arm
 * @throws {InputError} when the folder holds no valid robot
 */
export async function noteSafety(folder: string | undefined): Promise<void> {
  const { groupSafety, setupOf } = await import('@praxis/sim');
  const { robotChoice } = await import('@praxis/evaluation');
  const setup = setupOf(await robotChoice(folder));
  const { name: robot, spec, arms, bases, definition } = setup;
  for (const [group, config] of groupSafety(setup)) {
    const arm = arms.find(({ name }) => name === group);
    const several = arms.length + bases.length > 1;
    const subject = several ? `${robot}, ${group}` : robot;
    const figures = arm ? derivedFigures(config) : driveFiguresOf(bases.find(({ name }) => name === group)?.limits);
    if (definition.safety === undefined)
      note(`safety: ${subject} has no settings; derived from its description, not measured: ${figures}`);
    if (!arm) continue;
    const notes = safetyNotes({ config, robot, streams: spec.streams, tool: arm.tool, figures: 'own' });
    for (const line of notes) note(several ? line.replace(/^safety: /, `safety: ${group}: `) : line);
    for (const { name = '' } of (several && config.filter.distance?.obstacles?.planes) || [])
      note(`safety: ${group}: its links stay out of the ${name}, beyond the middle between their bases`);
  }
}

/** The limits of a driven base, with their units. */
const driveFiguresOf = (limits: BaseSafety | undefined): string =>
  limits
    ? [
        `speed ${limits.linearVelocity} m/s and ${limits.angularVelocity} rad/s`,
        `acceleration ${limits.linearAcceleration} m/s^2 and ${limits.angularAcceleration} rad/s^2`,
      ].join(', ')
    : '';
