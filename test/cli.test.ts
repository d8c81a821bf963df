import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { durationS, writeWav } from '@praxis/speech';
import { loadFlite, POCKETSPHINX_INSTALL_COMMAND } from '@praxis/speech/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs, POCKETSPHINX, SHIPPED_POLICY } from './needs.ts';
import { runMain } from './run-main.ts';
import { praxis, root } from './run-praxis.ts';

const arm = join(root, 'urdf', 'praxis_arm.urdf');

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'praxis-cli-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

describe('praxis --help', () => {
  it('lists the commands, and the help of each has an example', async () => {
    const { status, out } = await runMain(['--help']);
    expect(status).toBe(0);
    const commands = [
      'eval',
      'sim',
      'drive',
      'faults',
      'ceilings',
      'ablate',
      'demos',
      'fk',
      'ik',
      'interpret',
      'transcribe',
      'bench',
      'doctor',
    ];
    for (const command of commands) expect(out).toContain(`\n  ${command}`);
    const helps = await Promise.all(commands.map((command) => runMain([command, '--help'])));
    for (const [i, help] of helps.entries()) {
      expect(help.status).toBe(0);
      expect(help.out).toContain(`$ npx praxis ${commands[i]}`);
    }
  });
});

describe('bad input', () => {
  const bad: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown command', ['juggle'], /unknown command 'juggle'/],
    ['an unknown option', ['eval', '--task', 'pick', '--speed', '3'], /unknown option '--speed'/],
    ['no task', ['eval'], /--task/],
    ['an unknown task', ['eval', '--task', 'pick,juggle'], /--task juggle: unknown; known are .*pick/],
    ['a negative seed', ['eval', '--task', 'pick', '--seed', '-1'], /--seed -1: expected/],
    ['a seed too large', ['eval', '--task', 'pick', '--seed', '2147483648'], /--seed 2147483648: expected/],
    ['no episodes', ['eval', '--task', 'pick', '--episodes', '0'], /--episodes 0: expected/],
    [
      'an unknown modality',
      ['eval', '--task', 'pick', '--mask', 'smell'],
      /--mask smell: policy default has no such modality or input, only vision/,
    ],
    ['no workers', ['eval', '--task', 'pick', '--workers', '0'], /--workers 0: expected/],
    [
      'an unknown fault',
      ['eval', '--task', 'pick', '--fault', 'frozen'],
      /--fault frozen: unknown; known are policy_killed/,
    ],
    [
      'an unknown supervisor setting',
      ['eval', '--task', 'pick', '--safety', 'half'],
      /--safety half: expected on or off/,
    ],
    [
      'an unknown fault in faults',
      ['faults', '--faults', 'frozen'],
      /--faults frozen: unknown; known are policy_killed/,
    ],
    [
      'an ablation without data',
      ['ablate', '--steps', '9', '--out', 'no/where'],
      /--data: expected a folder of demonstr/,
    ],
    [
      'an ablation of what is no dataset',
      ['ablate', '--steps', '9', '--data', 'models', '--out', 'no/where'],
      /--data models: has no dataset\.json, expected demonstrations/,
    ],
    ['a report of no ablation', ['ablate', '--report-only', '--out', 'no/where'], /expected the plan of an ablation/],
    ['two tasks to drive in', ['drive', '--task', 'pick,sort'], /--task pick,sort: expected one of pick, sort/],
    ['a missing policy', ['eval', '--task', 'pick', '--policy', 'no/where'], /policy no\/where: expected a directory/],
    [
      'an expert without a sense that it has not',
      ['eval', '--task', 'pick', '--policy', 'expert', '--mask', 'smell'],
      /--mask smell: the expert can do without vision, wrench, language/,
    ],
    ['report seeds in training data', ['demos', '--task', 'pick', '--out', 'x', '--seed', '999999'], /below 1000000/],
    ['beta without a policy', ['demos', '--task', 'pick', '--out', 'x', '--beta', '0.5'], /--beta: needs --policy/],
    ['no text to interpret', ['interpret'], /praxis interpret: expected a text/],
    ['an empty text', ['interpret', ' '], /" ": expected a text/],
    [
      'a text with a missing policy',
      ['interpret', 'stop', '--policy', 'no/where'],
      /policy no\/where: expected a directory/,
    ],
    ['a missing sound', ['transcribe', 'no.wav'], /no\.wav: cannot be read \(ENOENT\), expected a WAV file/],
    ['a file that is not a sound', ['transcribe', arm], /praxis_arm\.urdf: expected a WAV file/],
    ['an unknown benchmark', ['bench', 'luck'], /bench luck: unknown/],
    ['a missing URDF', ['fk', 'no.urdf', '--link', 'tool0'], /no\.urdf/],
    ['an unknown link', ['fk', arm, '--link', 'tail'], /tail/],
    ['an unknown joint', ['fk', arm, '--link', 'tool0', '--joints', 'knee=1'], /knee/],
    ['a joint value that is not a number', ['fk', arm, '--link', 'tool0', '--joints', 'joint1=NaN'], /joint1/],
    ['a length for an angle', ['fk', arm, '--link', 'tool0', '--joints', 'joint1=3cm'], /joint1/],
    [
      'an incomplete pose',
      ['ik', arm, '--link', 'tool0', '--pose', '1,2,3'],
      /--pose 1,2,3: expected 7 finite numbers/,
    ],
    [
      'a start beyond the limits of its joint',
      ['ik', arm, '--link', 'tool0', '--pose', '0.5,0,0.3,1,0,0,0', '--start', 'joint2=9'],
      /--start joint2=9: expected -1\.76/,
    ],
    [
      'a held joint that the chain lacks',
      ['ik', arm, '--link', 'tool0', '--pose', '0.5,0,0.3,1,0,0,0', '--hold', 'elbow'],
      /--hold elbow: unknown; known are joint1/,
    ],
    [
      'a task that there is not',
      ['ik', arm, '--link', 'tool0', '--pose', '0.5,0,0.3,1,0,0,0', '--task', 'reach'],
      /--task reach: expected pose or position/,
    ],
    [
      'a tolerance of nothing',
      ['ik', arm, '--link', 'tool0', '--pose', '0.5,0,0.3,1,0,0,0', '--position-tolerance', '0'],
      /--position-tolerance 0: expected a number/,
    ],
    ['a quaternion of zero', ['ik', arm, '--link', 'tool0', '--pose', '0.5,0,0.3,0,0,0,0'], /--pose/],
  ];

  it.each(bad)('%s: status 2, one clear line, nothing on standard output', async (_, args, line) => {
    const { status, out, err } = await runMain([...args, ...(args[0] === 'juggle' ? [] : ['--json'])]);
    expect(err).toMatch(line);
    expect(err.trimEnd().split('\n').length, err).toBe(1);
    expect([status, out]).toEqual([2, '']);
  });

  it('in a process of its own: the same status, line and empty output', async () => {
    const [args, line] = [
      ['eval', '--task', 'pick', '--episodes', '0', '--json'],
      /^praxis eval: --episodes 0: expected .*\n$/,
    ];
    const { status, out, err } = await praxis(args);
    expect(err).toMatch(line);
    expect([status, out]).toEqual([2, '']);
    expect(await runMain(args)).toEqual({ status, out, err });
  });

  it('an error that a module of the user throws, whose copy of @praxis/core is another one than that of the bundle', async () => {
    mkdirSync(join(root, '.cache'), { recursive: true });
    // In the checkout, since the module imports a package of Praxis.
    const folder = mkdtempSync(join(root, '.cache', 'cli-'));
    const policy = join(folder, 'policy.ts');
    const refusal = `() => { throw new InputError('arm: 5, expected 6' as string); }`;
    writeFileSync(policy, `import { InputError } from '@praxis/core';\nexport default ${refusal};\n`);
    const { status, out, err } = await praxis(['sim', '--task', 'pick', '--fast', '--policy', policy]);
    rmSync(folder, { recursive: true });
    expect(err).toMatch(/^praxis sim: .*arm: 5, expected 6\n$/);
    expect([status, out]).toEqual([2, '']);
  });

  it('a broken URDF', async () => {
    const path = join(scratch, 'broken.urdf');
    writeFileSync(path, '<robot name="r"><link name="a"/><joint name="j" type="revolute"><parent link="a"/>');
    const { status, err } = await runMain(['fk', path, '--link', 'a']);
    expect([status, err.trimEnd().split('\n').length]).toEqual([2, 1]);
    expect(err).toContain('broken.urdf');
  });

  it('a policy with a changed file', needs(SHIPPED_POLICY), async () => {
    const policy = join(scratch, 'changed');
    cpSync(join(root, 'models', 'default'), policy, { recursive: true });
    const { fusion } = JSON.parse(readFileSync(join(policy, 'manifest.json'), 'utf8'));
    writeFileSync(
      join(policy, fusion.file),
      Buffer.concat([readFileSync(join(policy, fusion.file)), Buffer.from([0])]),
    );
    const { status, out, err } = await praxis([
      'eval',
      '--task',
      'pick',
      '--episodes',
      '1',
      '--policy',
      policy,
      '--json',
    ]);
    expect(err).toMatch(/sha256/);
    expect([status, out, err.trimEnd().split('\n').length]).toEqual([2, '', 1]);
  });
});

