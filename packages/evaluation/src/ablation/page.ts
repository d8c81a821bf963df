import { summarised } from '../comparison/comparison.ts';
import { outcomeFigures } from '../comparison/figures.ts';
import {
  effortTable,
  failureTable,
  METHODS,
  PAIRED_METHODS,
  pairedEffortTable,
  pairedSuccessTable,
  successTable,
} from '../comparison/tables.ts';
import type { Block, PageDocument } from '../report/document.ts';
import { fixed, percent } from '../report/format.ts';
import { armNamed } from './arms.ts';
import { ablationCommand } from './command.ts';
import { gateBlocks } from './gate-blocks.ts';
import { OVERALL_METHOD, overallBlocks } from './overall.ts';
import { singleArms, trainingName } from './plan.ts';
import { type AblationReport, pooled, trainingsByArm } from './report.ts';
import type { AblationResults } from './results.ts';
import { trainingArguments } from './train-arm.ts';

const duration = (seconds: number): string =>
  seconds < 60 ? `${seconds.toFixed(1)} s` : `${(seconds / 60).toFixed(1)} min`;

const list = (names: readonly (string | number)[]): string => names.join(', ') || '-';

const armsTable = ({ arms }: AblationReport): Block => ({
  kind: 'table',
  head: ['arm', 'fusion', 'never has', 'training seeds', 'parameters'],
  rows: arms.map(({ arm, fusion, without, training_seeds, parameters }) => [
    ...[arm, fusion, list(without), list(training_seeds), String(parameters)],
  ]),
});

/** What the arms are that are trained in stages. */
const stageItems = (arms: readonly string[]): readonly string[] =>
  arms.flatMap((name) => {
    const { stages } = armNamed(name);
    return stages === undefined
      ? []
      : [
          `\`${name}\` is trained in stages, by parts of the same steps: \`${stages}\`. \`encoders\` has only the losses of places, of contrastive alignment of image and instruction, and of contact and mass; \`fusion\` leaves the encoders as they are; \`all\` has a fifth of the learning rate.`,
        ];
  });

/** What all arms have in common, and how many trainings each has. */
function planBlocks({ plan, bestSingle, missing }: AblationResults, report: AblationReport): readonly Block[] {
  const { data, steps, training, trainingSeeds, tasks, seed, episodes } = plan;
  const sources = data.map(
    ({ path, weight, episodes: count, records }) =>
      `\`${path}\` (weight ${weight}, ${count} episodes, ${records} records)`,
  );
  const best = bestSingle === undefined ? '' : `, here \`${bestSingle}\`, by the successes of its training seed 0`;
  const singles = singleArms(plan).length > 0 ? `, and the best arm with one modality${best}` : '';
  const sizes = report.arms.map(({ parameters }) => parameters);
  return [
    armsTable(report),
    {
      kind: 'list',
      items: [
        `Every arm has the same data, ${sources.join(' and ')}, ${steps} steps${training.length > 0 ? ` with \`${training.join(' ')}\`` : ''} and as many parameters (largest over smallest: ${fixed(Math.max(...sizes) / Math.min(...sizes), 3)}). Nothing else differs between arms, but that losses which read a modality are left out of arms that never have it.`,
        'A modality that an arm never has is absent from every training sample and masked in evaluation. The joints are in every arm.',
        '`concat` joins the mean tokens of all modalities by concatenation in place of gated fusion.',
        ...stageItems(plan.arms),
        `Training seeds: ${trainingSeeds} of \`all\`, \`concat\`, \`vision+language\`${singles}; one of each other arm.`,
        `Evaluation: robot \`${report.robot}\`, tasks ${tasks.join(', ')}, ${episodes} episodes of each task and training, seeds from ${seed}, the same for every arm.`,
      ],
    },
    ...(missing.length > 0
      ? [{ kind: 'text', text: `PARTIAL: not finished are ${missing.map(trainingName).join(', ')}.` } as const]
      : []),
  ];
}

/** Success rates of every training of the arms with several. */
function trainingTable({ arms, tasks }: AblationReport): readonly Block[] {
  const repeated = arms.filter(({ training_seeds }) => training_seeds.length > 1);
  if (repeated.length === 0) return [];
  const rows = repeated.flatMap(({ arm, by_training }) =>
    tasks.map((task) => {
      const rates = by_training.map(({ rates: of }) => of[task] ?? 0);
      return [
        ...[task, arm, rates.map(percent).join(' / ')],
        `${percent(Math.min(...rates))} to ${percent(Math.max(...rates))}`,
      ];
    }),
  );
  return [{ kind: 'table', head: ['task', 'arm', 'rate of each training seed', 'from, to'], rows }];
}

