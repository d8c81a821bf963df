// Writes what `models/default/results/*.json` say into the README's table and into the manifest of the shipped policy.
// Each file is the output of `npx praxis eval --task pick,sort --episodes 200 --seed 2000000 --json` with the options that
// its name says: all.json (none), without-vision.json (--mask vision) and so on, swap.json (--swap).
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const cells = [
  ['all', 'all modalities', ''],
  ['without-vision', 'without vision', ' --mask vision'],
  ['without-wrench', 'without wrench', ' --mask wrench'],
  ['without-language', 'without language', ' --mask language'],
  ['swap', 'swapped instruction followed', ' --swap'],
];

const read = (name) => {
  const file = new URL(`models/default/results/${name}.json`, root);
  if (!existsSync(file)) throw new Error(`${fileURLToPath(file)}: not there; measure it first`);
  return JSON.parse(readFileSync(file, 'utf8'));
};

const replace = (file, text) => {
  const beside = new URL(`${file.href}.new`);
  writeFileSync(beside, text);
  renameSync(beside, file);
};

const percent = (share) => `${(100 * share).toFixed(1)} %`;
const measured = cells.map(([name, title, options]) => ({ name, title, options, report: read(name) }));
const tasks = measured[0].report.tasks.map(({ task }) => task);

const rows = tasks.map((task) => {
  const row = measured.map(({ name, report }) => {
    const found = report.tasks.find((each) => each.task === task);
    const [rate, [low, high]] =
      name === 'swap' ? [found.swap.followed_rate, found.swap.wilson95] : [found.success_rate, found.wilson95];
    return `${percent(rate)} (${percent(low).slice(0, -2)}-${percent(high)})`;
  });
  return `| \`${task}\` | ${row.join(' | ')} |`;
});
const table = [
  `| task | ${cells.map(([, title]) => title).join(' | ')} |`,
  `|---|${cells.map(() => '---|').join('')}`,
  ...rows,
];

const readme = new URL('README.md', root);
const text = readFileSync(readme, 'utf8');
replace(
  readme,
  text.replace(/<!-- results -->[\s\S]*<!-- \/results -->/, `<!-- results -->\n${table.join('\n')}\n<!-- /results -->`),
);

const manifest = new URL('models/default/manifest.json', root);
const described = JSON.parse(readFileSync(manifest, 'utf8'));
described.evaluation = measured.map(({ name, options, report: { seed, tasks: reported, loop, trace_sha256 } }) => ({
  name,
  command: `npx praxis eval --task ${tasks.join(',')} --episodes ${reported[0].episodes} --seed ${seed}${options} --json`,
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
replace(manifest, `${JSON.stringify(described, null, 1)}\n`);
