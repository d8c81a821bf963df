import type { Command } from '@commander-js/extra-typings';
import { print, printJson, printText } from '../../terminal/output.ts';
import { addReportMerge } from './merge.ts';

export function addReport(praxis: Command): void {
  const report = praxis
    .command('report')
    .description('render an evaluation, or compare evaluations of the same seeds; merge joins shards')
    .argument('<files...>', 'files of praxis eval --out; each further one is compared with the first')
    .option('--out <file>', 'write the page as Markdown to this file instead of printing it')
    .option('--html <file>', 'write the page with its plots as one HTML file that loads nothing else')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Success rates come with Wilson intervals, differences with Newcombe's interval for paired proportions and McNemar's exact test, both with
the smallest effect that the number of episodes could have shown; failures by their cause, with the seeds.

Examples:
  $ npx praxis report runs/pick.json
  $ npx praxis report runs/all.json runs/without-touch.json --out comparison.md --html comparison.html
  $ npx praxis report merge runs/pick-1.json runs/pick-2.json runs/pick-3.json --out runs/pick.json`,
    )
    .action(async (files, { out, html, json }) => {
      const evaluation = await import('@praxis/evaluation');
      const { checkWritable, comparisonPage, pageHtml, pageMarkdown, writeAtomically } = evaluation;
      if (out !== undefined) checkWritable(out, `--out ${out}`);
      if (html !== undefined) checkWritable(html, `--html ${html}`);
      const evaluations = files.map((name) => ({ name, ...evaluation.readEvaluation(name) }));
      const comparison = evaluation.compareEvaluations(evaluations);
      const page = comparisonPage(comparison, evaluations);
      if (out !== undefined) writeAtomically(out, pageMarkdown(page));
      if (html !== undefined) writeAtomically(html, pageHtml(page));
      if (json) printJson(comparison);
      else if (out === undefined) printText(pageMarkdown(page));
      else print(`${page.title}: ${[out, html].filter((file) => file !== undefined).join(', ')}`);
    });
  addReportMerge(report as unknown as Command);
}
