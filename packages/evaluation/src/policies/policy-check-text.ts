import { percent, table } from '../report/format.ts';
import type { PolicyCheck } from './check-policy.ts';
import { recordedText } from './recorded-actions.ts';

const counted = (count: number, word: string): string => `${count || 'no'} ${word}${count === 1 ? '' : 's'}`;

/** Formats a check as lines of text: what the policy needs beside what the robot offers, what each input moves, and the findings. */
export function policyCheckText(check: PolicyCheck): string {
  const { policy, robot, inputs, actions, influence, extremes, probes, faults, warnings } = check;
  const lines = [`policy ${policy}, robot ${robot}`, ''];
  for (const [title, rows] of [
    ['needs', inputs],
    ['gives', actions],
  ] as const) {
    lines.push(`${title}:`);
    for (const { name, needs, offers } of rows) {
      lines.push(`  ${name}`, `    policy  ${needs}`, `    robot   ${offers ?? 'has none'}`);
    }
  }
  if (influence.length > 0) {
    const names = Object.keys(influence[0].shares);
    const rows = influence.map(({ input, shares }) => [input, ...names.map((name) => percent(shares[name]))]);
    lines.push(
      '',
      `share of the variance of the actions that each input moves, over ${counted(probes, 'observation')}:`,
    );
    lines.push(table(['input', ...names], rows));
  }
  const refused = extremes.filter(({ outcome }) => outcome === 'refused').length;
  if (extremes.length > 0)
    lines.push('', `${counted(extremes.length, 'extreme input')}, ${refused} refused with an error`);
  if (check.recorded) lines.push('', recordedText(check.recorded));
  lines.push('');
  for (const { severity, subject, message } of [...faults, ...warnings]) {
    lines.push(`${severity.padEnd(7)}  ${subject}: ${message}`);
  }
  lines.push(`${policy}: ${counted(faults.length, 'fault')}, ${counted(warnings.length, 'warning')}`);
  return lines.join('\n');
}
