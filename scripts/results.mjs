// Writes the results in `models/default/results/*.json` into the README's table, into docs/reports/policy.md and into the manifest of
// the shipped policy, those in `models/arm5-pick/results` into the report and the manifest of the policy of the five-joint arm, and those
// in `models/contact/results` into the README's second table, docs/reports/contact.md and the manifest of the policy with a compliant tool:
// absent.json (--absent) and wordings.json (--perturb language:2) are of its other options, and absent-read.json and wordings-read.json those
// with --read-instructions.
// Each file of the first is the output of `npx praxis eval --task pick,sort --episodes 200 --seed 2000000 --json` with the options that
// its name gives: all.json (none), without-vision.json (--mask vision) and so on, swap.json (--swap).
//
//   node scripts/results.mjs
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
/** Name of the results file, title of the column, options of `praxis eval`. */
const columns = [
  ['all', 'all modalities', ''],
  ['without-vision', 'without vision', ' --mask vision'],
  ['without-wrench', 'without wrench', ' --mask wrench'],
  ['without-language', 'without language', ' --mask language'],
  ['swap', 'swapped instruction followed', ' --swap'],
];

const readReport = (name, model = 'default') => {
  const file = new URL(`models/${model}/results/${name}.json`, root);
  if (!existsSync(file)) throw new Error(`${fileURLToPath(file)}: missing; measure it first`);
  return JSON.parse(readFileSync(file, 'utf8'));
};

/** Replaces a file at once, so that an interruption leaves the old one. */
const replaceFile = (file, text) => {
  const temporary = new URL(`${file.href}.new`);
  writeFileSync(temporary, text);
  renameSync(temporary, file);
};

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const measurements = columns.map(([name, title, options]) => ({ name, title, options, report: readReport(name) }));
const tasks = measurements[0].report.tasks.map(({ task }) => task);

const rows = tasks.map((task) => {
  const row = measurements.map(({ name, report }) => {
    const found = report.tasks.find((each) => each.task === task);
    const [rate, [low, high]] =
      name === 'swap' ? [found.swap.followed_rate, found.swap.wilson95] : [found.success_rate, found.wilson95];
    return `${percent(rate)} (${percent(low).slice(0, -2)}-${percent(high)})`;
  });
  return `| \`${task}\` | ${row.join(' | ')} |`;
});
const table = [
  `| task | ${columns.map(([, title]) => title).join(' | ')} |`,
  `|---|${columns.map(() => '---|').join('')}`,
  ...rows,
];

const readme = new URL('README.md', root);
const text = readFileSync(readme, 'utf8');
replaceFile(
  readme,
  text.replace(/<!-- results -->[\s\S]*<!-- \/results -->/, `<!-- results -->\n${table.join('\n')}\n<!-- /results -->`),
);

/** Wilson's 95 % interval of a rate. */
const wilson95 = (successes, episodes) => {
  const z = 1.959963984540054;
  const rate = successes / episodes;
  const middle = rate + z ** 2 / (2 * episodes);
  const spread = z * Math.sqrt((rate * (1 - rate)) / episodes + z ** 2 / (4 * episodes ** 2));
  const scale = 1 + z ** 2 / episodes;
  return [Math.max(0, (middle - spread) / scale), Math.min(1, (middle + spread) / scale)];
};

const number = (value, digits = 1) => (value === null ? '-' : value.toFixed(digits));
const commandOf = ({ options, report }) =>
  `npx praxis eval --task ${tasks.join(',')} --episodes ${report.tasks[0].episodes} --seed ${report.seed}${options}`;
const reportRows = measurements.flatMap(({ title, report }) =>
  report.tasks.map((found) => {
    const { time_s: time, peak_force_n: force } = found;
    const rate = `${percent(found.success_rate)} (${found.wilson95.map((end) => percent(end).slice(0, -2)).join('-')} %)`;
    const followed = found.swap
      ? `${percent(found.swap.followed_rate)} of the swapped`
      : percent(found.instruction_followed_rate);
    const forces = `${number(force.p50)} / ${number(force.p95)} / ${number(force.max)}`;
    const times = `${number(time.p50)} / ${number(time.p95)}`;
    return `| ${title} | \`${found.task}\` | ${found.successes} of ${found.episodes} | ${rate} | ${followed} | ${times} | ${forces} |`;
  }),
);
const { loop, safety, sim } = measurements[0].report;

