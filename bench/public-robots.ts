/**
 * Drafts, checks and tries each public robot of PRAXIS_ROBOTS (or `shared/robots` beside the checkout) that has an arm and a gripper:
 * nothing in a draft is changed by hand. Writes docs/reports/public-robots.md.
 *
 *   npx praxis run bench/public-robots.ts [EPISODES]        50 episodes for each robot, 10 minutes on two cores
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkRobotFolder, evaluate, initRobot, markdownTable, percent, writeAtomically } from '@praxis/evaluation';
import { PUBLIC_ROBOTS, publicRobots } from '@praxis/model/testing';

const FILE = fileURLToPath(new URL('../docs/reports/public-robots.md', import.meta.url));
const FIRST_SEED = 2_000_000;

/** Robots with an arm and a gripper, where their descriptions come from, and under which licence. */
const ROBOTS = [
  { file: PUBLIC_ROBOTS.so101, from: 'TheRobotStudio/SO-ARM100', licence: 'Apache-2.0' },
  { file: PUBLIC_ROBOTS.so101Mjcf, from: 'TheRobotStudio/SO-ARM100', licence: 'Apache-2.0' },
  { file: PUBLIC_ROBOTS.fr3, from: 'frankarobotics/franka_description', licence: 'Apache-2.0' },
] as const;

async function tried(root: string, { file, from, licence }: (typeof ROBOTS)[number], episodes: number) {
  const folder = mkdtempSync(join(tmpdir(), 'praxis-public-robot-'));
  try {
    const { draft } = await initRobot({ file: join(root, file), out: folder });
    const { findings } = await checkRobotFolder(folder);
    const { tasks, safety } = await evaluate({
      ...{ policy: 'expert', robot: folder, tasks: ['pick'] },
      seeds: Array.from({ length: episodes }, (_, k) => FIRST_SEED + k),
    });
    const [{ successes, success_rate, wilson95, time_s }] = tasks;
    const [arm] = Object.values(draft.definition.arms);
    const faults = findings.filter(({ severity }) => severity === 'fault').length;
    return [
      ...[`\`${file}\``, `${from}, ${licence}`, `${arm.joints.length}`],
      ...[arm.tool, `${arm.gripper?.width.map((width) => Math.round(1000 * width)).join(' to ')} mm`],
      `${faults} and ${findings.length - faults}`,
      `${successes} of ${episodes}`,
      `${percent(success_rate)} (${wilson95.map((end) => (100 * end).toFixed(0)).join('-')} %)`,
      time_s.p50 === null ? '-' : `${time_s.p50.toFixed(1)} s`,
      `${safety?.false_stops ?? '-'}`,
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (publicRobots === undefined) throw new Error('no public robots: set PRAXIS_ROBOTS to their folder');
const [, , episodesText = '50'] = process.argv;
const episodes = Number(episodesText);
const rows: (readonly string[])[] = [];
for (const robot of ROBOTS) {
  const row = await tried(publicRobots, robot, episodes);
  console.error(row.join('  '));
  rows.push(row);
}
const head = [
  'description',
  'source, licence',
  'joints',
  'tool',
  'width',
  'faults and warnings',
  'picks',
  'rate',
  'time',
  'stops',
];
const page = [
  '# Public robots',
  '',
  'Made by `npx praxis run bench/public-robots.ts`; do not edit. The descriptions are data of others, which Praxis does not contain.',
  '',
  `\`npx praxis robot init\` drafts each folder, \`robot check\` checks it, and the expert does \`pick\` on ${episodes} seeds from ${FIRST_SEED}`,
  'behind the supervisor. No draft is changed by hand.',
  '',
  ...markdownTable(head, rows),
  '',
  '- *Tool*: `grasp` is a frame that the draft adds between the fingers, because the description has none there.',
  '- *Width*: distance of the fingertips, closed to open.',
  '- *Rate*: with its 95 % Wilson interval. *Time*: median of the successful episodes, simulated. *Stops*: of the supervisor, none of which is needed.',
  "- `xarm7` (BSD-3) has no gripper and `robotiq_2f85` (BSD-3) no arm; tests draft and check them, and compare the kinematics of all with MuJoCo's.",
  '',
];
writeAtomically(FILE, page.join('\n'));
