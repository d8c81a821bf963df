import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from './run-praxis.ts';

/** How a file of `examples/many-machines` runs one shard: a command of a shell, and what its engine puts into the environment. */
export interface ShardCommand {
  readonly engine: string;
  readonly shell: readonly string[];
  /** Number of the shards that the file starts. */
  readonly shards: number;
  environment(shard: number): Readonly<Record<string, string>>;
}

const folder = join(root, 'examples', 'many-machines');
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

interface Job {
  readonly spec: {
    readonly completions: number;
    readonly completionMode: string;
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly command: readonly string[];
          readonly args: readonly string[];
          readonly env: readonly { readonly name: string; readonly value: string }[];
        }[];
      };
    };
  };
}

interface Workflow {
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: {
    readonly shard: {
      readonly strategy: { readonly matrix: { readonly shard: readonly number[] } };
      readonly steps: readonly { readonly name?: string; readonly run?: string; readonly env?: object }[];
    };
    readonly report: {
      readonly needs: string;
      readonly steps: readonly { readonly name?: string; readonly run?: string }[];
    };
  };
}

export const job = (): Job => parse(read('job.yaml'));
export const workflow = (): Workflow => parse(read('workflow.yml'));

/** The step of a job with a name. */
export const stepOf = (steps: readonly { readonly name?: string; readonly run?: string }[], name: string): string =>
  steps.find((step) => step.name === name)!.run!;

/**
 * The commands of the three files that start a shell, with the variables that Slurm, Kubernetes and GitHub set.
 * @param evaluation options of `praxis eval`
 * @param out folder of the files
 */
export function shardCommands(evaluation: string, out: string): readonly ShardCommand[] {
  const { completions, template } = job().spec;
  const [container] = template.spec.containers;
  const variables = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
  const { shard } = workflow().jobs;
  const matrix = shard.strategy.matrix.shard;
  return [
    {
      engine: 'Slurm',
      shell: ['bash', join(folder, 'evaluate.sbatch'), ...evaluation.split(' ')],
      shards: 3,
      environment: (number) => ({
        ...{ SLURM_ARRAY_TASK_ID: `${number}`, SLURM_ARRAY_TASK_COUNT: '3', SLURM_SUBMIT_DIR: root, OUT: out },
      }),
    },
    {
      engine: 'Kubernetes',
      shell: [...container.command, ...container.args],
      shards: completions,
      environment: (number) => ({
        ...{ ...variables, EVALUATION: evaluation, OUT: out, JOB_COMPLETION_INDEX: `${number - 1}` },
      }),
    },
    {
      engine: 'GitHub Actions',
      // As GitHub runs a step.
      shell: ['bash', '-e', '-c', stepOf(shard.steps, 'Evaluate')],
      shards: matrix.length,
      environment: (number) => ({
        ...{ EVALUATION: evaluation, OUT: out, SHARD: `${matrix[number - 1]}`, SHARDS: `${matrix.length}` },
      }),
    },
  ];
}
