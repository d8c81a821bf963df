import { InputError } from '@praxis/core';

/** One of `count` equal parts of a measurement, for a machine of its own. */
export interface Shard {
  /** Number of the part, 1 .. `count`. */
  readonly index: number;
  readonly count: number;
}

/** Formats a shard as `--shard` takes it: `1/3`. */
export const shardText = ({ index, count }: Shard): string => `${index}/${count}`;

/**
 * Selects the items of a shard: every `count`-th item, from the `index`-th on, in their order. All shards together hold each item once.
 * @param what names the items in the message, such as `episodes`
 * @returns all items without a shard
 * @throws {InputError} when there are fewer items than shards, since a shard would be empty
 */
export function itemsOfShard<T>(items: readonly T[], shard: Shard | undefined, what: string): readonly T[] {
  if (!shard) return items;
  if (shard.count > items.length) {
    throw new InputError(`--shard ${shardText(shard)}: ${items.length} ${what} make at most ${items.length} shards`);
  }
  return items.filter((_, i) => i % shard.count === shard.index - 1);
}

/** Parses `1/3`; undefined for anything else, and for an index outside 1 .. count. */
export function parseShard(text: string): Shard | undefined {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text)?.map(Number) ?? [];
  return index >= 1 && index <= count ? { index, count } : undefined;
}

/** A shard, and the name under which messages speak of it, such as its file. */
export interface NamedShard {
  readonly name: string;
  readonly shard: Shard;
}

/**
 * Checks that shards are all parts of one measurement, each of them once.
 * @param shards one or more
 * @throws {InputError} in one line that names the shard that is missing, there twice, or of another number of parts
 */
export function requireEveryShard(shards: readonly NamedShard[]): void {
  const [first] = shards;
  const { count } = first.shard;
  const names = new Map<number, string>();
  for (const { name, shard } of shards) {
    if (shard.count !== count) {
      const expected = `expected one of ${count}, as ${first.name} is`;
      throw new InputError(`${name}: is shard ${shardText(shard)}, ${expected}`);
    }
    const other = names.get(shard.index);
    if (other !== undefined) throw new InputError(`shard ${shardText(shard)} is there twice: ${other} and ${name}`);
    names.set(shard.index, name);
  }
  const missing = Array.from({ length: count }, (_, i) => i + 1).filter((index) => !names.has(index));
  if (missing.length === 0) return;
  const list = missing.map((index) => shardText({ index, count })).join(', ');
  throw new InputError(`missing ${missing.length > 1 ? 'are shards' : 'is shard'} ${list}`);
}
