import { join } from 'node:path';
import { type Training, trainingName } from './plan.ts';
import type { TrainingMachine } from './python.ts';

/** What is stored of a finished training beside its policy. */
export interface TrainedFacts {
  readonly machine: TrainingMachine;
}

/** The files of one training in the folder of an ablation. */
export function filesOf(out: string, training: Training) {
  const name = trainingName(training);
  const folder = join(out, 'training', name);
  const policy = join(out, 'policies', name);
  return {
    /** Folder of `train.py`. */
    training: folder,
    checkpoint: join(folder, 'last.pt'),
    /** Losses and held-out metrics by step. */
    log: join(folder, 'log.jsonl'),
    /** What the programs printed. */
    output: join(folder, 'output.txt'),
    facts: join(folder, 'facts.json'),
    /** Folder of the exported policy; complete where it exists. */
    policy,
    manifest: join(policy, 'manifest.json'),
    evaluation: join(out, 'evaluations', `${name}.json`),
  } as const;
}