function comparisonBlocks({ comparisons }: AblationReport): readonly Block[] {
  if (comparisons.length === 0) return [];
  const [{ first }] = comparisons;
  const rows = comparisons.flatMap(({ second, training_seeds, tasks }) =>
    tasks.map((pair) => [[second, list(training_seeds)], pair] as const),
  );
  const head = ['arm', 'training seeds'];
  return [
    { kind: 'heading', text: `Compared with ${first}` },
    {
      kind: 'text',
      text: `Pairs are episodes of one task, episode seed and training seed. Differences are the arm less \`${first}\`.`,
    },
    pairedSuccessTable(rows, head, [first, 'the arm']),
    pairedEffortTable(rows, head),
  ];
}

/** When, where and by which commands the policies were trained. */
function runBlocks({ plan, trainings }: AblationResults, { arms }: AblationReport): readonly Block[] {
  const traces = new Map(
    arms.flatMap(({ arm, by_training }) =>
      by_training.map(({ training_seed: seed, trace_sha256 }) => [trainingName({ arm, seed }), trace_sha256] as const),
    ),
  );
  const machines = [
    ...new Set(
      trainings.map(
        ({ machine: { cpu, cpus, memoryGiB, device, python, torch }, evaluation: { run } }) =>
          `${cpus} x ${cpu}, ${memoryGiB} GiB; training on ${device}, Python ${python}, PyTorch ${torch}; evaluation with Praxis ${run.version}, ${run.runtime}`,
      ),
    ),
  ];
  return [
    { kind: 'heading', text: 'Runs' },
    { kind: 'list', items: machines },
    {
      kind: 'table',
      head: ['training', 'training time', 'steps/s', 'evaluation time', 'trace', 'options of `training/train.py`'],
      rows: trainings.map((training) => [
        ...[`\`${trainingName(training)}\``, duration(training.trainingS)],
        ...[fixed(training.trainingS > 0 ? plan.steps / training.trainingS : null, 2), duration(training.evaluationS)],
        `\`${traces.get(trainingName(training))?.slice(0, 16)}\``,
        `\`${trainingArguments(plan, training).join(' ')}\``,
      ]),
    },
  ];
}

/**
 * Makes the page of an ablation, whole or in part.
 * @param out folder of the ablation, as the command of the page names it
 */
export function ablationPage(results: AblationResults, report: AblationReport, out: string): PageDocument {
  const arms = [...trainingsByArm(results)].map(([arm, trainings]) =>
    summarised({ name: arm, ...pooled(trainings) }, arm),
  );
  const trainings = results.trainings.map((each) =>
    summarised({ name: each.arm, ...each.evaluation }, trainingName(each)),
  );
  const series = [...trainingsByArm(results)].map(([arm, of], i) => ({
    ...{ label: arm, tasks: arms[i].tasks, outcomes: pooled(of).outcomes },
  }));
  const begin: Block = { kind: 'text', text: `Made by \`${ablationCommand(results.plan, out)}\`; do not edit.` };
  const overall = overallBlocks(report.overall, results.bestSingle);
  const title = `Ablation of ${results.plan.arms.length} arms`;
  if (arms.length === 0)
    return { title, blocks: [begin, { kind: 'text', text: 'No training is finished and evaluated yet.' }] };
  return {
    title,
    blocks: [
      begin,
      ...planBlocks(results, report),
      ...overall,
      { kind: 'heading', text: 'Success' },
      {
        kind: 'text',
        text: 'Episodes of all training seeds of an arm together. Intervals and tests are about episodes, not about trainings: they do not contain how far trainings differ, which the rates of each training seed show.',
      },
      successTable(arms),
      ...trainingTable(report),
      ...comparisonBlocks(report),
      { kind: 'heading', text: 'Time and force' },
      effortTable(arms),
      ...outcomeFigures(series, results.plan.tasks),
      ...gateBlocks(report),
      { kind: 'heading', text: 'Failures by cause' },
      failureTable(trainings),
      ...runBlocks(results, report),
      { kind: 'heading', text: 'Methods' },
      {
        kind: 'list',
        items: [
          ...METHODS,
          ...(report.comparisons.length > 0 ? PAIRED_METHODS : []),
          ...(overall.length > 0 ? [OVERALL_METHOD] : []),
        ],
      },
    ],
  };
}
