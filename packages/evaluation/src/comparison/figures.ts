import { perturbationTexts, touchText } from '@praxis/sim';
import type { EpisodeOutcome } from '../episodes/outcome.ts';
import type { NamedEvaluation } from '../evaluate/merge.ts';
import type { Block } from '../report/document.ts';
import { cumulativePlot, type PlottedSample, ratePlot } from '../report/plots.ts';
import type { ComparedEvaluation, Comparison } from './comparison.ts';

function labelOf({
  label,
  run: { policy, mask, perturbations, touch, addedInferenceDelay: delay, scheduler, fault, absent },
}: ComparedEvaluation): string {
  const without = mask.length > 0 ? ` without ${mask.join(', ')}` : '';
  const perturbed = perturbations ? `, perturbed ${perturbationTexts(perturbations).join(', ')}` : '';
  const timed = [
    touch && `touch ${touchText(touch)}`,
    delay && `inferences ${delay} s longer`,
    scheduler,
    absent && 'asked in vain',
  ]
    .map((part) => (part ? `, ${part}` : ''))
    .join('');
  return `${label}: ${policy}${without}${perturbed}${timed}${fault === undefined ? '' : `, fault ${fault}`}`;
}

/** A line of the figures: the reports and the episodes of one evaluation, or of several pooled. */
export interface FigureSeries {
  readonly label: string;
  readonly tasks: ComparedEvaluation['tasks'];
  readonly outcomes: readonly EpisodeOutcome[];
}

/** Draws success rates with their intervals, and for each task the share of success over time and of peak forces. */
export function outcomeFigures(series: readonly FigureSeries[], tasks: readonly string[]): readonly Block[] {
  const labels = series.map(({ label }) => label);
  const rates = tasks.map((task) => ({
    label: task,
    rates: series.map((each) => {
      const found = each.tasks.find((report) => report.task === task);
      return found && found.success_rate !== null ? { rate: found.success_rate, interval: found.wilson95 } : null;
    }),
  }));
  const samples = (
    task: string,
    value: (outcome: EpisodeOutcome) => number,
    counts: (outcome: EpisodeOutcome) => boolean,
  ): readonly PlottedSample[] =>
    series.map(({ label, outcomes }) => {
      const episodes = outcomes.filter((outcome) => outcome.task === task);
      return { label, values: episodes.filter(counts).map(value), of: episodes.length };
    });
  return [
    {
      kind: 'figure',
      svg: ratePlot('Success rates', labels, rates),
      caption: 'Success rates with their Wilson 95 % intervals.',
    },
    ...tasks.flatMap((task): Block[] => [
      {
        kind: 'figure',
        svg: cumulativePlot(
          `${task}: success over time`,
          'time, s',
          samples(
            task,
            ({ timeS }) => timeS,
            ({ success }) => success,
          ),
        ),
        caption: `${task}: share of all episodes that have succeeded by a time.`,
      },
      {
        kind: 'figure',
        svg: cumulativePlot(
          `${task}: peak force`,
          'peak force, N',
          samples(
            task,
            ({ peakForceN }) => peakForceN,
            () => true,
          ),
        ),
        caption: `${task}: share of all episodes whose peak force is at most a force.`,
      },
    ]),
  ];
}

/** Draws the figures of a comparison. @param evaluations those of the comparison, in its order */
export const comparisonFigures = (
  { evaluations: compared }: Comparison,
  evaluations: readonly NamedEvaluation[],
): readonly Block[] =>
  outcomeFigures(
    compared.map((each, i) => ({ label: labelOf(each), tasks: each.tasks, outcomes: evaluations[i].outcomes })),
    [...new Set(compared.flatMap(({ run }) => run.tasks))],
  );