/** The policy of the five-joint arm. */
const FIVE_JOINTS = ' --robot robots/arm5 --policy models/arm5-pick';
const fiveJoints = readReport('all', 'arm5-pick');
const [picked] = fiveJoints.tasks;
replaceFile(
  new URL('docs/reports/policy.md', root),
  `# The shipped policy

Made by \`node scripts/results.mjs\` from \`models/default/results\` and \`models/arm5-pick/results\`; do not edit. The commands below made those files.

| condition | task | successes | rate (Wilson 95 %) | instruction followed | time p50 / p95, s | force p50 / p95 / max, N |
|---|---|---|---|---|---|---|
${reportRows.join('\n')}

- *Time*: simulated duration of the successful episodes. *Force*: largest contact force of each episode.
- *Swapped instruction followed*: each successful episode is repeated with another object of the scene named; the robot should take that one.
- Seeds from 2,000,000 on and their wordings were not used in training.
- With all modalities: ${number(loop.policy_ms.p50)} ms a policy step (p50), ${number(loop.policy_ms.p99)} ms (p99), ${number(sim.realtime_factor, 0)} times real time with two processes on two slow
  cores, ${safety.false_stops} false stops of the supervisor, ${safety.limit_violations} limits passed.

| condition | command |
|---|---|
${measurements.map((each) => `| ${each.title} | \`${commandOf(each)}\` |`).join('\n')}

Without its cameras the policy fails. Without words it takes a block or a tray by chance (1/4, 1/2). Without the wrist sensor it cannot tell the heavy
box from the light one (1/2); \`pick\` does not need that sensor.

## The policy of the five-joint arm

\`models/arm5-pick\` moves \`arm5\` by positions of its joints. It has two cameras and no force sensor.

    npx praxis eval${FIVE_JOINTS} --task pick --episodes ${picked.episodes} --seed ${fiveJoints.seed}

| task | successes | rate (Wilson 95 %) | instruction followed | time p50 / p95, s | failed seeds |
|---|---|---|---|---|---|
| \`pick\` | ${picked.successes} of ${picked.episodes} | ${percent(picked.success_rate)} (${picked.wilson95.map((end) => percent(end).slice(0, -2)).join('-')} %) | ${percent(picked.instruction_followed_rate)} | ${number(picked.time_s.p50)} / ${number(picked.time_s.p95)} | ${picked.failed_seeds.join(', ') || 'none'} |

${fiveJoints.safety.false_stops} false stops of the supervisor, ${fiveJoints.safety.limit_violations} limits passed, ${number(fiveJoints.loop.policy_ms.p50)} ms a policy step (p50) beside other programs.
`,
);

/** Writes results into the manifest of a model. `which`: options of the command that select the robot and the policy. */
function describeResults(model, results, which = '') {
  const manifest = new URL(`models/${model}/manifest.json`, root);
  const description = JSON.parse(readFileSync(manifest, 'utf8'));
  description.evaluation = results.map(({ name, options, report: { seed, tasks: reported, loop, trace_sha256 } }) => ({
    name,
    command: `npx praxis eval${which} --task ${reported.map(({ task }) => task).join(',')} --episodes ${reported[0].episodes} --seed ${seed}${options} --json`,
    tasks: reported.map(({ task, episodes, successes, wilson95, swap }) => ({
      task,
      episodes,
      successes,
      wilson95,
      swap,
    })),
    policy_ms: loop.policy_ms,
    trace_sha256,
  }));
  replaceFile(manifest, `${JSON.stringify(description, null, 1)}\n`);
}

/** The policy with a compliant tool. */
const COMPLIANT = ' --policy models/contact';
const contact = readReport('all', 'contact');
const contactRows = contact.tasks.map((found) => {
  const { time_s: time, peak_force_n: force } = found;
  const rate = `${percent(found.success_rate)} (${found.wilson95.map((end) => percent(end).slice(0, -2)).join('-')} %)`;
  const forces = `${number(force.p50)} / ${number(force.p95)} / ${number(force.max)}`;
  const times = `${number(time.p50)} / ${number(time.p95)}`;
  return `| \`${found.task}\` | ${found.successes} of ${found.episodes} | ${rate} | ${percent(found.instruction_followed_rate)} | ${times} | ${forces} |`;
});
/** The command that measured a report of the policy with a compliant tool. */
const contactCommand = (report, options = '') =>
  `npx praxis eval${COMPLIANT} --task ${report.tasks.map(({ task }) => task).join(',')} --episodes ${report.tasks[0].episodes} --seed ${report.seed}${options}`;
const rateCell = ({ successes, episodes, success_rate: rate, wilson95: [low, high] }) =>
  `${successes} of ${episodes} | ${percent(rate)} (${percent(low).slice(0, -2)}-${percent(high)})`;
/** Sums of `by_absent` or `by_wording` over the tasks of a report, by kind. */
const byKind = (report, field) => {
  const sums = new Map();
  for (const task of report.tasks)
    for (const [kind, { episodes, successes }] of Object.entries(task[field] ?? {})) {
      const { episodes: e = 0, successes: s = 0 } = sums.get(kind) ?? {};
      sums.set(kind, { episodes: e + episodes, successes: s + successes });
    }
  return [...sums];
};
const kindRows = (report, field) =>
  byKind(report, field).map(([kind, { episodes, successes }]) => {
    const [low, high] = wilson95(successes, episodes);
    return `| ${kind} | ${rateCell({ successes, episodes, success_rate: successes / episodes, wilson95: [low, high] })} |`;
  });
