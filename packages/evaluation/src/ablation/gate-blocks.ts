import { GATE_INTERVAL_S } from '../episodes/gate-recorder.ts';
import type { Block } from '../report/document.ts';
import { fixed } from '../report/format.ts';
import { linePlot } from '../report/plots.ts';
import type { GatePoint } from './gate-means.ts';
import type { AblationReport } from './report.ts';

/** Rows of the table of gates over time, at most. */
const ROWS = 8;

const modalitiesOf = (points: readonly GatePoint[]): readonly string[] => Object.keys(points[0]?.gates ?? {});

/** The gates of some of the points, evenly over the episode, as rows of a table. */
const rowsOf = (task: string, points: readonly GatePoint[]): readonly (readonly string[])[] => {
  const every = Math.ceil(points.length / ROWS);
  return points
    .filter((_, i) => i % every === 0)
    .map(({ time_s, episodes, gates }) => [
      ...[task, fixed(time_s, 2), String(episodes)],
      ...modalitiesOf(points).map((modality) => fixed(gates[modality] ?? null, 2)),
    ]);
};

/** The mean gates of every arm, and those of `all` over the episode, as tables and figures. */
export function gateBlocks({ arms, gates }: AblationReport): readonly Block[] {
  const gated = arms.filter((arm) => arm.gates !== undefined && arm.fusion === 'gated');
  if (gated.length === 0) return [];
  const modalities = [...new Set(gated.flatMap((arm) => Object.keys(arm.gates ?? {})))].sort();
  const courses = Object.entries(gates).filter(([, points]) => points.length > 0);
  return [
    { kind: 'heading', text: 'Gates' },
    {
      kind: 'text',
      text: 'Mean weight of each modality in the fusion, 0 to 1; 0 for one that an arm never has.',
    },
    {
      kind: 'table',
      head: ['arm', ...modalities],
      rows: gated.map((arm) => [arm.arm, ...modalities.map((each) => fixed(arm.gates?.[each] ?? null, 2))]),
    },
    ...(courses.length === 0
      ? []
      : [
          {
            kind: 'text',
            text: `Of \`all\` over the episode, in intervals of ${GATE_INTERVAL_S} s, over the episodes that still ran.`,
          } as const,
          {
            kind: 'table',
            head: ['task', 'time, s', 'episodes', ...modalitiesOf(courses[0][1])],
            rows: courses.flatMap(([task, points]) => rowsOf(task, points)),
          } as const,
        ]),
    ...courses.map(
      ([task, points]): Block => ({
        kind: 'figure',
        svg: linePlot(
          `${task}: gates over the episode`,
          'time, s',
          modalitiesOf(points).map((modality) => ({
            label: modality,
            points: points.map(({ time_s, gates: of }) => [time_s, of[modality] ?? 0] as const),
          })),
        ),
        caption: `${task}: mean gates of \`all\` over the time in the episode, of the episodes that still ran.`,
      }),
    ),
  ];
}
