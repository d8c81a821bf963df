import { note } from '../terminal/output.ts';

/**
 * Prints on standard error what the supervisors of a simulated robot do not check.
 * @param folder folder of the robot; undefined selects the Praxis arm
 * @throws {InputError} when the folder holds no valid robot
 */
export async function noteSafety(folder: string | undefined): Promise<void> {
  const { groupSafetyNotes, setupOf } = await import('@praxis/sim');
  const { robotChoice } = await import('@praxis/evaluation');
  for (const line of groupSafetyNotes(setupOf(await robotChoice(folder)))) note(line);
}