describe('fk and ik', () => {
  it('ik inverts fk, in any units', async () => {
    const there = await runMain(['fk', arm, '--link', 'tool0', '--joints', 'joint2=30deg,joint4=-1.5', '--json']);
    expect(there.err).toBe('');
    const { pose } = JSON.parse(there.out);
    expect(pose).toHaveLength(7);
    const back = await runMain(['ik', arm, '--link', 'tool0', '--pose', pose.join(','), '--json']);
    const solution = JSON.parse(back.out);
    expect(solution.position_error_m).toBeLessThan(1e-4);
    expect(solution.orientation_error_rad).toBeLessThan(1e-3);
    const joints = Object.entries(solution.joints).map(([name, value]) => `${name}=${value}`);
    const again = await runMain(['fk', arm, '--link', 'tool0', '--joints', joints.join(','), '--json']);
    for (const i of [0, 1, 2]) expect(JSON.parse(again.out).pose[i]).toBeCloseTo(pose[i], 3);
  });

  it('ik starts where it is told, holds joints, and puts the position first', async () => {
    const start = 'joint1=20deg,joint2=-0.3,joint4=-2.2,joint6=2';
    const search = ['--pose', '0.45,0.2,0.3,0,0,0,1', '--start', start, '--hold', 'joint1,joint3', '--json'];
    const { status, out, err } = await runMain(['ik', arm, '--link', 'tool0', ...search]);
    expect([status, err]).toEqual([0, '']);
    const solution = JSON.parse(out);
    expect(solution.joints.joint1).toBeCloseTo((20 * Math.PI) / 180, 12);
    expect(solution.joints.joint3).toBe(0);
    // The five other joints reach the position; the tool can nearly point up there.
    expect(solution.position_error_m).toBeLessThan(1e-6);
    expect(solution.orientation_error_rad).toBeGreaterThan(0.01);
    const pose = await runMain(['ik', arm, '--link', 'tool0', ...search.slice(0, -1), '--task', 'pose']);
    expect([pose.status, pose.err.split('\n').length]).toEqual([1, 2]);
  });

  it('ik solves for a link above another base, within tolerances', async () => {
    const joints = 'joint2=0.3,joint4=-2,joint6=1';
    const { pose } = JSON.parse((await runMain(['fk', arm, '--link', 'tool0', '--joints', joints, '--json'])).out);
    const search = ['--link', 'tool0', '--pose', pose.join(','), '--position-tolerance', '0.01'];
    const rough = JSON.parse((await runMain(['ik', arm, ...search, '--orientation-tolerance', '0.1', '--json'])).out);
    expect(rough.position_error_m).toBeLessThan(0.01);
    const above = await runMain([
      'ik',
      arm,
      '--base',
      'link1',
      '--link',
      'tool0',
      '--pose',
      '0.4,0,0,1,0,0,0',
      '--json',
    ]);
    expect(Object.keys(JSON.parse(above.out).joints)).toEqual([2, 3, 4, 5, 6, 7].map((i) => `joint${i}`));
  });
});

