import { perturbationTexts, touchText } from '@praxis/sim';
import type { NamedEvaluation } from '../evaluate/merge.ts';
import type { Block, PageDocument } from '../report/document.ts';
import { shardText } from '../sharding/shard.ts';
import type { ComparedEvaluation, Comparison } from './comparison.ts';
import { comparisonFigures } from './figures.ts';
import {
  effortTable,
  failureTable,
  METHODS,
  PAIRED_METHODS,
  pairedEffortTable,
  pairedSuccessTable,
  successTable,
} from './tables.ts';

/** What an evaluation left out or added, in words. */
function conditionsOf({ run }: ComparedEvaluation): string {
  const {
    arm,
    mask,
    perturbations,
    touch,
    addedInferenceDelay: delay,
    scheduler,
    fault,
    safety,
    planner,
    swap,
    absent,
    shard,
    partial,
  } = run;
  const parts = [
    arm !== undefined && `arm ${arm}`,
    mask.length > 0 && `without ${mask.join(', ')}`,
    perturbations && `perturbed ${perturbationTexts(perturbations).join(', ')}`,
    touch && `touch ${touchText(touch)}`,
    delay && `inferences ${delay} s longer`,
    scheduler,
    fault !== undefined && `fault ${fault}`,
    safety === 'off' && 'supervisor off',
    planner && `planner ${planner.name}, context ${planner.context}`,
    swap && 'swap test',
    absent && 'asked for things that are not there',
    shard && `shard ${shardText(shard)}`,
    partial && 'INTERRUPTED: the finished episodes',
  ];
  return parts.filter(Boolean).join('; ') || '-';
}

const evaluationsTable = (evaluations: readonly ComparedEvaluation[]): Block => ({
  kind: 'table',
  head: ['', 'file', 'policy', 'robot', 'conditions', 'first seed', 'episodes a task', 'version', 'trace'],
  rows: evaluations.map((each) => [
    ...[each.label, `\`${each.name}\``, `\`${each.run.policy}\``, `\`${each.run.robot}\``, conditionsOf(each)],
    ...[String(each.run.seed), String(each.run.episodes), `${each.run.version}, ${each.run.runtime}`],
    `\`${each.trace_sha256.slice(0, 16)}\``,
  ]),
});

function pairedBlocks({ pairs }: Comparison): readonly Block[] {
  return pairs.flatMap(({ first, second, differing, tasks }): Block[] => [
    { kind: 'heading', text: `${second} compared with ${first}` },
    {
      kind: 'text',
      text: `Pairs are episodes of one task and seed. Differences are ${second} less ${first}. Options that differ: ${differing.join(', ') || 'none'}.`,
    },
    pairedSuccessTable(
      tasks.map((pair) => [[], pair] as const),
      [],
      [first, second],
    ),
    pairedEffortTable(
      tasks.map((pair) => [[], pair] as const),
      [],
    ),
  ]);
}

/**
 * Makes the page of one evaluation, or of several that are compared with the first.
 * @param evaluations the evaluations of the comparison, in its order, whose episodes the figures show
 */
export function comparisonPage(comparison: Comparison, evaluations: readonly NamedEvaluation[]): PageDocument {
  const { evaluations: compared, pairs } = comparison;
  const title =
    pairs.length > 0 ? `Comparison of ${compared.length} evaluations` : `Evaluation of ${compared[0].run.policy}`;
  return {
    title,
    blocks: [
      {
        kind: 'text',
        text: `Made by \`npx praxis report ${compared.map(({ name }) => name).join(' ')}\`; do not edit.`,
      },
      evaluationsTable(compared),
      { kind: 'heading', text: 'Success' },
      successTable(compared),
      ...pairedBlocks(comparison),
      { kind: 'heading', text: 'Time and force' },
      effortTable(compared),
      ...comparisonFigures(comparison, evaluations),
      { kind: 'heading', text: 'Failures by cause' },
      failureTable(compared),
      { kind: 'heading', text: 'Methods' },
      { kind: 'list', items: pairs.length > 0 ? [...METHODS, ...PAIRED_METHODS] : METHODS },
    ],
  };
}
