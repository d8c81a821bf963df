import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@praxis/core';
import { readInputFile } from '@praxis/policy/node';
import { firstDifference } from '../files/first-difference.ts';
import { createFolder, writeAtomically } from '../files/write.ts';
import { REPEATED_ARMS, SINGLE_ARMS } from './arms.ts';
import type { AblationData } from './data.ts';

const FORMAT = 'praxis-ablation/1';
const FILE = 'plan.json';

/** What an ablation trains and evaluates: data, steps and episodes are the same for every arm. */
export interface AblationPlan {
  readonly data: readonly AblationData[];
  /** Training steps of each arm. */
  readonly steps: number;
  /** Further options of the training program, such as `--batch 64`. */
  readonly training: readonly string[];
  /** Names of the arms, in the order of `ARMS`. */
  readonly arms: readonly string[];
  /** Number of trainings of the arms that are repeated; the others have one. */
  readonly trainingSeeds: number;
  /** Tasks of the evaluation. */
  readonly tasks: readonly string[];
  /** First seed of the evaluation's episodes, and their number for each task and training. */
  readonly seed: number;
  readonly episodes: number;
  /** Folder of the robot. */
  readonly robot?: string;
  /** Configuration file, and its SHA-256. */
  readonly config?: string;
  readonly configSha256?: string;
}

/** One training of one arm. */
export interface Training {
  readonly arm: string;
  /** Seed of the network's first weights and of the order of the samples, from 0 on. */
  readonly seed: number;
}

/** Name of a training's files: `vision+language-0`. */
export const trainingName = ({ arm, seed }: Training): string => `${arm}-${seed}`;

const seedsFrom = (arm: string, first: number, end: number): readonly Training[] =>
  Array.from({ length: Math.max(0, end - first) }, (_, i) => ({ arm, seed: first + i }));

/** The trainings that are known in advance: first one of each arm, then the further ones of `REPEATED_ARMS`. */
export const knownTrainings = ({ arms, trainingSeeds }: AblationPlan): readonly Training[] => [
  ...arms.map((arm) => ({ arm, seed: 0 })),
  ...arms.filter((arm) => REPEATED_ARMS.includes(arm)).flatMap((arm) => seedsFrom(arm, 1, trainingSeeds)),
];

/** The further trainings of the best arm with one modality. @param best its name; undefined without such an arm */
export const furtherTrainings = ({ trainingSeeds }: AblationPlan, best: string | undefined): readonly Training[] =>
  best === undefined ? [] : seedsFrom(best, 1, trainingSeeds);

/** The arms of a plan that have one modality. */
export const singleArms = ({ arms }: AblationPlan): readonly string[] =>
  arms.filter((arm) => SINGLE_ARMS.includes(arm));

/**
 * Selects the arm with one modality that succeeded most often with its first training seed; of equal ones the first of `SINGLE_ARMS`.
 * @param successes number of successes over all tasks, by the arm's name; an arm may be missing while it is not evaluated
 * @returns undefined without such an arm, or while one of them is missing
 */
export function bestSingle(plan: AblationPlan, successes: ReadonlyMap<string, number>): string | undefined {
  const singles = singleArms(plan);
  if (singles.some((arm) => !successes.has(arm))) return undefined;
  return singles.reduce<string | undefined>(
    (best, arm) => (best !== undefined && successes.get(best)! >= successes.get(arm)! ? best : arm),
    undefined,
  );
}

/** What two runs have to have in common to belong to one ablation. Files may lie elsewhere on another machine. */
const identityOf = ({ data, config: _, ...plan }: AblationPlan): Readonly<Record<string, unknown>> => ({
  ...plan,
  data: data.map(({ weight, sha256 }) => ({ weight, sha256 })),
});

/**
 * Reads the plan of a folder.
 * @throws {InputError} when there is none
 */
export function readPlan(out: string): AblationPlan {
  const path = join(out, FILE);
  let content: (AblationPlan & { readonly format?: unknown }) | undefined;
  try {
    content = JSON.parse(readInputFile(path, 'the plan of an ablation, of praxis ablate').toString());
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`${path}: is not JSON, expected the plan of an ablation`, { cause });
  }
  if (content?.format !== FORMAT) throw new InputError(`${path}: expected the plan of an ablation (${FORMAT})`);
  const { format: _, ...plan } = content;
  return plan;
}

/** Whether a folder has anything that an ablation has trained. */
function hasTraining(out: string): boolean {
  if (existsSync(join(out, 'policies'))) return true;
  const trainings = join(out, 'training');
  return existsSync(trainings) && readdirSync(trainings).some((name) => existsSync(join(trainings, name, 'last.pt')));
}

/**
 * Opens the folder of an ablation: writes the plan where nothing is trained, and otherwise checks that an earlier run had the same.
 * @throws {InputError} when the folder belongs to another ablation, with the first thing that differs
 */
export function openPlan(out: string, plan: AblationPlan): void {
  if (!existsSync(join(out, FILE)) || !hasTraining(out)) {
    createFolder(out);
    writeAtomically(join(out, FILE), `${JSON.stringify({ format: FORMAT, ...plan }, null, 1)}\n`);
    return;
  }
  const differs = firstDifference(identityOf(readPlan(out)), identityOf(plan));
  if (!differs) return;
  const { key, expected, found } = differs;
  throw new InputError(
    `--out ${out}: holds another ablation: its ${key} is ${expected}, not ${found}; name another folder`,
  );
}
