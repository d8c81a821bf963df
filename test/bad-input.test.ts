import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from './needs.ts';
import { runMain } from './run-main.ts';
import { type PraxisExit, root } from './run-praxis.ts';
import { POLICY_TASKS } from './shipped-tasks.ts';

const model = process.env.PRAXIS_PARITY_MODEL ?? join(root, 'models', 'default');
const missing = existsSync(join(model, 'manifest.json')) ? undefined : `no policy in ${model}`;

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'praxis-bad-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

/** Runs one command through npx, as a shell does. */
function npxPraxis(args: readonly string[]): PraxisExit {
  const { status, stdout, stderr } = spawnSync('npx', ['--no-install', 'praxis', ...args], {
    cwd: root,
    encoding: 'utf8',
    // Silences npm's own warnings about the machine's configuration.
    env: { ...process.env, npm_config_loglevel: 'silent' },
  });
  return { status, out: stdout, err: stderr };
}

/** Expects status 2, one line on standard error that names the mistake, and nothing on standard output. */
function expectRefusal({ status, out, err }: PraxisExit, line: RegExp) {
  expect(err).toMatch(line);
  expect(err.endsWith('\n') && err.trimEnd().split('\n').length === 1, err).toBe(true);
  expect({ status, out }).toEqual({ status: 2, out: '' });
}

