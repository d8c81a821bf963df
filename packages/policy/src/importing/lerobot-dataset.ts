import { InputError } from '@praxis/core';
import * as z from 'zod';
import { issueText } from '../manifest/issue.ts';

const schema = z.looseObject({
  fps: z.number().positive(),
  features: z.record(z.string(), z.looseObject({ names: z.unknown() })),
});

/** What `meta/info.json` of a LeRobotDataset says. */
export interface LerobotDataset {
  /** Frames per second, each of which has one action. */
  readonly fps: number;
  /** Names of the elements of each feature that has some. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

const list = z.array(z.string()).min(1);

/** Names are a list, or one list under a heading such as `motors`. */
function namesOf(value: unknown): readonly string[] | undefined {
  const plain = list.safeParse(value);
  if (plain.success) return plain.data;
  const headed = z.record(z.string(), list).safeParse(value);
  const lists = headed.success ? Object.values(headed.data) : [];
  return lists.length === 1 ? lists[0] : undefined;
}

/** Reads a parsed `meta/info.json`. @param where name of the file in errors @throws {InputError} that names the first wrong field */
export function lerobotDataset(json: unknown, where: string): LerobotDataset {
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new InputError(`${where}: ${issueText(parsed.error, json)}`);
  const { fps, features } = parsed.data;
  const names = new Map<string, readonly string[]>();
  for (const [feature, { names: given }] of Object.entries(features)) {
    const found = namesOf(given);
    if (found) names.set(feature, found);
  }
  return { fps, names };
}
