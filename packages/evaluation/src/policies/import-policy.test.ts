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
  type LerobotFolderOptions,
  lerobotFolder,
  OnnxGraph,
} from '@praxis/policy/testing';
import { afterAll, describe, expect, it } from 'vitest';
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
