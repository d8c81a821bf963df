import type { Command } from '@commander-js/extra-typings';
import { commandLine, episodes, numberIn, seed, seedRange, wholeNumber, workers } from '../../options/parsers.ts';
import { policyDirectory } from '../../options/paths.ts';
import { interruptible, PARTIAL, resumeHint } from '../../terminal/interrupt.ts';
import { EXIT, print, printJson } from '../../terminal/output.ts';

export function addVoiceRequests(voice: Command): void {
  voice
    .command('requests')
    .description('compare what the arm does with requests by their kind of wording, with and without a planner')
    .option('--requests <n>', 'number of requests for a thing of the scene', episodes, 200)
    .option(
      '--absent <n>',
      'number of requests for what the scene does not have',
      wholeNumber('--absent', 0, 10_000),
      40,
    )
    .option('--kinds <names>', 'kinds of wording in turn, separated by commas, or near, far or all', 'far')
    .option(
      '--spoken <n>',
      'number of requests that are also spoken; 0 for none',
      wholeNumber('--spoken', 0, 10_000),
      48,
    )
    .option('--seed <s>', 'first seed; reported results use seeds from 2000000 on', seed, 2_000_000)
    .option('--planner <planner>', 'rules, or another planner that the configuration names', 'rules')
    .option('--decibels <d>', 'signal-to-noise ratio of the spoken requests in dB', numberIn('--decibels', -10, 60), 20)
    .option('--policy <dir>', 'directory with a manifest.json (default: the shipped policy)')
    .option('--model <dir>', 'sherpa-onnx model for commands (default: PocketSphinx)')
    .option('--voices <names>', 'parts of voice names, separated by commas (default: the held-out voices)')
    .option('--workers <k>', 'number of processes that run the arm', workers, 2)
    .option('--resume <file>', 'file of intermediate results; a later run continues from it')
    .option('--out <file>', 'write the result as Markdown to this file')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Kinds of wording are near (plain, synonym, word order, polite, typing error) and far (negation, contrast, relation). The requests, such as "pick
up the cube that is not blue", go to the simulated arm in a scene each: through the planner as in praxis drive
--planner, and without it. The simulator's final state decides what is right. Spoken requests need PocketSphinx (apt-get install
libpocketsphinx3 pocketsphinx-en-us). After Ctrl-C the result covers the requests that were finished.

Examples:
  $ npx praxis voice requests --requests 12 --absent 6 --spoken 0
  $ npx praxis voice requests --kinds near --spoken 0 --out docs/reports/wordings.md
  $ npx praxis voice requests --resume runs/requests.jsonl --out docs/reports/spoken-picks.md
  $ npx praxis voice requests --spoken 100 --decibels 10 --json`,
    )
    .action(async ({ resume, workers, json, ...given }) => {
      const evaluation = await import('@praxis/evaluation');
      const { checkWritable, spokenPicksPage, spokenPicksTable, studySpokenPicks, writeAtomically } = evaluation;
      const { extensionFor } = await import('../../options/vocabulary.ts');
      const { progress } = await import('../../terminal/progress.ts');
      const kinds = evaluation.wordingKinds(given.kinds);
      const { requests, absent, spoken, planner, decibels, model, out } = given;
      if (out !== undefined) checkWritable(out, `--out ${out}`);
      const project = await evaluation.loadProject();
      await (await evaluation.openPlanner(planner, project.registry)).close?.();
      const [first] = seedRange(given.seed, requests + absent);
      const policy = policyDirectory(given.policy);
      const voices = spoken === 0 ? [] : await evaluation.testVoicesOrHeldOut(given.voices);
      const report = await interruptible(
        (signal) =>
          studySpokenPicks({
            ...{
              requests,
              absent,
              kinds,
              spoken,
              seed: first,
              planner,
              decibels,
              policy,
              model,
              voices,
              workers,
              resume,
              signal,
            },
            extension: extensionFor(given.policy),
            startProgress: progress,
          }),
        resumeHint(resume),
      );
      const facts = {
        ...{ planner, seed: first, decibels, voices: voices.map(({ name }) => name) },
        policy: await evaluation.policyName(evaluation.policySource(policy, project)),
        command: commandLine('voice requests', given),
      };
      if (out !== undefined && !report.partial) writeAtomically(out, spokenPicksPage(report, facts));
      if (json) printJson({ ...facts, ...report });
      else print(report.partial ? `${spokenPicksTable(report)}\n${PARTIAL}` : spokenPicksTable(report));
      process.exitCode = report.partial ? EXIT.interrupted : EXIT.ok;
    });
}
