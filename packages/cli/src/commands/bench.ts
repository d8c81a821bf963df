import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { checkoutRoot } from '../options/paths.ts';
import { PLANNER_HELP, plannerKeyOption, plannerLogOption, recordPlansOption } from '../options/planner.ts';
import { endWithoutReport, interruptSignal } from '../terminal/interrupt.ts';
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
  praxis
    .command('bench')
    .description('run a benchmark against its baseline')
    .argument('<name>', 'benchmark: sim, policy, cameras, filter, studio, cli, plan, lateness, recording or ros')
    .option(
      '--planner <planners...>',
      `planners of bench plan: ${PLANNER_HELP}; FILE.gguf+ADAPTER.gguf adds a LoRA adapter (default: rules)`,
    )
    .addOption(plannerKeyOption())
    .addOption(plannerLogOption())
    .addOption(recordPlansOption())
    .option('--out <file>', 'write the table of bench plan as Markdown to this file')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Each benchmark measures Praxis and the baseline in the same run and prints both, their ratio and the required ratio.

Examples:
  $ npx praxis bench sim
  $ npx praxis bench policy --json
  $ npx praxis bench plan --planner rules --out docs/reports/planning.md`,
    )
    .action(async (name, { json, ...options }) => {
      if (checkoutRoot === undefined) throw new InputError('bench: the benchmarks are in a checkout of Praxis only');
      const known = benchmarks();
      if (!known.includes(name)) {
        throw new InputError(`bench ${name}: unknown; known are ${known.join(', ') || 'none'}`);
      }
      const [given] = Object.keys(options);
      if (name !== 'plan' && given !== undefined) {
        throw new InputError(`bench ${name}: --${kebab(given)} is an option of bench plan`);
      }
      note(`praxis bench ${name}: measuring ...`);
      const { default: measure }: { default: (options?: object) => Promise<BenchResult> } = await import(
        pathToFileURL(join(benchFolder, `${name}.ts`)).href
      );
      if (name === 'plan') await benchPlan(measure, options, json);
      else printResult(name, await measure(), json);
    });
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function printResult(name: string, result: BenchResult, json: true | undefined): void {
  if (json) printJson({ bench: name, ...result });
  else for (const [key, value] of Object.entries(result)) print(`${key.padEnd(24)} ${formatValue(value)}`);
}

/** Runs `bench plan`, whose result is a table and which can be interrupted. */
async function benchPlan(
  measure: (options: object) => Promise<BenchResult>,
  options: object,
  json: true | undefined,
): Promise<void> {
  const { progress } = await import('../terminal/progress.ts');
  const { signal, release } = interruptSignal('nothing is kept');
  const measured = await measure({ ...options, signal, startProgress: progress })
    .catch((error: unknown) => {
      if (signal.aborted) return undefined;
      throw error;
    })
    .finally(release);
  if (!measured) {
    endWithoutReport('bench plan', { json });
    return;
  }
  const { text, ...result } = measured;
  if (json) printResult('plan', result as BenchResult, json);
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
