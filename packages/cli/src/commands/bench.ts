import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { episodes, list, optionOf, seed, wholeNumber, workers } from '../options/parsers.ts';
import { checkoutRoot } from '../options/paths.ts';
import { addPlannerOptions, PLANNER_HELP } from '../options/planner.ts';
import { POLICY_HELP } from '../options/project.ts';
import { endWithoutReport, interruptible, resumeHint } from '../terminal/interrupt.ts';
import { note, print, printJson, printText } from '../terminal/output.ts';

/** Result of a benchmark: the default export of `bench/NAME.ts` resolves to it. Further fields are printed unchanged. */
export interface BenchResult {
  /** Quantity and unit of `ours` and `baseline`. */
  readonly unit: string;
  readonly ours: number;
  readonly baseline: number;
  /** `ours / baseline`. */
  readonly ratio: number;
  /** Required range of the ratio in words, such as 'at least 0.9'. */
  readonly target?: string;
  readonly [detail: string]: unknown;
}

const benchFolder = join(checkoutRoot ?? '', 'bench');

export function addBench(praxis: Command): void {
  addPlannerOptions(
    praxis
      .command('bench')
      .description('run a benchmark against its baseline')
      .argument(
        '<name>',
        'benchmark: sim, policy, cameras, filter, studio, cli, plan, planstart, tidy, delays, recording, lateness or ros',
      )
      .option(
        '--planner <planners...>',
        `planners of bench plan, and the one of bench tidy: ${PLANNER_HELP}; FILE.gguf+ADAPTER.gguf adds a LoRA adapter (default: rules)`,
      ),
  )
    .option('--policy <policy>', `of bench delays: ${POLICY_HELP} (default: the shipped policy)`)
    .option('--task <names>', 'tasks of bench delays, separated by commas (default: pick,sort)', list)
    .option(
      '--episodes <n>',
      'episodes of each arm of bench tidy (default: 100), of each task and delay of bench delays (default: 50)',
      episodes,
    )
    .option('--seed <s>', 'first seed of bench tidy and bench delays, from 2000000 on (default: 2000000)', seed)
    .option('--workers <k>', 'processes of bench tidy and bench delays (default: 2)', workers)
    .option(
      '--resume <file>',
      'file of intermediate results of bench plan, tidy or delays; a later run continues from it',
    )
    .option('--seconds <n>', 'time of each loop of bench recording (default: 60)', wholeNumber('--seconds', 1, 3600))
    .option('--out <file>', 'write the table of bench plan, tidy, delays or recording as Markdown to this file')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Each benchmark measures Praxis and the baseline in the same run and prints both, their ratio and the required ratio.

Examples:
  $ npx praxis bench sim
  $ npx praxis bench policy --json
  $ npx praxis bench plan --planner rules --out docs/reports/planning.md
  $ npx praxis bench plan --planner MODEL.gguf --resume runs/plans.jsonl
  $ npx praxis bench tidy --resume runs/tidy.jsonl --out docs/reports/tidy.md
  $ npx praxis bench recording --seconds 60 --out docs/reports/recording.md
  $ npx praxis bench delays --resume runs/delays.jsonl --out docs/reports/delays.md
  $ npx praxis bench delays --policy models/contact --task press,drawer,wipe --episodes 20`,
    )
    .action(async (name, { json, ...options }) => {
      if (checkoutRoot === undefined) throw new InputError('bench: the benchmarks are in a checkout of Praxis only');
      const known = benchmarks();
      if (!known.includes(name)) {
        throw new InputError(`bench ${name}: unknown; known are ${known.join(', ') || 'none'}`);
      }
      checkOptions(name, Object.keys(options));
      note(`praxis bench ${name}: measuring ...`);
      const { default: measure }: { default: (options?: object) => Promise<BenchResult> } = await import(
        pathToFileURL(join(benchFolder, `${name}.ts`)).href
      );
      if (isStudy(name)) await benchStudy(name, measure, options, json);
      else printResult(name, await measure(options), json);
    });
}

/** Options of single benchmarks, and the benchmarks that take them. */
const OPTION_OF: Readonly<Record<string, readonly string[]>> = {
  planner: ['plan', 'tidy'],
  out: ['plan', 'tidy', 'delays', 'recording'],
  seconds: ['recording'],
  policy: ['delays'],
  task: ['delays'],
  episodes: ['tidy', 'delays'],
  seed: ['tidy', 'delays'],
  workers: ['tidy', 'delays'],
  resume: ['plan', 'tidy', 'delays'],
};

/** @throws {InputError} for an option that is one of another benchmark */
function checkOptions(name: string, given: readonly string[]): void {
  for (const option of given) {
    const takers = OPTION_OF[option] ?? ['plan'];
    if (takers.includes(name)) continue;
    throw new InputError(`bench ${name}: ${optionOf(option)} is an option of bench ${takers.join(' and bench ')}`);
  }
}

function printResult(name: string, result: BenchResult, json: true | undefined): void {
  if (json) printJson({ bench: name, ...result });
  else for (const [key, value] of Object.entries(result)) print(`${key.padEnd(24)} ${formatValue(value)}`);
}

/** Benchmarks whose result is a table and which can be interrupted. */
const STUDIES = ['plan', 'tidy', 'delays'] as const;
type Study = (typeof STUDIES)[number];

const isStudy = (name: string): name is Study => STUDIES.some((study) => study === name);

/** Runs one of {@link STUDIES}. */
async function benchStudy(
  name: Study,
  measure: (options: object) => Promise<BenchResult | undefined>,
  options: { readonly resume?: string },
  json: true | undefined,
): Promise<void> {
  const { progress } = await import('../terminal/progress.ts');
  const measured = await interruptible(
    (signal) =>
      measure({ ...options, signal, startProgress: progress }).catch((error: unknown) => {
        if (signal.aborted) return undefined;
        throw error;
      }),
    resumeHint(options.resume),
  );
  if (!measured) {
    endWithoutReport(`bench ${name}`, { json });
    return;
  }
  const { text, ...result } = measured;
  if (json) printResult(name, result as BenchResult, json);
  else printText(String(text));
}

/** Names of the benchmarks: the files `bench/NAME.ts`. */
const benchmarks = (): readonly string[] =>
  existsSync(benchFolder)
    ? readdirSync(benchFolder)
        .filter((file) => /^[a-z]+\.ts$/.test(file) && file !== 'index.ts')
        .map((file) => file.slice(0, -3))
        .sort()
    : [];

const formatValue = (value: unknown): string =>
  typeof value === 'number'
    ? String(Number(value.toPrecision(4)))
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