describe('fk', () => {
  it('computes the pose beyond the limits of a joint, and says so', async () => {
    const args = ['fk', 'urdf/praxis_arm.urdf', '--link', 'tool0', '--joints', 'joint2=9', '--json'];
    const { status, out, err } = await runMain(args);
    expect(err).toMatch(/^praxis fk: joint2 9: is outside its limits, -[\d.]+ to [\d.]+ rad\n$/);
    expect([status, JSON.parse(out).pose.length]).toEqual([0, 7]);
  });
});

describe('interpret', () => {
  it('prints the intent of a sentence as one JSON object', async () => {
    const left = await runMain(['interpret', 'move left five centimetres', '--json']);
    expect([left.status, left.err]).toEqual([0, '']);
    expect(JSON.parse(left.out)).toEqual({ intent: { kind: 'move', frame: 'base', axis: 'y', metres: 0.05 } });
    const blue = await runMain(['interpret', 'no, the blue one', '--after', 'pick up the red cube', '--json']);
    expect(JSON.parse(blue.out).intent).toMatchObject({ kind: 'instruct', text: 'pick up the blue cube' });
    const none = await praxis(['interpret', 'lalala']);
    expect(none).toEqual({ status: 0, out: 'unknown  text lalala\n', err: '' });
    expect(await runMain(['interpret', 'lalala'])).toEqual(none);
  });
});

