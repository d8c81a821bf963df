import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage, InputError } from '@praxis/core';
import { withMcapFile } from './file-source.ts';
import { type OperatorJudgement, recordedJudgement } from './operator-judgement.ts';
import { FACTS, RESULT } from './start-facts.ts';

/** One recording in a folder, how long it may be kept, and how its episode was judged. */
export interface KeptRecording {
  readonly path: string;
  /** Time at which it was started; undefined for a file that does not say it. */
  readonly started: Date | undefined;
  /** Days for which it may be kept; undefined for a recording without such a note. */
  readonly retainDays: number | undefined;
  /** True once the days are over. A recording without a note never expires. */
  readonly expired: boolean;
  /** The task's judgement, and that of a person; empty where the recording has none. */
  readonly outcome?: string;
  readonly judgement: OperatorJudgement;
  /** Why the file cannot be read; undefined if it can. It is never deleted then. */
  readonly fault?: string;
}

const DAY_MS = 24 * 3600 * 1000;

/**
 * Reads the retention notes of all recordings (`*.mcap`) in a folder and the folders below it.
 * @param now time to compare with
 * @throws {InputError} when the folder cannot be read
 */
export async function recordingsIn(folder: string, now: Date): Promise<readonly KeptRecording[]> {
  const recordings: KeptRecording[] = [];
  for (const path of filesIn(folder)) recordings.push(await keptRecording(path, now));
  return recordings;
}

/** Deletes the recordings whose days are over. @returns their paths */
export function pruneRecordings(recordings: readonly KeptRecording[]): readonly string[] {
  const paths = recordings.filter(({ expired }) => expired).map(({ path }) => path);
  for (const path of paths) rmSync(path);
  return paths;
}

function filesIn(folder: string): readonly string[] {
  try {
    if (!statSync(folder).isDirectory()) throw new Error('not a folder');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names
      .filter((name) => name.endsWith('.mcap'))
      .sort()
      .map((name) => join(folder, name));
  } catch (cause) {
    throw new InputError(`${folder}: cannot be read: ${errorMessage(cause)}`, { cause });
  }
}

async function keptRecording(path: string, now: Date): Promise<KeptRecording> {
  try {
    const { facts, result } = await withMcapFile(path, async (file) => ({
      facts: file.facts(FACTS),
      result: file.facts(RESULT),
    }));
    const outcome = result?.outcome === undefined ? {} : { outcome: result.outcome };
    const judgement = recordedJudgement(path, result);
    const started = facts?.started === undefined ? undefined : new Date(facts.started);
    const days = Number(facts?.retain_days);
    const retainDays = facts?.retain_days !== undefined && Number.isFinite(days) && days >= 0 ? days : undefined;
    const known = started !== undefined && !Number.isNaN(started.getTime()) && retainDays !== undefined;
    const expired = known && now.getTime() - started.getTime() > retainDays * DAY_MS;
    return { path, started, retainDays, expired, ...outcome, judgement };
  } catch (error) {
    return {
      path,
      started: undefined,
      retainDays: undefined,
      expired: false,
      judgement: {},
      fault: errorMessage(error),
    };
  }
}
