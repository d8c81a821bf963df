import type { Command } from '@commander-js/extra-typings';
import { InputError } from '@praxis/core';
import { note, print, printJson } from '../../terminal/output.ts';

export function addReportMerge(commands: Command): void {
  commands
    .command('merge')
    .description('join the shards of one evaluation: the report of one run of all its seeds')
    .argument(
      '<files...>',
      'files of praxis eval --shard, or state files of praxis faults --shard; all shards, in any order',
    )
    .option('--out <file>', 'write the joined evaluation, or the joined state file of praxis faults')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
A shard that is missing, doubled, interrupted or of another evaluation is named, and nothing is written. All but the times that are
measured by the wall clock equals the report of one run, trace_sha256 included.

Examples:
  $ npx praxis report merge runs/pick-*.json --out runs/pick.json
  $ npx praxis report merge shards/faults-*.jsonl --out runs/faults.jsonl && npx praxis faults --out fault-matrix.md`,
    )
    .action(async (files, { out, json }) => {
      const evaluation = await import('@praxis/evaluation');
      if (out !== undefined) evaluation.checkWritable(out, `--out ${out}`);
      if (evaluation.isResultFile(files[0])) {
        if (out === undefined) throw new InputError(`${files[0]}: is a state file, expected --out FILE with it`);
        const { command, results } = evaluation.mergeResults(files, out);
        if (json) printJson({ out, command, shards: files.length, results });
        else
          note(
            `${results} results of ${files.length} shards in ${out}; npx ${command} --state ${out} continues with them`,
          );
        return;
      }
      const shards = files.map((name) => ({ name, ...evaluation.readEvaluation(name) }));
      const merged = evaluation.mergeEvaluations(shards);
      const report = evaluation.evaluationReport(merged.run, merged.outcomes);
      if (out !== undefined) evaluation.writeJsonAtomically(out, evaluation.evaluationRecord(merged));
      if (json) printJson(report);
      else print(evaluation.reportTable(report));
    });
}
