import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PraxisError } from '@praxis/core';
import { createFolder, writeJsonAtomically } from '../files/write.ts';
import type { StartProgress } from '../workers/progress.ts';
import { armNamed, withoutOf } from './arms.ts';
import { filesOf, type TrainedFacts } from './files.ts';
import { type AblationPlan, type Training, trainingName } from './plan.ts';
import { programError, runPython, type Trainer, type TrainingMachine } from './python.ts';

/** Options of {@link trainArm}. */
export interface TrainArmOptions {
  readonly plan: AblationPlan;
  readonly training: Training;
  /** Folder of the ablation. */
  readonly out: string;
  readonly trainer: Trainer;
  readonly machine: TrainingMachine;
  readonly signal: AbortSignal;
  readonly startProgress: StartProgress;
}

/** Options of `train.py` for a training, without its folder. */
export function trainingArguments(plan: AblationPlan, { arm, seed }: Training): readonly string[] {
  const { fusion, stages, ...given } = armNamed(arm);
  return [
    ...plan.data.flatMap(({ path, weight }) => ['--data', `${path}:${weight}`]),
    ...['--steps', String(plan.steps), '--seed', String(seed), '--fusion', fusion],
    ...withoutOf({ fusion, ...given }, plan.data).flatMap((modality) => ['--without', modality]),
    ...(stages === undefined ? [] : ['--stages', stages]),
    ...plan.training,
  ];
}

/** The step in the last line of a log of `train.py`; 0 without a log. */
export function loggedStep(log: string): number {
  if (!existsSync(log)) return 0;
  const steps = readFileSync(log, 'utf8').matchAll(/^\{"step": (\d+)/gm);
  return Math.max(0, Number([...steps].at(-1)?.[1] ?? 0));
}

/**
 * Trains one arm and exports its policy, from where an earlier run was interrupted.
 * @returns false when it was interrupted; the last checkpoint is kept
 * @throws {PraxisError} when a program fails
 */
export async function trainArm(options: TrainArmOptions): Promise<boolean> {
  const { plan, training, out, trainer, machine, signal } = options;
  const files = filesOf(out, training);
  if (existsSync(files.manifest)) return true;
  createFolder(files.training);
  if (!(await train(options))) return false;
  // The folder's name becomes that of the policy.
  const part = join(files.training, 'export', trainingName(training));
  rmSync(part, { recursive: true, force: true });
  const exported = await runPython({
    python: trainer.python,
    args: [
      ...[join(trainer.folder, 'export.py'), '--checkpoint', files.checkpoint, '--out', part],
      ...plan.data.flatMap(({ path, weight }) => ['--data', `${path}:${weight}`]),
    ],
    ...{ log: files.output, signal },
  });
  if (signal.aborted) return false;
  if (exported.status !== 0) throw programError('training/export.py', exported, files.output);
  if (!existsSync(join(part, 'manifest.json')))
    throw new PraxisError(`training/export.py wrote no policy; its output is in ${files.output}`);
  writeJsonAtomically(files.facts, { machine } satisfies TrainedFacts);
  createFolder(join(out, 'policies'));
  rmSync(files.policy, { recursive: true, force: true });
  renameSync(part, files.policy);
  rmSync(dirname(part), { recursive: true });
  return true;
}

/** Runs `train.py` to its end. @returns false when it was interrupted */
async function train({ plan, training, out, trainer, signal, startProgress }: TrainArmOptions): Promise<boolean> {
  const files = filesOf(out, training);
  const resumes = existsSync(files.checkpoint);
  let shown = resumes ? Math.min(plan.steps, loggedStep(files.log)) : 0;
  const bar = startProgress(`train ${trainingName(training)}`, plan.steps, shown);
  const ended = await runPython({
    python: trainer.python,
    args: [
      ...[join(trainer.folder, 'train.py'), '--out', files.training, ...trainingArguments(plan, training)],
      ...(resumes ? ['--resume'] : []),
    ],
    ...{ log: files.output, signal },
    onLine(line) {
      const [, step, losses] = /% step (\d+) (.*)$/.exec(line) ?? [];
      // A resumed training repeats the steps since its last checkpoint.
      const further = Math.min(Number(step ?? 0), plan.steps) - shown;
      if (further <= 0) return;
      shown += further;
      bar.step(losses, further);
    },
  }).finally(() => bar.stop());
  if (signal.aborted) return false;
  if (ended.status !== 0) throw programError('training/train.py', ended, files.output);
  const step = loggedStep(files.log);
  if (step >= plan.steps) return true;
  throw new PraxisError(
    `training/train.py ended at step ${step} of ${plan.steps}; run the same command again to continue`,
  );
}
