import type { WordingKind } from '@praxis/sim';
import { fixed, markdownTable, percent, table } from '../../report/format.ts';
import { isNear } from '../requests/spoken-pick.ts';
import type { PickArm, PickFailure, PickRow, SpokenPicksReport } from './report.ts';

/** Failures of a way that the page lists. */
const MAX_FAILURES = 25;

const COLUMNS = ['requests given', 'kind', 'requests', 'right', 'share', 'Wilson 95 %'];

const cells = (way: string, { kind, requests, right, share, wilson95: [low, high] }: PickRow): readonly string[] => [
  way,
  kind,
  String(requests),
  String(right),
  percent(share),
  requests === 0 ? '-' : `${percent(low)} .. ${percent(high)}`,
];

type Ways = readonly (readonly [name: string, arm: PickArm])[];

const waysOf = ({ planner, command_language, policy }: SpokenPicksReport): Ways => [
  ['through the planner', planner],
  ['through the command language', command_language],
  ['to the policy as they are', policy],
];

const rowsOf = (ways: Ways, part: 'present' | 'absent'): readonly (readonly string[])[] =>
  ways.flatMap(([name, arm]) => arm[part].map((row) => cells(name, row)));

const spokenRows = ({ spoken }: SpokenPicksReport): readonly (readonly string[])[] =>
  spoken ? [...spoken.present.map((row) => cells('spoken', row)), cells('the same, typed', spoken.typed)] : [];

const spokenRemark = ({ spoken }: SpokenPicksReport): string =>
  spoken
    ? `The recogniser heard ${spoken.as_written} of these requests word by word, rejected ${spoken.rejected} twice, and heard a stop word in ${spoken.stops}.`
    : '';

const times = ({ planning_ms: { p50, p95, max } }: SpokenPicksReport): string =>
  `Time of the planner for a request: ${fixed(p50, 1)} ms at the median, ${fixed(p95, 1)} ms at the 95th percentile, ${fixed(max, 1)} ms at most.`;

const falseStops = (report: SpokenPicksReport): string =>
  `Stops of the supervisor without a reason: ${waysOf(report)
    .map(([name, { false_stops }]) => `${false_stops} ${name}`)
    .join(', ')}.`;

/** Formats the report as text for a terminal. */
export function spokenPicksTable(report: SpokenPicksReport): string {
  const ways = waysOf(report);
  const { failures } = report.planner;
  return [
    'Requests for a thing of the scene: right when the arm holds it up',
    table(COLUMNS, rowsOf(ways, 'present')),
    '',
    'Requests for what the scene does not have: right when nothing has moved',
    table(COLUMNS, rowsOf(ways, 'absent')),
    ...(report.spoken ? ['', 'Spoken in noise', table(COLUMNS, spokenRows(report)), spokenRemark(report)] : []),
    '',
    times(report),
    falseStops(report),
    ...failures.map(({ seed, request, cause }) => `not right through the planner: ${seed} "${request}": ${cause}`),
  ].join('\n');
}

/** The options of a measurement that its page repeats. */
export interface SpokenPicksFacts {
  readonly planner: string;
  readonly policy: string;
  /** First seed. */
  readonly seed: number;
  /** Signal-to-noise ratio of the spoken requests (dB). */
  readonly decibels: number;
  readonly voices: readonly string[];
  /** Command line that the page names as its source. */
  readonly command: string;
}

const EXAMPLES: Readonly<Record<WordingKind, string>> = {
  plain: '"take hold of the red cube"',
  synonym: '"hoist the red cube", "pick up the crimson cube"',
  'word order': '"the red cube, pick it up"',
  polite: '"would you be so kind as to pick up the red cube for me, thank you very much"',
  'typing error': '"pikc up the red cube"',
  negation: '"pick up the cube that is not blue"',
  contrast: '"take the red cube instead of the green brick"',
  relation: '"get the one in front of the green cube"',
};

/** Formats the report as a Markdown page. */
export function spokenPicksPage(report: SpokenPicksReport, facts: SpokenPicksFacts): string {
  const ways = waysOf(report);
  const kinds = report.planner.present.map(({ kind }) => kind).filter((kind) => kind !== 'all');
  return `# Kinds of wording with and without a planner: ${kinds.join(', ')}

Made by \`${facts.command}\`; do not edit. Task \`pick\`, seeds from ${facts.seed}, policy ${facts.policy}, planner ${facts.planner}.

Each request is for a scene of its own, in a wording that no demonstration has: ${kinds.map((kind) => EXAMPLES[kind]).join(', ')}. *Through the planner* it is a line of \`praxis drive --planner\`: the planner sees what the cameras find, its plan is checked, and the
learned policy takes the thing under the supervisor. *Through the command language* it is a line of \`praxis drive\` without a planner, which holds
at a prohibition and does nothing with what it does not read. *To the policy as they are*: every text is the policy's instruction, without that gate. The
simulator's final state is the judge: the thing that the request means, by the true positions, is held 10 cm up for 2 s. A
failure that holds the meant thing holds it less high. ${kinds.some(isNear) ? 'The wordings that name one thing are by somebody who saw neither rules nor demonstrations.' : 'Rules and wordings have one author.'}

${markdownTable(COLUMNS, rowsOf(ways, 'present')).join('\n')}

${falseStops(report)} ${times(report)}

## Requests for what is not there

The thing, or the one beside it, has a colour that the scene does not have, or is none that any scene has ("the banana"). Right: neither a thing nor the arm has moved by 5 mm.

${markdownTable(COLUMNS, rowsOf(ways, 'absent')).join('\n')}
${spokenSection(report, facts)}${failureSection('through the planner', report.planner.failures)}${failureSection('to the policy as they are', report.policy.failures)}`;
}

const spokenSection = (report: SpokenPicksReport, { decibels, voices }: SpokenPicksFacts): string =>
  report.spoken
    ? `
## Spoken

The first requests again, in synthetic voices (${voices.join(', ')}) with noise (pink, motor, babble in turn) ${decibels} dB below the speech, through the
recogniser of commands with the patterns of such requests (\`REQUEST_PATTERNS\`, written with these wordings in view); a rejected one is spoken again
once. What was heard, without any marks, goes through the planner.

${markdownTable(COLUMNS, spokenRows(report)).join('\n')}

${spokenRemark(report)}
${failureSection('when spoken', report.spoken.failures)}`
    : '';

function failureSection(way: string, failures: readonly PickFailure[]): string {
  if (failures.length === 0) return '';
  const shown = failures.slice(0, MAX_FAILURES);
  const rows = shown.map(({ seed, request, told, cause }) =>
    [String(seed), request, told ?? '', cause].map((cell) => cell.replaceAll('|', '/')),
  );
  const some = shown.length < failures.length ? ` (the first ${MAX_FAILURES} of ${failures.length})` : '';
  return `
Not right ${way}${some}:

${markdownTable(['seed', 'request', 'heard', 'cause'], rows).join('\n')}
`;
}