describe('praxis refuses', () => {
  it('an unknown task, through npx', () => {
    const typed = npxPraxis(['eval', '--task', 'juggle']);
    expectRefusal(typed, new RegExp(`^praxis eval: --task juggle: unknown; known are ${POLICY_TASKS.join(', ')}\n`));
  });

  it('a perturbation that it does not know, or that the task does not have', async () => {
    for (const [args, line] of [
      [
        ['--task', 'pick', '--perturb', 'fog:1'],
        /^praxis eval: --perturb: perturbation fog:1: expected one of camera, /,
      ],
      [
        ['--task', 'press', '--policy', 'expert', '--perturb', 'body:1'],
        /^praxis eval: perturbation body: task press has no blocks/,
      ],
    ] as const) {
      expectRefusal(await runMain(['eval', ...args]), line);
    }
  });

  it('a timing of touch that is none, and one for a robot that feels nothing', async () => {
    for (const [args, line] of [
      [['--touch', 'late'], /^praxis eval: --touch late: expected shuffled, or delay:SECONDS with more than 0 /],
      [
        ['--policy', 'expert', '--robot', 'robots/arm5', '--touch', 'shuffled'],
        /^praxis eval: touch shuffled: robot arm5 has no force sensor\n/,
      ],
    ] as const) {
      expectRefusal(await runMain(['eval', '--task', 'pick', ...args]), line);
    }
  });

  it('a scheduler that it does not know, and an added delay out of range', async () => {
    for (const [args, line] of [
      [
        ['--scheduler', 'fastest'],
        /^praxis eval: scheduler fastest: expected one of receding_horizon, temporal_ensembling\n/,
      ],
      [['--inference-delay', '2'], /^praxis eval: --inference-delay 2: expected a number from 0 to 1\n/],
    ] as const) {
      expectRefusal(await runMain(['eval', '--task', 'pick', ...args]), line);
    }
  });

  it('a last seed that is out of range', async () => {
    expectRefusal(
      await runMain(['eval', '--task', 'pick', '--seed', '2147483647', '--episodes', '2']),
      /above 2147483647\n$/,
    );
  });

  it('a shard that is none, and more shards than episodes', async () => {
    const args = ['eval', '--task', 'pick', '--policy', 'expert', '--episodes', '2', '--shard'];
    const [none, tooMany] = [await runMain([...args, '0/3']), await runMain([...args, '3/3'])];
    expectRefusal(none, /^praxis eval: --shard 0\/3: expected I\/N with I from 1 to N, such as 1\/3\n/);
    expectRefusal(tooMany, /^praxis eval: --shard 3\/3: 2 episodes make at most 2 shards\n/);
  });

  it('a report without its episodes where a shard is expected', async () => {
    const file = join(scratch, 'report.json');
    writeFileSync(file, '{"policy":"expert","trace_sha256":"0"}');
    expectRefusal(
      await runMain(['report', 'merge', file]),
      /^praxis report: .*report\.json: is a report without its episodes, expected an evaluation that `praxis eval --out` wrote\n/,
    );
  });

  it('demonstrations whose last seed validates policies', async () => {
    const args = ['demos', '--task', 'pick', '--seed', '999999', '--episodes', '5', '--out', join(scratch, 'demos')];
    expectRefusal(
      await runMain(args),
      /--seed 999999 with --episodes 5: the last seed would be 1000003, expected seeds below 1000000/,
    );
  });

  it('a file as the folder of demonstrations, before the first episode', async () => {
    const file = join(scratch, 'file');
    writeFileSync(file, '');
    const refusal = await runMain(['demos', '--task', 'pick', '--episodes', '1', '--out', file]);
    expectRefusal(refusal, /^praxis demos: .*file: cannot be made a folder: EEXIST/);
  });

  it('demonstrations of a task whose labels they cannot hold', async () => {
    const refusal = await runMain([
      ...['demos', '--task', 'pick,press,wipe', '--space', 'joint_position', '--out', join(scratch, 'contact')],
    ]);
    expectRefusal(refusal, /^praxis demos: --space joint_position: press, wipe need a compliant tool/);
    expect(existsSync(join(scratch, 'contact'))).toBe(false);
  });

  it('a folder without a policy', async () => {
    mkdirSync(join(scratch, 'empty'));
    expectRefusal(
      await runMain(['sim', '--task', 'pick', '--policy', join(scratch, 'empty')]),
      /empty: .*manifest\.json/,
    );
  });

  it('a manifest that is not JSON', async () => {
    const policy = join(scratch, 'torn');
    mkdirSync(policy);
    writeFileSync(join(policy, 'manifest.json'), '{"name": "torn",');
    expectRefusal(
      await runMain(['sim', '--task', 'pick', '--fast', '--policy', policy]),
      /manifest\.json: is not JSON/,
    );
  });

  it.each([
    ['stop', '"stop" is a stop word'],
    ['', 'the instruction is empty'],
    ['hello', "I don't know hello"],
    ['pick up the banana', "I don't know banana"],
    ["don't pick up the red cube", 'it forbids or holds a motion'],
    ['move left 5 cm', 'is a command of another kind'],
  ])('the instruction "%s", which would move the arm', needs(missing), async (text, line) => {
    const refusal = await runMain(['sim', '--fast', '--policy', model, '--instruction', text]);
    expectRefusal(refusal, new RegExp(`^praxis sim: --instruction .*${line}`));
  });

  it('an instruction for the expert, which reads none', async () => {
    const refusal = await runMain(['sim', '--fast', '--policy', 'expert', '--instruction', 'pick up the red cube']);
    expectRefusal(refusal, /the expert does not read it/);
  });

  it('a URDF with a joint whose child link is missing', async () => {
    const urdf = join(scratch, 'broken.urdf');
    const joint = '<joint name="elbow" type="fixed"><parent link="a"/><child link="gone"/></joint>';
    writeFileSync(urdf, `<robot name="r"><link name="a"/>${joint}</robot>`);
    expectRefusal(await runMain(['fk', urdf, '--link', 'a', '--json']), /broken\.urdf: .*elbow.*gone/);
  });

  describe('a policy', needs(missing), () => {
    const copy = (name: string) => {
      const policy = join(scratch, name);
      cpSync(model, policy, { recursive: true });
      const { fusion } = JSON.parse(readFileSync(join(policy, 'manifest.json'), 'utf8'));
      return { policy, file: fusion.file as string };
    };
    const evaluate = (policy: string) =>
      runMain(['eval', '--task', 'pick', '--episodes', '1', '--workers', '1', '--policy', policy, '--json']);

    it('with a file in which one bit is changed', async () => {
      const { policy, file } = copy('changed');
      const bytes = readFileSync(join(policy, file));
      bytes[bytes.length >> 1] ^= 1;
      writeFileSync(join(policy, file), bytes);
      expectRefusal(await evaluate(policy), /sha256 is [0-9a-f]{64} \(\d+ bytes\), expected [0-9a-f]{64}\n$/);
    });

    it('that lacks a file', async () => {
      const { policy, file } = copy('incomplete');
      rmSync(join(policy, file));
      expectRefusal(await evaluate(policy), new RegExp(`${file}: cannot be read`));
    });
  });
});
