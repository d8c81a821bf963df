import { markdownTable, percent } from '../report/format.ts';
import type { CeilingRow, CeilingsReport } from './study.ts';

const RELATION = { equal: '', 'at most': '<= ', 'at least': '>= ' } as const;

const cells = ({ task, without, episodes, successes, success_rate, wilson95, ceiling, agrees }: CeilingRow) => [
  `\`${task}\``,
  without === 'nothing' ? 'nothing' : `\`${without}\``,
  `${successes}/${episodes}`,
  percent(success_rate),
  `${(100 * wilson95[0]).toFixed(1)} to ${(100 * wilson95[1]).toFixed(1)} %`,
  `${RELATION[ceiling.relation]}${percent(ceiling.rate)}`,
  ceiling.reason,
  agrees ? 'yes' : '**no**',
];

/** Writes the study as a Markdown page. @param command command that made it */
export function ceilingsPage({ robot, seed, rows, trace_sha256 }: CeilingsReport, command: string): string {
  const head = ['task', 'without', 'successes', 'rate', '95 % interval (Wilson)', 'ceiling', 'why', 'agrees'];
  const traces = Object.entries(trace_sha256).map(([without, trace]) => `- without ${without}: \`${trace}\``);
  return `# What each modality is worth, by construction

Made by \`${command}\`. Robot \`${robot}\`, seeds from ${seed}.

Each task hides something from all modalities but one. The scripted expert of each task runs with the knowledge of one modality taken
away, and its rate must agree with what the task's construction says:

- Without \`vision\` it believes every thing that an instruction can name at the mean place of such things.
- Without \`wrench\` it feels no contact, and neither does the controller that yields to force: the tool is stiff, and the expert guesses
  what only touch tells.
- Without \`language\` it guesses one of the goals of the scene.

${markdownTable(head, rows.map(cells)).join('\n')}

Digests of the actions (\`trace_sha256\`); equal digests mean bit-identical runs:

${traces.join('\n')}
`;
}
