import { PolicyError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { type GraphManifestFile, PRAXIS_ARM } from '../testing/index.ts';
import { parseGraphManifest } from './graph-manifest.ts';
import { graphStatistics } from './graph-statistics.ts';
import { graphStreams } from './graph-streams.ts';
import { parseManifest } from './parse.ts';

const JOINTS = ['shoulder', 'elbow', 'wrist'];

/** A manifest as JSON, which a test changes at will. */
// biome-ignore lint/suspicious/noExplicitAny: a test writes what no type allows
type Editable = any;

const manifest = (): GraphManifestFile => ({
  ...{ manifestVersion: 2, name: 'act', version: '1', graph: 'policy.onnx' },
  sha256: { 'policy.onnx': '0'.repeat(64), 'tokenizer.json': '1'.repeat(64) },
  robots: [{ ...PRAXIS_ARM, gripperRange: [0, 0.08] } as never],
  inputs: [
    {
      ...{ type: 'vector', name: 'state' },
      parts: [
        { stream: 'joints', names: JOINTS, unit: 'deg', maximumAge: 0.1 },
        { stream: 'wrench', size: 6, unit: ['N', 'N', 'N', 'N m', 'N m', 'N m'], maximumAge: null },
      ],
      normalisation: { type: 'mean_std', mean: [10, 20, 30, 0, 0, 0, 0, 0, 0], std: [2] },
    },
    {
      ...{ type: 'image', name: 'front', stream: 'images.front', height: 96, width: 128, maximumAge: 0.2 },
      transform: [
        { type: 'resize', height: 100, width: 140, interpolation: 'bilinear' },
        { type: 'crop', height: 96, width: 128 },
      ],
    },
    {
      ...{ type: 'text', name: 'ids', length: 8, mask: { name: 'mask' } },
      tokenizer: { type: 'file', file: 'tokenizer.json' },
    },
  ],
  action: {
    ...{ period: 0.05, horizon: 4, inferencePeriod: 0.2 },
    outputs: [
      {
        name: 'action',
        normalisation: { type: 'min_max', min: [-1, -1, -1, 0], max: [1, 1, 1, 1] },
        blocks: [
          { space: 'joint_position', name: 'arm', names: JOINTS, unit: 'deg' },
          { space: 'gripper', name: 'gripper', names: ['opening'], unit: '1' },
        ],
      },
    ],
  },
});

/** Error for a manifest after one change, without the file's name. */
function complaint(change: (file: Editable) => void): string {
  const file = structuredClone(manifest());
  change(file);
  try {
    parseManifest(JSON.parse(JSON.stringify(file)), 'x/manifest.json');
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyError);
    const { message } = error as Error;
    expect(message).not.toContain('\n');
    expect(message.startsWith('x/manifest.json: ')).toBe(true);
    return message.slice('x/manifest.json: '.length);
  }
  return 'accepted';
}