const [absent, absentRead, wordings, wordingsRead] = ['absent', 'absent-read', 'wordings', 'wordings-read'].map(
  (name) => readReport(name, 'contact'),
);
/** Rows of {@link kindRows} of one kind, as it is and with `--read-instructions`. */
const bothWays = (plain, read, field) => {
  const cells = (report) => kindRows(report, field).map((row) => row.slice(2, -2).split(' | '));
  const withReading = new Map(cells(read).map(([kind, ...rest]) => [kind, rest.join(' | ')]));
  return cells(plain).map(([kind, ...rest]) => `| ${kind} | ${rest.join(' | ')} | ${withReading.get(kind)} |`);
};
const successesOf = ({ tasks: all }) =>
  all.map(({ task, successes, episodes }) => `\`${task}\` ${successes} of ${episodes}`).join(', ');
/** Share of the near kinds of wording and of the far ones. */
const shareOf = (report, kinds) => {
  const sums = byKind(report, 'by_wording').filter(([kind]) => kinds.includes(kind));
  const [successes, episodes] = ['successes', 'episodes'].map((name) =>
    sums.reduce((sum, [, each]) => sum + each[name], 0),
  );
  return `${successes} of ${episodes} (${percent(successes / episodes)})`;
};
const [NEAR, FAR] = [
  ['synonym', 'word order', 'polite', 'typing error'],
  ['negation', 'contrast', 'relation'],
];
const mean = contact.tasks.reduce((sum, { success_rate: rate }) => sum + rate, 0) / contact.tasks.length;
const score = contact.tasks.find(({ score }) => score)?.score;
replaceFile(
  new URL('docs/reports/contact.md', root),
  `# The policy of the tasks of contact

Made by \`node scripts/results.mjs\` from \`models/contact/results\`; do not edit.

    ${contactCommand(contact)}

| task | successes | rate (Wilson 95 %) | instruction followed | time p50 / p95, s | force p50 / p95 / max, N |
|---|---|---|---|---|---|
${contactRows.join('\n')}

Mean of the tasks ${percent(mean)}. ${contact.safety.false_stops} false stops of the supervisor, ${contact.safety.limit_violations} limits passed, ${number(contact.loop.policy_ms.p50)} ms a policy step (p50), ${number(contact.loop.policy_ms.p99)} ms (p99), beside another process
of the same evaluation. Seeds from 2,000,000 on and their wordings were not used in training. *Time*: simulated duration of the successful episodes. *Force*:
largest contact force of each episode.${score ? ` By the rule of Intrinsic's assembly challenge \`insert\` scores ${number(score.mean)} of 100 (95 % ${score.interval95.map((end) => number(end)).join(' to ')}).` : ''}

## Things that are not there

    ${contactCommand(absent, ' --absent')}
    ${contactCommand(absentRead, ' --absent --read-instructions')}

Success is that the instruction is refused and the arm does not move. A known kind is one of the task's own, such as a block of another colour; an unknown thing is none that the
policy knows. *Read first*: with \`--read-instructions\`.

| asked for | as it is | rate (Wilson 95 %) | read first | rate (Wilson 95 %) |
|---|---|---|---|---|
${bothWays(absent, absentRead, 'by_absent').join('\n')}

## Kinds of wording

    ${contactCommand(wordings, ' --perturb language:2')}
    ${contactCommand(wordingsRead, ' --perturb language:2 --read-instructions')}

All sentences are of patterns that training never had. As they are ${successesOf(wordings)}; read first ${successesOf(wordingsRead)}.
Near kinds together ${shareOf(wordings, NEAR)} as they are and ${shareOf(wordingsRead, NEAR)} read first; negation, contrast and relation ${shareOf(wordings, FAR)} and
${shareOf(wordingsRead, FAR)}. ${wordingsRead.safety.false_stops} false stops with the reading, ${wordingsRead.safety.limit_violations} limits passed. The rules of the reading were written with the wordings of
validation seeds in view; the patterns of reports were seen once before, when the code of the tasks was read, and no rule was made of these failures.

| kind | as it is | rate (Wilson 95 %) | read first | rate (Wilson 95 %) |
|---|---|---|---|---|
${bothWays(wordings, wordingsRead, 'by_wording').join('\n')}
`,
);
replaceFile(
  readme,
  readFileSync(readme, 'utf8').replace(
    /<!-- contact -->[\s\S]*<!-- \/contact -->/,
    `<!-- contact -->\n| ${contact.tasks.map(({ task }) => `\`${task}\``).join(' | ')} | mean |\n|${'---|'.repeat(contact.tasks.length + 1)}\n| ${contact.tasks.map(({ success_rate: rate, wilson95: [low, high] }) => `${percent(rate)} (${percent(low).slice(0, -2)}-${percent(high)})`).join(' | ')} | ${percent(mean)} |\n<!-- /contact -->`,
  ),
);

describeResults('default', measurements);
describeResults('contact', [{ name: 'all', options: '', report: contact }], COMPLIANT);
describeResults('arm5-pick', [{ name: 'all', options: '', report: fiveJoints }], FIVE_JOINTS);