describe('sim', () => {
  it('reports after Ctrl-C only the episodes that ended, marked as partial', async () => {
    const args = ['sim', '--fast', '--task', 'pick', '--policy', 'expert', '--episodes', '2', '--json'];
    const { status, out, err } = await runMain(args, /pick 2000000/);
    expect(status).toBe(130);
    const { partial, episodes } = JSON.parse(out);
    expect([partial, episodes.map(({ seed }: { seed: number }) => seed)]).toEqual([true, [2_000_000]]);
    expect(err).not.toContain('2000001');
    expect(err).toContain('PARTIAL');
  });

  it('ends at the second Ctrl-C, with the process of a policy whose inference never returns', async () => {
    const policy = join(scratch, 'endless.ts');
    writeFileSync(
      policy,
      `export default {
        spec: { name: 'endless', inputs: [], horizon: 1, actionPeriod: 0.1, inferencePeriod: 0.1 },
        infer() { process.stderr.write('infers'); for (;;); },
        reset() {},
        async close() {},
      };`,
    );
    const args = ['sim', '--fast', '--task', 'pick', '--policy', policy];
    const { status, err } = await praxis(args, /infers/, /stopping/);
    expect([status, err]).toEqual([130, expect.stringMatching(/infers\npraxis: stopping/)]);
  });
});