describe('parseManifest of version 2', () => {
  it('accepts a manifest and fills in what it leaves out', () => {
    const parsed = parseGraphManifest(manifest(), 'x');
    expect(parsed).toMatchObject({ tasks: [], observation: { steps: 1 }, action: { firstRow: 0 } });
    expect(parsed.inputs[0]).toMatchObject({ absent: 'refuse', parts: [{}, { maximumAge: Infinity }] });
    expect(parsed.inputs[1]).toMatchObject({ values: '0..1', channels: 'rgb', dtype: 'float32' });
    expect(parsed.inputs[2]).toMatchObject({ stream: 'instruction', template: '{text}', padding: { side: 'right' } });
  });

  it('binds streams by name, in SI units, and leaves open what it does not say', () => {
    expect(graphStreams(parseGraphManifest(manifest(), 'x'))).toEqual([
      {
        ...{ name: 'joints', modality: 'joints', dtype: 'float64', shape: [3], unit: ['rad', 'rad', 'rad'] },
        ...{ names: JOINTS, frame: '', open: ['frame'], rateHz: 0, maximumAge: 0.1, window: 1 },
      },
      {
        ...{ name: 'wrench', modality: 'wrench', dtype: 'float64', shape: [6], frame: '', open: ['frame'] },
        ...{ unit: ['N', 'N', 'N', 'N m', 'N m', 'N m'], rateHz: 0, maximumAge: Infinity, window: 1 },
      },
      {
        ...{ name: 'images.front', modality: 'vision', dtype: 'uint8', shape: [96, 128, 3], unit: 'rgb8' },
        ...{ frame: '', open: ['size', 'frame'], rateHz: 0, maximumAge: 0.2, window: 1 },
      },
      {
        ...{ name: 'instruction', modality: 'language', dtype: 'string', shape: [], unit: '1', frame: '' },
        ...{ open: ['frame'], rateHz: 0, maximumAge: Infinity, window: 1 },
      },
    ]);
  });

  it('reads one stream for several inputs with the names and the history of all', () => {
    const file = structuredClone(manifest()) as Editable;
    file.observation = { steps: 3, spacing: 0.1 };
    file.inputs[0].parts[0] = { stream: 'joints', names: ['elbow', 'jaw'], unit: 'deg', maximumAge: 0.1 };
    file.inputs[0].normalisation = { type: 'none' };
    file.inputs.push({
      ...{ type: 'vector', name: 'velocity', steps: 1 },
      parts: [
        { ...{ stream: 'joints', names: ['wrist', 'elbow'], unit: 'rad/s', quantity: 'velocity' }, maximumAge: 0.05 },
      ],
    });
    expect(graphStreams(parseGraphManifest(file, 'x'))[0]).toMatchObject({
      ...{ names: ['elbow', 'jaw', 'wrist'], shape: [3], unit: ['rad', 'rad', 'rad'] },
      ...{ window: 3, spacing: 0.1, maximumAge: 0.05 },
    });
  });

  it('says what the streams were in training, in SI', () => {
    const file = structuredClone(manifest()) as Editable;
    file.inputs[0].parts[0].map = { from: [0, 1], to: [0, -2] };
    const [joints, wrench] = graphStatistics(parseGraphManifest(file, 'x'));
    const degree = Math.PI / 180;
    expect(joints.names).toEqual(JOINTS);
    for (const i of [0, 1, 2]) {
      expect(joints.mean[i]).toBeCloseTo(-5 * (i + 1) * degree, 12);
      expect(joints.std[i]).toBeCloseTo(degree, 12);
    }
    expect(wrench).toMatchObject({
      stream: 'wrench',
      names: expect.arrayContaining(['element 5']),
      std: [2, 2, 2, 2, 2, 2],
    });
  });

  const state = (file: Editable) => file.inputs[0];
  const part = (file: Editable) => file.inputs[0].parts[0];
  const image = (file: Editable) => file.inputs[1];
  const text = (file: Editable) => file.inputs[2];
  const output = (file: Editable) => file.action.outputs[0];
  const arm = (file: Editable) => file.action.outputs[0].blocks[0];

  it.each<[string, (file: Editable) => unknown, string]>([
    ['another version', (m) => (m.manifestVersion = 3), 'manifestVersion is 3, expected 1 or 2'],
    ['an unknown field', (m) => (m.grpah = 'x'), 'grpah is "x", expected no such field'],
    [
      'a file in a folder',
      (m) => (m.graph = '../policy.onnx'),
      'graph is "../policy.onnx", expected a plain file name',
    ],
    ['no digest of the graph', (m) => delete m.sha256['policy.onnx'], 'sha256.policy.onnx is missing'],
    ['no digest of a tokenizer', (m) => delete m.sha256['tokenizer.json'], 'sha256.tokenizer.json is missing'],
    [
      'an unknown type of input',
      (m) => (state(m).type = 'state'),
      "inputs[0].type is \"state\", expected type 'image', 'vector', 'text' or 'raw_text'",
    ],
    [
      'a name of two inputs',
      (m) => (image(m).name = 'state'),
      'inputs[1].name is "state", expected a name that no other input has',
    ],
    [
      'a mask with the name of an input',
      (m) => (text(m).mask.name = 'front'),
      'inputs[2].mask.name is "front", expected a name',
    ],
    [
      'steps without spacing',
      (m) => (m.observation = { steps: 2 }),
      'observation.spacing is missing, expected the time between',
    ],
    [
      'an axis that is missing',
      (m) => (image(m).axes = ['batch', 'height', 'width']),
      'expected channel, height, width once each',
    ],
    ['an axis twice', (m) => (state(m).axes = ['element', 'element']), 'inputs[0].axes is ["element","element"]'],
    [
      'no axis for the steps',
      (m) => {
        m.observation = { steps: 2, spacing: 0.1 };
        state(m).axes = ['batch', 'element'];
      },
      'inputs[0].axes is ["batch","element"], expected step, element once each, in any order',
    ],
    [
      'too few means',
      (m) => (state(m).normalisation.mean = [1, 2]),
      'inputs[0].normalisation.mean is [1,2], expected 9 numbers, or one for all',
    ],
    ['a deviation of 0', (m) => (state(m).normalisation.std = [0]), 'inputs[0].normalisation.std[0] is 0, expected'],
    [
      'an unknown normalisation',
      (m) => (state(m).normalisation.type = 'zscore'),
      "expected type 'none', 'mean_std', 'min_max' or 'quantiles'",
    ],
    [
      'rows of an input',
      (m) => (state(m).normalisation.mean = [[1]]),
      'inputs[0].normalisation.mean[0] is [1], expected number',
    ],
    ['neither names nor size', (m) => delete part(m).names, 'inputs[0].parts[0].names is missing, expected names, or'],
    [
      'names and size',
      (m) => (part(m).size = 3),
      'inputs[0].parts[0].names is ["shoulder","elbow","wrist"], expected names, or',
    ],
    [
      'a name twice',
      (m) => (part(m).names = ['elbow', 'elbow', 'wrist']),
      'inputs[0].parts[0].names is "elbow", expected names that differ',
    ],
    ['too few units', (m) => (part(m).unit = ['deg']), 'inputs[0].parts[0].unit is ["deg"], expected 3 units'],
    [
      'a velocity without names',
      (m) => (state(m).parts[1].quantity = 'velocity'),
      'inputs[0].parts[1].quantity is "velocity", expected position',
    ],
    [
      'a map without width',
      (m) => (part(m).map = { from: [1, 1], to: [0, 1] }),
      'inputs[0].parts[0].map.from is [1,1], expected two different numbers',
    ],
    [
      'two units of one joint',
      (m) => state(m).parts.splice(1, 1, { ...part(m), unit: 'm' }) && delete state(m).normalisation,
      'inputs[0].parts[1].unit is "m", expected one of rad for shoulder, as in inputs[0].parts[0]',
    ],
    [
      'a stream as image and as vector',
      (m) => (image(m).stream = 'joints'),
      'inputs[1].dtype is "uint8", expected float64, as in inputs[0].parts[0]',
    ],
    [
      'two modalities of one stream',
      (m) => state(m).parts.splice(1, 1, { ...part(m), modality: 'touch' }) && delete state(m).normalisation,
      'inputs[0].parts[1].modality is "touch", expected joints, as in inputs[0].parts[0]',
    ],
    [
      'another size after the transform',
      (m) => (image(m).height = 90),
      'inputs[1].transform[1] is "96 x 128", expected 90 x 128',
    ],
    [
      'a crop that is too large',
      (m) => (image(m).transform[1].left = 20),
      'inputs[1].transform[1] is "96 x 128 at row 0, column 20", expected a part of 100 x 140',
    ],
    [
      'no interpolation',
      (m) => delete image(m).transform[0].interpolation,
      'inputs[1].transform[0].interpolation is missing',
    ],
    ['bytes of 0..1', (m) => (image(m).dtype = 'uint8'), 'inputs[1].values is "0..1", expected 0..255 for uint8'],
    [
      'two statistics of a channel',
      (m) => (image(m).normalisation = { type: 'mean_std', mean: [0, 0], std: [1] }),
      'inputs[1].normalisation.mean is [0,0], expected 3 numbers',
    ],
    [
      'a template without the text',
      (m) => (text(m).template = 'go'),
      'inputs[2].template is "go", expected a text with {text}',
    ],
    [
      'words without padding',
      (m) => (text(m).tokenizer = { type: 'words', vocabulary: ['a', 'b'] }),
      'inputs[2].tokenizer.vocabulary[0] is "a", expected \'<pad>\'',
    ],
    [
      'an unknown tokenizer',
      (m) => (text(m).tokenizer = { type: 'bpe' }),
      "inputs[2].tokenizer.type is \"bpe\", expected type 'words' or 'file'",
    ],
    [
      'an image that fits no memory',
      (m) => (image(m).width = 2 ** 26),
      'inputs[1] is 19327352832, expected at most 67108864 elements',
    ],
    ['a length of 0', (m) => (text(m).length = 0), 'inputs[2].length is 0, expected'],
    ['an unknown space', (m) => (arm(m).space = 'joint_torque'), 'expected ee_pose, ee_delta'],
    [
      'names of another space',
      (m) => Object.assign(arm(m), { space: 'ee_twist' }),
      'action.outputs[0].blocks[0].names is ["shoulder","elbow","wrist"], expected [vx,vy,vz,wx,wy,wz]',
    ],
    [
      'a joint twice',
      (m) => (arm(m).names = ['elbow', 'elbow', 'wrist']),
      'action.outputs[0].blocks[0].names is "elbow", expected names that differ',
    ],
    [
      'a width as an opening',
      (m) => (output(m).blocks[1].unit = 'm'),
      'action.outputs[0].blocks[1].names is ["opening"], expected [width]',
    ],
    [
      'too few units of an action',
      (m) => (arm(m).unit = ['deg']),
      'action.outputs[0].blocks[0].unit is ["deg"], expected 3 units',
    ],
    [
      'a reference that the space lacks',
      (m) => (arm(m).reference = 'previous'),
      'action.outputs[0].blocks[0].reference is "previous", expected absolute',
    ],
    [
      'limits the wrong way round',
      (m) => (output(m).blocks[1].limits = [1, 0]),
      'action.outputs[0].blocks[1].limits is [1,0], expected the least number',
    ],
    [
      'a block twice',
      (m) => (output(m).blocks[1].name = 'arm'),
      'action.outputs[0].blocks[1].name is "arm", expected a name that no other block has',
    ],
    [
      'an output twice',
      (m) => m.action.outputs.push(output(m)),
      'action.outputs[1].name is "action", expected a name that no other output has',
    ],
    [
      'no action',
      (m) => (output(m).blocks = [{ space: 'unused', size: 4 }]),
      'action.outputs is ["action"], expected at least one action',
    ],
    [
      'statistics of an output',
      (m) => (output(m).normalisation.max = [1, 1]),
      'action.outputs[0].normalisation.max is [1,1], expected 4 numbers',
    ],
    [
      'rows of statistics',
      (m) => (output(m).normalisation.max = [[1], [1]]),
      'action.outputs[0].normalisation.max is 2, expected 1 row, or 4',
    ],
    [
      'a maximum below the minimum',
      (m) => (output(m).normalisation.max = [1, -2, 1, 1]),
      'action.outputs[0].normalisation.max is -2, expected at least -1',
    ],
    ['too few rows', (m) => Object.assign(m.action, { rows: 4, firstRow: 1 }), 'action.rows is 4, expected at least 5'],
    [
      'no axis for the rows',
      (m) => (output(m).axes = ['batch', 'element']),
      'action.outputs[0].axes is ["batch","element"], expected step, element once each',
    ],
    ['a robot with too few limits', (m) => m.robots[0].lower.pop(), 'robots[0].lower is'],
  ])('refuses %s', (_, change, message) => {
    expect(complaint(change)).toContain(message);
  });
});
