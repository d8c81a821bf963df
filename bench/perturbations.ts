/**
 * Evaluates a policy with every perturbation at both levels, beside the same seeds without one, and writes docs/reports/perturbations.md, or
 * perturbations-NAME.md of another policy than the shipped one. What is measured is kept in a file, a perturbation a line, until the report is
 * written; a run that was cut off goes on from there.
 *
 *   npx praxis run bench/perturbations.ts [EPISODES] [POLICY] [TASKS] [STATE.jsonl]
 *
 * With 50 episodes of each task it takes 25 minutes on two cores. A task that lacks what an axis changes is left out of it.
 */
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type EvaluationReport, evaluate, markdownTable, percent, wilson95, writeAtomically } from '@praxis/evaluation';
import {
  checkPerturbations,
  drawer,
  insert,
  interrupt,
  pick,
  press,
  setupOf,
  sort,
  type Task,
  wipe,
} from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { PERTURBATION_AXES, type PerturbationAxis, parsePerturbations } from '@praxis/sim/perturbations';
import { machineText } from './machine.ts';

const FIRST_SEED = 2_000_000;
const UNPERTURBED = 'none';
const TASKS: readonly Task[] = [pick, sort, press, drawer, insert, wipe, interrupt];

const [, , episodesText = '50', policy, tasksText = 'pick,sort', stateFile] = process.argv;
const name = policy === undefined ? '' : `-${basename(policy)}`;
const FILE = fileURLToPath(new URL(`../docs/reports/perturbations${name}.md`, import.meta.url));
const state = stateFile ?? join(tmpdir(), `praxis-perturbations${name}-${episodesText}.jsonl`);
const tasks = tasksText.split(',').map((wanted) => {
  const task = TASKS.find((each) => each.name === wanted);
  if (!task) throw new Error(`task ${wanted}: expected one of ${TASKS.map((each) => each.name).join(', ')}`);
  return task;
});
const episodes = Number(episodesText);
const seeds = Array.from({ length: episodes }, (_, k) => FIRST_SEED + k);
const lines = existsSync(state) ? readFileSync(state, 'utf8').split('\n').filter(Boolean) : [];
const kept = new Map(lines.map((line) => JSON.parse(line) as [string, EvaluationReport]));

const setup = setupOf({ urdf: armUrdf() });
/** The tasks that have what an axis changes. */
const tasksOf = (axis: PerturbationAxis): readonly string[] =>
  tasks.flatMap((task) => {
    try {
      checkPerturbations({ [axis]: 1 }, task, setup);
      return [task.name];
    } catch {
      return [];
    }
  });

const cells = PERTURBATION_AXES.flatMap((axis) =>
  tasksOf(axis).length === 0 ? [] : [1, 2].map((level) => ({ cell: `${axis}:${level}`, of: tasksOf(axis) })),
);
const reports = new Map<string, EvaluationReport>();
for (const { cell, of } of [{ cell: UNPERTURBED, of: tasks.map((task) => task.name) }, ...cells]) {
  const perturbations = cell === UNPERTURBED ? undefined : parsePerturbations([cell]);
  const report = kept.get(cell) ?? (await evaluate({ tasks: of, seeds, perturbations, policy }));
  if (!kept.has(cell)) appendFileSync(state, `${JSON.stringify([cell, report])}\n`);
  reports.set(cell, report);
  console.error(cell, ...report.tasks.map(({ task, successes }) => `${task} ${successes}/${episodes}`));
}

const whole = (share: number): string => (100 * share).toFixed(0);
const unperturbed = reports.get(UNPERTURBED)!;
const successesOf = (report: EvaluationReport, names: readonly string[]): number =>
  report.tasks.reduce((sum, { task, successes }) => sum + (names.includes(task) ? successes : 0), 0);
const rows = [...reports].map(([cell, report]) => {
  const names = report.tasks.map(({ task }) => task);
  const [successes, of] = [successesOf(report, names), episodes * names.length];
  const lost = (successes - successesOf(unperturbed, names)) / of;
  return [
    `\`${cell}\``,
    ...tasks.map((task) => `${report.tasks.find((each) => each.task === task.name)?.successes ?? '-'}`),
    `${successes} of ${of}`,
    `${percent(successes / of)} (${wilson95(successes, of).map(whole).join(' to ')})`,
    cell === UNPERTURBED ? '' : `${lost > 0 ? '+' : ''}${whole(lost)}`,
    `${report.safety?.false_stops ?? '-'}`,
  ];
});
/** Episodes of all tasks together by the kind of the instruction's wording. */
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
  `Made by \`npx praxis run bench/perturbations.ts ${process.argv.slice(2, 5).join(' ')}\`; do not edit.`,
  '',
  `The policy \`${unperturbed.policy}\`, ${episodes} seeds from ${FIRST_SEED} for each task and perturbation, the same ones without a perturbation,`,
  `supervisor on; ${machineText()}. [tasks.md](../tasks.md#perturbations)`,
  `says what each axis changes. Successes of ${episodes} by task; rates of all tasks with their 95 % Wilson intervals; *lost* in points beside the same`,
  'tasks unperturbed; *stops* of the supervisor without a reason, in all episodes.',
  '',
  ...markdownTable(['perturbation', ...tasks.map((task) => task.name), 'all', 'rate', 'lost', 'stops'], rows),
  '',
  '## Kinds of wording',
  '',
  `The episodes of \`language:2\`, all tasks together, by the kind of the instruction's wording.`,
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
