import { CommandError } from '../errors/errors.ts';
import type { BaseCommand } from '../signals/values.ts';

/**
 * Checks the size and the numbers of a base's command, as every robot does before it accepts one. Allocates nothing.
 * @param name name of the command, for the error
 * @param names elements of the command
 * @throws {CommandError} when the size is wrong or a number is not finite
 */
export function checkBaseCommand(name: string, names: readonly string[], { twist }: Partial<BaseCommand>): void {
  if (twist?.length !== names.length) {
    throw new CommandError(`${name}: ${twist?.length ?? 0} velocities, expected ${names.length}`);
  }
  for (let i = 0; i < names.length; i++) {
    if (Number.isFinite(twist[i])) continue;
    throw new CommandError(`${name}: ${names[i]} is ${twist[i]}, expected a finite velocity`);
  }
}
