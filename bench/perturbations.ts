/**
 * Evaluates a policy with every perturbation at both levels, beside the same seeds without one, and writes docs/reports/perturbations.md.
 * What is measured is kept in a file, a perturbation a line, until the report is written; a run that was cut off goes on from there.
 *
 *   npx praxis run bench/perturbations.ts [EPISODES] [STATE.jsonl]        50 episodes of each task, 25 minutes on two cores
 */
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type EvaluationReport, evaluate, markdownTable, percent, wilson95, writeAtomically } from '@praxis/evaluation';
import { PERTURBATION_AXES, parsePerturbations } from '@praxis/sim/perturbations';
import { machineText } from './machine.ts';

const FILE = fileURLToPath(new URL('../docs/reports/perturbations.md', import.meta.url));
const FIRST_SEED = 2_000_000;
const TASKS = ['pick', 'sort'];
const UNPERTURBED = 'none';

const [, , episodesText = '50', state = join(tmpdir(), `praxis-perturbations-${episodesText}.jsonl`)] = process.argv;
const episodes = Number(episodesText);
const seeds = Array.from({ length: episodes }, (_, k) => FIRST_SEED + k);
const lines = existsSync(state) ? readFileSync(state, 'utf8').split('\n').filter(Boolean) : [];
const kept = new Map(lines.map((line) => JSON.parse(line) as [string, EvaluationReport]));

const cells = [UNPERTURBED, ...PERTURBATION_AXES.flatMap((axis) => [`${axis}:1`, `${axis}:2`])];
const reports = new Map<string, EvaluationReport>();
for (const cell of cells) {
  const perturbations = cell === UNPERTURBED ? undefined : parsePerturbations([cell]);
  const report = kept.get(cell) ?? (await evaluate({ tasks: TASKS, seeds, perturbations }));
  if (!kept.has(cell)) appendFileSync(state, `${JSON.stringify([cell, report])}\n`);
  reports.set(cell, report);
  console.error(cell, ...report.tasks.map(({ task, successes }) => `${task} ${successes}/${episodes}`));
}

const whole = (share: number): string => (100 * share).toFixed(0);
const unperturbed = reports.get(UNPERTURBED)!;
const rows = cells.map((cell) => {
  const { tasks, safety } = reports.get(cell)!;
  const columns = tasks.flatMap(({ successes, wilson95, success_rate }, k) => {
    const lost = (success_rate ?? 0) - (unperturbed.tasks[k].success_rate ?? 0);
    return [
      `${successes} of ${episodes}`,
      `${percent(success_rate)} (${wilson95.map(whole).join(' to ')})`,
      cell === UNPERTURBED ? '' : `${lost > 0 ? '+' : ''}${whole(lost)}`,
    ];
  });
  return [`\`${cell}\``, ...columns, `${safety?.false_stops ?? '-'}`];
});
/** Episodes of both tasks together by the kind of the instruction's wording. */
const kinds = new Map<string, { episodes: number; successes: number }>();
for (const { by_wording = {} } of reports.get('language:2')!.tasks) {
  for (const [kind, more] of Object.entries(by_wording)) {
    const sum = kinds.get(kind) ?? { episodes: 0, successes: 0 };
    kinds.set(kind, { episodes: sum.episodes + more.episodes, successes: sum.successes + more.successes });
  }
}
const page = [
  '# Perturbations',
  '',
  'Made by `npx praxis run bench/perturbations.ts`; do not edit.',
  '',
  `The policy \`${unperturbed.policy}\`, ${episodes} seeds from ${FIRST_SEED} for each task and perturbation, the same ones without a perturbation,`,
  `supervisor on; ${machineText()}. [tasks.md](../tasks.md#perturbations)`,
  'says what each axis changes. Rates with their 95 % Wilson intervals; *lost* in points beside the unperturbed rate; *stops* of the supervisor in all episodes.',
  '',
  ...markdownTable(['perturbation', ...TASKS.flatMap((task) => [task, 'rate', 'lost']), 'stops'], rows),
  '',
  '## Kinds of wording',
  '',
  `The episodes of \`language:2\`, ${TASKS.join(' and ')} together, by the kind of the instruction's wording.`,
  '',
  ...markdownTable(
    ['kind', 'successes', 'rate'],
    [...kinds].map(([kind, { episodes: of, successes }]) => [
      kind,
      `${successes} of ${of}`,
      `${percent(successes / of)} (${wilson95(successes, of).map(whole).join(' to ')})`,
    ]),
  ),
  '',
].join('\n');
writeAtomically(FILE, page);
rmSync(state, { force: true });