describe('eval', () => {
  it('prints one JSON object with a trace that does not depend on the number of workers', async () => {
    const seeds = ['--episodes', '1', '--seed', '1000000'];
    const args = ['eval', '--task', 'pick,sort', ...seeds, '--policy', 'expert', '--json'];
    const [two, one] = [await praxis([...args, '--workers', '2']), await praxis([...args, '--workers', '1'])];
    expect([two.status, one.status]).toEqual([0, 0]);
    const [a, b] = [JSON.parse(two.out), JSON.parse(one.out)];
    expect(a).toMatchObject({ policy: 'expert', seed: 1000000, trace_sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(a.tasks.map((task: { task: string; episodes: number }) => [task.task, task.episodes])).toEqual([
      ['pick', 1],
      ['sort', 1],
    ]);
    expect(a.trace_sha256).toBe(b.trace_sha256);
    expect(a.tasks).toEqual(b.tasks);
  });

  it('marks its report as partial after Ctrl-C', async () => {
    const args = ['eval', '--task', 'pick', '--episodes', '30', '--workers', '1', '--policy', 'expert', '--json'];
    const { status, out } = await praxis(args, /eval \d+\/30/);
    expect(status).toBe(130);
    const report = JSON.parse(out);
    expect(report.partial).toBe(true);
    expect(report.tasks[0].episodes).toBeGreaterThan(0);
    expect(report.tasks[0].episodes).toBeLessThan(30);
  });
});

describe('faults', needs(SHIPPED_POLICY), () => {
  it('eval --fault reports the reaction to the fault in place of the safety report', async () => {
    const args = ['eval', '--task', 'pick', '--episodes', '1', '--fault', 'wrench-lost', '--workers', '1', '--json'];
    const { status, out } = await praxis(args);
    expect(status).toBe(0);
    const report = JSON.parse(out);
    expect(report).not.toHaveProperty('safety');
    expect(report.fault).toMatchObject({
      name: 'wrench_lost',
      injected: 1,
      final_states: { protective_stop: 1 },
      limit_violations: 0,
      false_stops: 0,
      moving_at_end: 0,
    });
    expect(report.fault.time_to_stop_ms.max).toBeGreaterThan(0);
    expect(report.fault.distance_m.max).toBeGreaterThan(0);
  });

  it('are written as a table, and a second run measures nothing again', async () => {
    const [page, state] = [join(scratch, 'matrix.md'), join(scratch, 'faults.jsonl')];
    const run = ['faults', '--faults', 'policy_killed', '--episodes', '1', '--workers', '1', '--json'];
    const args = [...run, '--state', state, '--out', page];
    const first = await praxis(args);
    expect(first.status, first.err).toBe(0);
    expect(readFileSync(page, 'utf8')).toContain('| `policy_killed` | 1 |');
    const second = await runMain(args);
    expect(second.err).toContain('2 episodes exist already');
    expect(JSON.parse(second.out)).toEqual(JSON.parse(first.out));
  });
});

describe('demos', () => {
  it('records episodes, and a second run records nothing again', async () => {
    const out = join(scratch, 'demos');
    const args = [
      'demos',
      '--task',
      'pick',
      '--episodes',
      '2',
      '--seed',
      '0',
      '--workers',
      '1',
      '--out',
      out,
      '--json',
    ];
    const first = await praxis(args);
    expect(first.status, first.err).toBe(0);
    const dataset = JSON.parse(readFileSync(join(out, 'dataset.json'), 'utf8'));
    const [shard] = dataset.shards;
    expect(dataset.format).toBe('praxis-demos/1');
    expect(readFileSync(join(out, shard.file)).length).toBe(shard.records * dataset.recordBytes);
    const second = await runMain(args);
    expect(second.err).toContain('2 episodes exist already');
    expect(JSON.parse(second.out)).toEqual(JSON.parse(first.out));
  });
});

describe('transcribe', () => {
  /** Writes a WAV file with the spoken text between two pauses of half a second. */
  async function writeSpeech(text: string): Promise<{ file: string; seconds: number }> {
    const { samples, rate } = (await loadFlite()).synthesize(text, { voice: 'slt', stretch: 1 });
    const pause = new Float32Array(rate / 2);
    const sound = { samples: Float32Array.of(...pause, ...samples, ...pause), rate };
    const file = join(scratch, `${text.replaceAll(' ', '-')}.wav`);
    writeFileSync(file, writeWav(sound));
    return { file, seconds: durationS(sound) };
  }

  it('prints the text, its intent and the times of stop words', needs(POCKETSPHINX), async () => {
    const { file, seconds } = await writeSpeech('move left five centimeters');
    const { status, out, err } = await runMain(['transcribe', file, '--json']);
    expect([status, err]).toEqual([0, '']);
    const { intent, confidence, audio_s, compute_s, ...rest } = JSON.parse(out);
    expect(rest).toEqual({ text: 'move left five centimeters', stop_words: [] });
    expect(intent).toEqual({ kind: 'move', frame: 'base', axis: 'y', metres: 0.05 });
    expect(confidence).toBeGreaterThan(0.5);
    expect(audio_s).toBeCloseTo(seconds, 3);
    expect(compute_s).toBeGreaterThan(0);

    const stop = await writeSpeech('stop');
    const transcript = JSON.parse((await praxis(['transcribe', stop.file, '--json'])).out);
    expect(transcript.intent).toEqual({ kind: 'stop', word: 'stop' });
    const [{ word, end_s, detected_s }] = transcript.stop_words;
    expect(word).toBe('stop');
    expect(end_s).toBeGreaterThan(0.6);
    expect(detected_s).toBeGreaterThanOrEqual(end_s);
    // The stop word is detected before the utterance ends, which takes 0.4 s of silence.
    expect(detected_s).toBeLessThan(stop.seconds - 0.3);
  });

  // There is nothing to name where it is installed.
  if (POCKETSPHINX !== undefined)
    it('names the package to install', async () => {
      const { file } = await writeSpeech('go home');
      const { status, out, err } = await praxis(['transcribe', file, '--json']);
      expect([status, out]).toEqual([2, '']);
      expect(err).toContain(POCKETSPHINX_INSTALL_COMMAND);
    });
});

describe('npx praxis', () => {
  it('runs from the root of the repository', async () => {
    const child = spawn('npx', ['--no-install', 'praxis', '--version'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let out = '';
    for await (const data of child.stdout) out += data;
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(out).toBe(`${version}\n`);
  });
});
