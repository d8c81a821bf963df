/**
 * Drafts, checks and tries each public robot of PRAXIS_ROBOTS (or `shared/robots` beside the checkout), and compares its kinematics with
 * MuJoCo's: nothing in a draft is changed by hand. Writes docs/reports/public-robots.md. What is measured is kept in a file, a robot a
 * line, until the report is written; a run that was cut off goes on from there.
 *
 *   npx praxis run bench/public-robots.ts [EPISODES] [STATE.jsonl]        50 episodes for each robot, 10 minutes on two cores
 */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import loadMujoco, { type MjModel } from '@mujoco/mujoco';
import { checkRobotFolder, evaluate, initRobot, markdownTable, percent, writeAtomically } from '@praxis/evaluation';
import { parseUrdf } from '@praxis/model';
import { PUBLIC_ROBOTS, publicRobots } from '@praxis/model/testing';
import { openDescription, readDescriptionFile } from '../packages/evaluation/src/robots/open-robot.ts';
import { compileMjcf } from '../sim/src/mjcf/read/compile.ts';
import { kinematicsDifference } from '../sim/src/mjcf/read/testing/kinematics-difference.ts';

const FILE = fileURLToPath(new URL('../docs/reports/public-robots.md', import.meta.url));
const FIRST_SEED = 2_000_000;
/** Random configurations in which the kinematics are compared. */
const CONFIGURATIONS = 200;

/** Where the descriptions come from, and under which licence. */
const ROBOTS = [
  { file: PUBLIC_ROBOTS.so101, from: 'TheRobotStudio/SO-ARM100', licence: 'Apache-2.0' },
  { file: PUBLIC_ROBOTS.so101Mjcf, from: 'TheRobotStudio/SO-ARM100', licence: 'Apache-2.0' },
  { file: PUBLIC_ROBOTS.fr3, from: 'frankarobotics/franka_description', licence: 'Apache-2.0' },
  { file: PUBLIC_ROBOTS.xarm7, from: 'xArm-Developer/xarm_ros2', licence: 'BSD-3' },
  { file: PUBLIC_ROBOTS.robotiq, from: 'PickNikRobotics/ros2_robotiq_gripper', licence: 'BSD-3' },
] as const;

/** Rows of the report by the file of the robot. */
type Rows = ReadonlyMap<string, readonly string[]>;

const mujoco = await loadMujoco();

/** What MuJoCo makes of a URDF without its shapes, whose meshes would have to be loaded, with fixed links kept. */
function compileUrdf(urdf: string): MjModel {
  const bare = urdf.replace(/<(visual|collision)[\s>].*?<\/\1>/gs, '').replace(/<mujoco>.*<\/mujoco>/s, '');
  const compiler = '<compiler fusestatic="false" discardvisual="false" balanceinertia="true"/>';
  return mujoco.MjModel.from_xml_string(bare.replace('</robot>', `<mujoco>${compiler}</mujoco></robot>`))!;
}

/** Largest difference between our kinematics and MuJoCo's (m, or of an entry of a quaternion). */
async function kinematicsError(path: string): Promise<number> {
  const description = openDescription(path);
  const isMjcf = path.endsWith('.xml');
  const urdf = isMjcf ? '' : readFileSync(path, 'utf8');
  const compiled = isMjcf ? (await compileMjcf(mujoco, description)).model : compileUrdf(urdf);
  const model = isMjcf ? await readDescriptionFile(description) : parseUrdf(urdf);
  try {
    return kinematicsDifference(mujoco, compiled as MjModel, model, CONFIGURATIONS);
  } finally {
    compiled.delete();
  }
}

/** The expert's `pick` on a robot's folder: columns of the report. */
async function picksOf(folder: string, episodes: number): Promise<readonly string[]> {
  const { tasks, safety } = await evaluate({
    ...{ policy: 'expert', robot: folder, tasks: ['pick'] },
    seeds: Array.from({ length: episodes }, (_, k) => FIRST_SEED + k),
  });
  const [{ successes, success_rate, wilson95, time_s }] = tasks;
  return [
    `${successes} of ${episodes}`,
    `${percent(success_rate)} (${wilson95.map((end) => (100 * end).toFixed(0)).join('-')} %)`,
    time_s.p50 === null ? '-' : `${time_s.p50.toFixed(1)} s`,
    `${safety?.false_stops ?? '-'}`,
  ];
}

async function tried(root: string, { file, from, licence }: (typeof ROBOTS)[number], episodes: number) {
  const folder = mkdtempSync(join(tmpdir(), 'praxis-public-robot-'));
  try {
    const path = join(root, file);
    const { draft } = await initRobot({ file: path, out: folder });
    const { findings } = await checkRobotFolder(folder);
    const [arm] = Object.values(draft.definition.arms);
    const faults = findings.filter(({ severity }) => severity === 'fault');
    const width = arm?.gripper?.width.map((each) => Math.round(1000 * each)).join(' to ');
    const lacks = !arm?.joints.length ? 'no arm' : arm.gripper === undefined ? 'no gripper' : undefined;
    return [
      ...[`\`${file}\``, `${from}, ${licence}`, `${arm?.joints.length ?? 0}`],
      ...[arm?.tool ?? '-', width === undefined ? '-' : `${width} mm`],
      `${draft.guesses.length}`,
      `${faults.length} and ${findings.length - faults.length}`,
      `${(await kinematicsError(path)).toExponential(1)}`,
      ...(lacks === undefined ? await picksOf(folder, episodes) : [lacks, '-', '-', '-']),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The rows that a run which was cut off has kept. */
function keptRows(state: string): Rows {
  const lines = existsSync(state) ? readFileSync(state, 'utf8').split('\n').filter(Boolean) : [];
  return new Map(lines.map((line) => JSON.parse(line) as [string, readonly string[]]));
}

if (publicRobots === undefined) throw new Error('no public robots: set PRAXIS_ROBOTS to their folder');
const [, , episodesText = '50', state = join(tmpdir(), `praxis-public-robots-${episodesText}.jsonl`)] = process.argv;
const episodes = Number(episodesText);
const kept = keptRows(state);
const rows: (readonly string[])[] = [];
for (const robot of ROBOTS) {
  const row = kept.get(robot.file) ?? (await tried(publicRobots, robot, episodes));
  if (!kept.has(robot.file)) appendFileSync(state, `${JSON.stringify([robot.file, row])}\n`);
  console.error(row.join('  '));
  rows.push(row);
}
const head = [
  ...['description', 'source, licence', 'joints', 'tool', 'width', 'guesses', 'faults and warnings'],
  ...['FK', 'picks', 'rate', 'time', 'stops'],
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
  '- *Guesses*: what `robot init` says that it guessed. *Faults and warnings*: what `robot check` finds in the draft.',
  `- *FK*: largest difference between our forward kinematics and MuJoCo's over all links in ${CONFIGURATIONS} random configurations (m, or of an entry of a quaternion).`,
  '- *Rate*: with its 95 % Wilson interval. *Time*: median of the successful episodes, simulated. *Stops*: of the supervisor, none of which is needed.',
  '',
];
writeAtomically(FILE, page.join('\n'));
rmSync(state, { force: true });
