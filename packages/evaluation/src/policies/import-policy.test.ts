import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError, type Observation, type StreamValue } from '@praxis/core';
import { type AnswerOption, NO_ANSWERS, questionsText, withAnswer } from '@praxis/policy/import';
import { loadPolicyFromDirectory } from '@praxis/policy/node';
import {
  LEROBOT_IMAGE_GAIN,
  LEROBOT_STATE_GAIN,
  LEROBOT_TOKEN_GAIN,
  type LerobotFolderOptions,
  lerobotFolder,
  OnnxGraph,
} from '@praxis/policy/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { robotChoice } from '../project/robot.ts';
import { checkPolicy } from './check-policy.ts';
import { type ImportPolicyOptions, importPolicy } from './import-policy.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const arm5 = join(root, 'robots/arm5');
const scratch = mkdtempSync(join(tmpdir(), 'praxis-import-'));
afterAll(() => rmSync(scratch, { recursive: true }));

let count = 0;
const fresh = (): string => join(scratch, String(count++));

function write(files: ReadonlyMap<string, Uint8Array | string>): string {
  const folder = fresh();
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const JOINTS = ['joint1', 'joint2', 'joint3', 'joint4', 'joint5'];
/** The data are in degrees, and the gripper from 0 (closed) to 100 (open). */
const statistics = {
  'observation.state': { mean: [1, 20, 60, 80, 0, 40], std: [30, 25, 20, 15, 10, 35] },
  action: { mean: [2, 21, 61, 81, 1, 41], std: [31, 26, 21, 16, 11, 36] },
  'observation.images.front': { mean: [0.5, 0.4, 0.3], std: [0.2, 0.25, 0.3] },
  'observation.images.wrist': { mean: [0.1, 0.2, 0.3], std: [0.4, 0.5, 0.6] },
};
const ROWS = 8;

/** A policy folder whose training data name the joints as LeRobot's robots do. */
function policyFolder(
  options: Partial<LerobotFolderOptions> = {},
  names = [...JOINTS, 'gripper'].map((n) => `${n}.pos`),
) {
  const features = { 'observation.state': { names }, action: { names } };
  const data = write(new Map([['meta/info.json', JSON.stringify({ fps: 10, features })]]));
  const files = lerobotFolder({ statistics, rows: ROWS, ...options });
  files.set('train_config.json', new TextEncoder().encode(JSON.stringify({ dataset: { root: data } })));
  return write(files);
}

const answers = (...given: readonly (readonly [AnswerOption, string])[]) =>
  given.reduce((all, [option, value]) => withAnswer(all, option, value), NO_ANSWERS);
const UNITS = answers(['--joint-unit', 'deg'], ['--gripper-unit', '%']);

const refuse: ImportPolicyOptions['ask'] = async (questions) => {
  throw new InputError(`missing ${questionsText(questions)}`);
};
const run = (source: string, changes: Partial<ImportPolicyOptions> = {}) =>
  importPolicy({ source, out: fresh(), robot: arm5, answers: UNITS, ask: refuse, ...changes });

const image = (red: number) => {
  const data = new Uint8Array(96 * 96 * 3);
  for (let i = 0; i < data.length; i += 3) data.set([red, 50, 200], i);
  return { width: 96, height: 96, data };
};

describe('importPolicy', () => {
  it('a LeRobot folder in degrees runs on a robot in radians, by names, as LeRobot computes it', async () => {
    const { path, notes } = await run(policyFolder(), { name: 'imported', tasks: ['pick'] });
    const policy = await loadPolicyFromDirectory(dirname(path));
    const state = [10, -20, 30, 40, 50, 25];
    const [width, least, most] = [0.001 + 0.25 * 0.059, 0.001, 0.06];
    const [red, wristRed] = [100, 30];
    const position = Float64Array.from([...state.slice(0, 5).map((each) => (each * Math.PI) / 180), width]);
    const values: Record<string, StreamValue> = {
      joints: { names: [...JOINTS, 'gripper'], position, velocity: new Float64Array(6) },
      'images.front': image(red),
      'images.wrist': image(wristRed),
    };
    const inputs = policy.spec.inputs.map(
      (spec) => [spec.name, { spec, present: true, age: 0, stamp: 1, samples: [values[spec.name]] }] as const,
    );
    const observation: Observation = { stamp: 1, inputs: new Map(inputs) };
    const { blocks, period, horizon } = await policy.infer(observation);
    await policy.close();

    const s = statistics;
    const reds = (red / 255 - 0.5) / 0.2 + (2 * (wristRed / 255 - 0.1)) / 0.4;
    const expected = (k: number, i: number): number => {
      const normalised = (state[i] - s['observation.state'].mean[i]) / s['observation.state'].std[i];
      const output = LEROBOT_STATE_GAIN * normalised + LEROBOT_IMAGE_GAIN * reds + k;
      return output * s.action.std[i] + s.action.mean[i];
    };
    expect([period, horizon]).toEqual([0.1, ROWS]);
    for (let k = 0; k < ROWS; k++) {
      for (let i = 0; i < 5; i++) expect(blocks.arm.data[5 * k + i]).toBeCloseTo((expected(k, i) * Math.PI) / 180, 5);
      expect(blocks.gripper.data[k]).toBeCloseTo(expected(k, 5) / 100, 5);
    }
    expect(policy.spec.actions).toMatchObject([
      { name: 'arm', space: 'joint_position', names: JOINTS, unit: JOINTS.map(() => 'rad') },
      { name: 'gripper', space: 'gripper', names: ['opening'], unit: ['1'] },
    ]);
    expect(policy.spec.name).toBe('imported');
    expect(notes.join('\n')).toMatch(/names and rate are those of .*, on which it was trained/);
    expect(most - least).toBeCloseTo(0.059, 12);
  });

  it('binds by name when the data have another order', async () => {
    const order = ['gripper', ...JOINTS.toReversed()];
    const { path } = await run(policyFolder({}, order));
    const { inputs, action } = JSON.parse(readFileSync(path, 'utf8'));
    expect(inputs[0].parts).toMatchObject([{ names: ['gripper'] }, { names: JOINTS.toReversed() }]);
    expect(action.outputs[0].blocks).toMatchObject([{ name: 'gripper' }, { name: 'arm', names: JOINTS.toReversed() }]);
  });

  it('asks what no file says, and writes nothing before it knows', async () => {
    const [out, source] = [fresh(), policyFolder({}, ['a', 'b', 'c', 'd', 'e', 'f'])];
    await expect(run(source, { out, answers: NO_ANSWERS })).rejects.toThrow(
      /^missing --elements observation.state=<6 names> .*which the data call a, b, c, d, e, f.*; --elements action=<6 names>/,
    );
    expect(existsSync(out)).toBe(false);
    const replies: Record<string, string> = {
      '--elements': `=${[...JOINTS, 'gripper'].join(',')}`,
      '--joint-unit': 'deg',
      '--gripper-unit': '%',
    };
    const asked: string[] = [];
    const { answers: given } = await run(source, {
      ...{ out, answers: NO_ANSWERS },
      ask: async ([{ option, prefix }], before) => {
        asked.push(`${option} ${prefix}`.trim());
        return withAnswer(before, option, `${prefix}${replies[option].replace(/^=/, '')}`);
      },
    });
    expect(asked).toEqual(['--elements observation.state=', '--joint-unit', '--gripper-unit', '--elements action=']);
    expect(given.jointUnit).toBe('deg');
    expect(readdirSync(out).sort()).toEqual(['manifest.json', 'policy.onnx']);
  });

  it('a bare ONNX file needs every name, the rate and the normalisation', async () => {
    const graph = new OnnxGraph('net');
    const rows = graph.node('Concat', [graph.input('q', 'float32', [1, 6]), graph.input('goal', 'float32', [1, 6])], {
      axis: 1,
    });
    graph.output(
      'targets',
      [1, 2, 6],
      graph.node('Reshape', [rows, graph.constant([3], BigInt64Array.of(1n, 2n, 6n))]),
    );
    const file = join(write(new Map([['net.onnx', graph.bytes()]])), 'net.onnx');
    const line = await run(file, { answers: NO_ANSWERS }).catch((error: Error) => error.message);
    for (const option of [
      '--elements q=',
      '--elements goal=',
      '--statistics <file>|none',
      '--elements targets=',
      '--rate',
      '--chunk-steps',
    ]) {
      expect(line).toContain(option);
    }
    const elements = [...JOINTS, 'gripper'].join(',');
    const stats = join(
      write(new Map([['s.json', '{"q": {"mean": [0], "std": [2]}, "targets": {"min": [-1], "max": [1]}}']])),
      's.json',
    );
    const complete = answers(
      ...(['q', 'goal', 'targets'] as const).map((name) => ['--elements', `${name}=${elements}`] as const),
      ...([
        ['--joint-unit', 'rad'],
        ['--gripper-unit', 'm'],
        ['--rate', '20'],
        ['--chunk-steps', '1'],
      ] as const),
      ['--statistics', stats],
    );
    const { path, policy } = await run(file, { answers: complete });
    expect(policy).toBe('net');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      inputs: [{ normalisation: { type: 'mean_std', std: [2] } }, { normalisation: { type: 'none' } }],
      action: { period: 0.05, horizon: 2, inferencePeriod: 0.05, outputs: [{ normalisation: { type: 'min_max' } }] },
    });
  });

  /** A policy that hears: its task becomes tokens by the WordPiece of the tokenizer's own test. */
  const { file: wordpiece, cases } = JSON.parse(
    readFileSync(join(root, 'packages/policy/src/processors/tokenizer-cases.json'), 'utf8'),
  ).wordpiece as { readonly file: object; readonly cases: readonly { text: string; ids: readonly number[] }[] };
  const TOKENS = 12;
  const hearing = (...files: readonly (readonly [name: string, content: object])[]): string => {
    const config = { tokenizer_name: 'org/words', max_length: TOKENS, task_key: 'task', padding_side: 'right' };
    const steps = [
      { registry_name: 'smolvla_new_line_processor', config: {} },
      { registry_name: 'tokenizer_processor', config: { ...config, padding: 'max_length', truncation: true } },
    ];
    const folder = policyFolder({ tokens: TOKENS, steps });
    for (const [name, content] of files) writeFileSync(join(folder, name), JSON.stringify(content));
    return folder;
  };

  it('brings the tokenizer of a folder along, with its padding, and gives the graph the tokens of the words', async () => {
    const config = { pad_token: { content: '[UNK]' } };
    const { path, notes } = await run(hearing(['tokenizer.json', wordpiece], ['tokenizer_config.json', config]));
    expect(readdirSync(dirname(path)).sort()).toEqual(['manifest.json', 'policy.onnx', 'tokenizer.json']);
    const { inputs, sha256 } = JSON.parse(readFileSync(path, 'utf8'));
    expect(inputs.at(-1)).toMatchObject({
      ...{ type: 'text', name: 'observation.language.tokens', template: '{text}\n', length: TOKENS },
      padding: { side: 'right', token: 1 },
      tokenizer: { type: 'file', file: 'tokenizer.json' },
      mask: { name: 'observation.language.attention_mask', dtype: 'bool' },
    });
    expect(Object.keys(sha256)).toEqual(['policy.onnx', 'tokenizer.json']);
    expect(notes.join('\n')).toContain('the words become tokens as by org/words');

    const policy = await loadPolicyFromDirectory(dirname(path));
    const actionFor = async (said: string): Promise<number> => {
      const values: Record<string, StreamValue> = {
        joints: {
          ...{ names: [...JOINTS, 'gripper'], position: new Float64Array(6), velocity: new Float64Array(6) },
        },
        ...{ 'images.front': image(0), 'images.wrist': image(0), instruction: said },
      };
      const entries = policy.spec.inputs.map(
        (spec) => [spec.name, { spec, present: true, age: 0, stamp: 1, samples: [values[spec.name]] }] as const,
      );
      return (await policy.infer({ stamp: 1, inputs: new Map(entries) })).blocks.arm.data[0];
    };
    const [{ text, ids }] = cases;
    const silent = await actionFor('');
    const sum = (list: readonly number[]): number => list.reduce((total, id) => total + id, 0);
    // An empty text has the two tokens that are added.
    const turn = LEROBOT_TOKEN_GAIN * (sum(ids) - ids[0] - ids[ids.length - 1]) * statistics.action.std[0];
    expect((await actionFor(text)) - silent).toBeCloseTo((turn * Math.PI) / 180, 6);
    await policy.close();
  });

  it('asks for the tokenizer of a policy that hears, and for a padding that its files do not name', async () => {
    await expect(run(hearing())).rejects.toThrow(
      'missing --tokenizer <file> (tokenizer.json that makes the 12 tokens of observation.language.tokens)',
    );
    await expect(run(hearing(['tokenizer.json', wordpiece]))).rejects.toThrow(
      'missing --pad-token <n> (token that fills',
    );
    const file = join(write(new Map([['words.json', JSON.stringify(wordpiece)]])), 'words.json');
    const given = [
      ['--joint-unit', 'deg'],
      ['--gripper-unit', '%'],
      ['--tokenizer', file],
      ['--pad-token', '0'],
    ] as const;
    const { path } = await run(hearing(), { answers: answers(...given) });
    expect(JSON.parse(readFileSync(path, 'utf8')).inputs.at(-1)).toMatchObject({ padding: { token: 0 } });
    await expect(run(policyFolder(), { answers: answers(...given) })).rejects.toThrow(
      `--tokenizer ${file}: the graph has no input for tokens`,
    );
    const out = fresh();
    await expect(
      run(hearing(['tokenizer.json', { model: { type: 'Other' } }]), {
        out,
        answers: answers(...given.slice(0, 2), given[3]),
      }),
    ).rejects.toThrow(`${join(out, 'tokenizer.json')}: model.type is Other, expected BPE, WordPiece, Unigram`);
    expect(existsSync(out)).toBe(false);
  });

  it('a bare ONNX file that takes a string gets the instruction as it is', async () => {
    const graph = new OnnxGraph('net');
    const heard = graph.node(
      'Cast',
      [graph.node('Equal', [graph.input('prompt', 'string', [1]), graph.constant([6], [...'abcdef'])])],
      { to: 1 },
    );
    graph.output('targets', [1, 6], graph.node('Add', [heard, graph.input('q', 'float32', [1, 6])]));
    const file = join(write(new Map([['net.onnx', graph.bytes(19)]])), 'net.onnx');
    const elements = [...JOINTS, 'gripper'].join(',');
    const { path } = await run(file, {
      answers: answers(
        ...(['q', 'targets'] as const).map((name) => ['--elements', `${name}=${elements}`] as const),
        ...([
          ['--joint-unit', 'rad'],
          ['--gripper-unit', 'm'],
          ['--rate', '20'],
          ['--chunk-steps', '1'],
          ['--statistics', 'none'],
        ] as const),
      ),
    });
    expect(JSON.parse(readFileSync(path, 'utf8')).inputs[0]).toMatchObject({ type: 'raw_text', name: 'prompt' });
  });

  it('binds the numbers of a robot with two arms by name: a block for each arm and each gripper', async () => {
    const two = join(root, 'robots/two_arms');
    const links = ['waist', 'shoulder_lift', 'elbow', 'forearm_roll', 'wrist_angle', 'wrist_rotate'];
    const names = ['right', 'left'].flatMap((arm) => [...links, 'gripper'].map((each) => `${arm}_${each}.pos`));
    const numbers = { mean: names.map(() => 0), std: names.map(() => 0.1) };
    const source = policyFolder(
      {
        ...{ size: 14, cameras: ['front'] },
        statistics: {
          ...{ 'observation.state': numbers, action: numbers },
          'observation.images.front': { mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] },
        },
      },
      names,
    );
    const { path, robot } = await run(source, {
      robot: two,
      answers: answers(['--joint-unit', 'rad'], ['--gripper-unit', 'm']),
    });
    expect(robot).toBe('two_arms');
    const policy = await loadPolicyFromDirectory(dirname(path));
    expect(policy.spec.actions).toMatchObject([
      { name: 'right.arm', group: 'right', names: links.map((link) => `right_${link}`) },
      { name: 'right.gripper', group: 'right', names: ['width'] },
      { name: 'left.arm', group: 'left', names: links.map((link) => `left_${link}`) },
      { name: 'left.gripper', group: 'left' },
    ]);
    expect(policy.spec.inputs.map(({ name }) => name)).toEqual([
      ...['joints', 'ee_state.right', 'ee_state.left', 'images.front'],
    ]);
    const { faults } = await checkPolicy({ policy, robot: await robotChoice(two), tasks: [] });
    expect(faults).toEqual([]);
    await policy.close();
  });

  it('a folder without a graph names the command that makes it', async () => {
    const source = policyFolder({ graph: false });
    await expect(run(source)).rejects.toThrow(
      `${source}: no policy.onnx, which this command makes: python training/lerobot/export.py --policy ${source}`,
    );
  });

  const edited = (name: string, content: string | Uint8Array) => {
    const files = new Map<string, Uint8Array | string>(lerobotFolder({ statistics, rows: ROWS }));
    return write(files.set(name, content));
  };
  it.each<[string, () => string, RegExp]>([
    [
      'a folder that is no policy',
      () => write(new Map([['a.txt', '']])),
      /: no config.json, expected a policy folder of LeRobot/,
    ],
    ['a config.json that is not JSON', () => edited('config.json', '{'), /config.json: expected JSON, /],
    [
      'a config.json without a type',
      () => edited('config.json', '{}'),
      /config.json: type is missing, expected string/,
    ],
    [
      'a graph that is no ONNX',
      () => edited('policy.onnx', 'onnx'),
      /policy.onnx: onnxruntime-node rejects it .*, expected an ONNX file/,
    ],
    [
      'a graph of another size',
      () => {
        const files = new Map(lerobotFolder({ statistics, rows: ROWS }));
        return write(files.set('policy.onnx', lerobotFolder({ statistics, image: [64, 96] }).get('policy.onnx')!));
      },
      /input observation.images.front has samples of \[3,64,96\], expected \[3,96,96\] as in config.json/,
    ],
    [
      'a pipeline that is a list',
      () => edited('policy_preprocessor.json', '[]'),
      /policy_preprocessor.json: file is \[\], expected object/,
    ],
    [
      'a file of statistics elsewhere',
      () => {
        const files = new Map<string, Uint8Array | string>(lerobotFolder({ statistics, rows: ROWS }));
        const text = new TextDecoder().decode(files.get('policy_preprocessor.json') as Uint8Array);
        return write(
          files.set('policy_preprocessor.json', text.replace(/"policy_pre.*safetensors"/, '"../../x.safetensors"')),
        );
      },
      /state_file ..\/..\/x.safetensors, expected a file of the folder/,
    ],
  ])('refuses %s in one line, and writes nothing', async (_, make, line) => {
    const out = fresh();
    const failure = run(make(), { out });
    await expect(failure).rejects.toThrow(InputError);
    await expect(failure).rejects.toThrow(line);
    expect(existsSync(out)).toBe(false);
  });

  it('refuses to replace a manifest unless it is told to', async () => {
    const [out, source] = [fresh(), policyFolder()];
    await run(source, { out });
    await expect(run(source, { out })).rejects.toThrow(`${join(out, 'manifest.json')}: is already there; --force`);
    await run(source, { out, overwrite: 'replace' });
  });
});
