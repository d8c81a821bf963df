import { InputError } from '@praxis/core';
import type { Shard } from '@praxis/evaluation';

/** Text of `--shard` in the help of a command. */
export const SHARD_HELP = 'run part I of N equal parts, such as 1/3, on a machine of its own';

/** Reads the value of `--shard`; undefined without one. @throws {InputError} for anything but I/N with I from 1 to N */
export async function shardOf(text: string | undefined): Promise<Shard | undefined> {
  if (text === undefined) return undefined;
  const { parseShard } = await import('@praxis/evaluation');
  const shard = parseShard(text);
  if (shard) return shard;
  throw new InputError(`--shard ${text}: expected I/N with I from 1 to N, such as 1/3`);
}
