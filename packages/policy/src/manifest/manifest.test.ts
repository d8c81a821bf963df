import { PolicyError } from '@praxis/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyPolicy } from '../testing/index.ts';
import { type BlocksManifest, type DisplacementManifest, type Manifest, parseEncoderManifest } from './manifest.ts';

let text = '';
beforeAll(async () => {
  text = new TextDecoder().decode((await tinyPolicy()).get('manifest.json'));
});

/** A manifest as JSON, where `null` stands for an infinite maximum age. */
type Editable = { -readonly [K in keyof Manifest]: K extends 'action' ? DisplacementManifest : Manifest[K] };

/** Returns the error message for a manifest after one change, without the file's name. */
const complaint = (change: (manifest: Editable) => void): string => {
  const json = JSON.parse(text);
  change(json);
  try {
    parseEncoderManifest(json, 'models/x/manifest.json');
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyError);
    expect((error as Error).message).not.toContain('\n');
    return (error as Error).message.replace('models/x/manifest.json: ', '');
  }
  return 'accepted';
};

const unknown = (value: unknown): never => value as never;

describe('parseEncoderManifest', () => {
  it('returns typed values, and infinity for a maximum age of null', () => {
    const manifest = parseEncoderManifest(JSON.parse(text), 'x');
    expect(manifest.encoders.map((encoder) => encoder.name)).toEqual([
      'front',
      'wrist',
      'wrench',
      'language',
      'joints',
    ]);
    expect(manifest.encoders[3].input.maximumAge).toBe(Number.POSITIVE_INFINITY);
  });

  it('keeps additional fields of training and evaluation', () => {
    const json = JSON.parse(text);
    json.training.gpu = 'none';
    json.evaluation = [{ task: 'pick', episodes: 200 }];
    const { training, evaluation } = parseEncoderManifest(json, 'x');
    expect(training.gpu).toBe('none');
    expect(evaluation[0]).toEqual({ task: 'pick', episodes: 200 });
  });

  it('reads a missing limit of a joint as infinite, and takes a manifest that names no robot', () => {
    const json = JSON.parse(text);
    json.robots[0].lower[0] = null;
    json.robots[0].upper[0] = null;
    const [robot] = parseEncoderManifest(json, 'x').robots!;
    expect([robot.lower[0], robot.upper[0]]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    delete json.robots;
    expect(parseEncoderManifest(json, 'x').robots).toBeUndefined();
  });

  it('names the file, the field, its value and the expected value', () => {
    const json = JSON.parse(text);
    json.encoders[2].input.rateHz = 'fast';
    expect(() => parseEncoderManifest(json, 'models/x/manifest.json')).toThrow(
      'models/x/manifest.json: encoders[2].input.rateHz is "fast", expected number',
    );
  });

  it.each<[string, (manifest: Editable) => void, string]>([
    [
      'an empty object',
      (m) => {
        for (const key of Object.keys(m)) delete (m as Record<string, unknown>)[key];
      },
      'name is missing, expected string',
    ],
    [
      'a std of 0',
      (m) => ((unknown(m.encoders[4].input.processor) as { std: number[] }).std[2] = 0),
      'encoders[4].input.processor.std[2] is 0, expected number to be >0',
    ],
    [
      'an action std of 0',
      (m) => {
        m.action.std[3][6] = 0;
      },
      'action.std[3][6] is 0, expected number to be >0',
    ],
    [
      'a mean that is not a number',
      (m) => {
        m.action.mean[0][0] = unknown(null);
      },
      'action.mean[0][0] is null, expected number',
    ],
    [
      'too few statistics',
      (m) => (unknown(m.encoders[2].input.processor) as { mean: number[] }).mean.pop(),
      'encoders[2].input.processor.mean is [0,0,-1,0,0], expected 6 numbers',
    ],
    [
      'too few action rows',
      (m) => {
        m.action.mean.pop();
      },
      'action.mean is 15, expected 16 rows, equal to the horizon',
    ],
    [
      'a short action row',
      (m) => {
        m.action.std[5].pop();
      },
      'action.std[5] is [0.05,0.05,0.05,0.1,0.1,0.1], expected 7 numbers',
    ],
    [
      'an unknown processor',
      (m) => {
        m.encoders[0].input.processor = unknown({ type: 'audio' });
      },
      "expected type 'image', 'vector' or 'tokens'",
    ],
    [
      'a file outside the folder',
      (m) => {
        m.encoders[0].file = '../vision.onnx';
      },
      'encoders[0].file is "../vision.onnx", expected a plain file name without folders',
    ],
    [
      'a file without a digest',
      (m) => {
        delete m.sha256['fusion.onnx'];
      },
      'sha256.fusion.onnx is missing, expected the digest of the file',
    ],
    [
      'an invalid digest',
      (m) => {
        m.sha256['fusion.onnx'] = 'abc';
      },
      'sha256.fusion.onnx is "abc", expected 64 hexadecimal digits',
    ],
    [
      'two encoders of one name',
      (m) => {
        m.encoders[1].name = 'front';
      },
      'encoders[1].name is "front", expected a name that no other encoder has',
    ],
    [
      'an image of 3e18 elements',
      (m) => {
        m.encoders[0].input.shape = [1e9, 1e9, 3];
      },
      'encoders[0].input.shape[0] is 1000000000, expected at most 67108864 elements',
    ],
    [
      'an image of 3e8 elements',
      (m) => {
        m.encoders[0].input.shape = [1e4, 1e4, 3];
      },
      'encoders[0].input.shape is [10000,10000,3], expected at most 67108864 elements',
    ],
    [
      'an output of 1e9 elements',
      (m) => {
        m.encoders[0].outputs[0].shape = [1, 1e9];
      },
      'encoders[0].outputs[0].shape[1] is 1000000000, expected at most 67108864 elements',
    ],
    [
      'a window of many vectors',
      (m) => {
        m.encoders[m.encoders.length - 1].input.window = 2 ** 26;
      },
      'window is 67108864, expected at most 67108864 elements in the samples of a window',
    ],
    [
      'a field that is nested too deeply',
      (m) => {
        m.action.horizon = unknown(JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)));
      },
      'action.horizon is a value that is nested too deeply, expected number',
    ],
    [
      'an image of four channels',
      (m) => {
        m.encoders[0].input.shape = [96, 96, 4];
      },
      'encoders[0].input.shape is [96,96,4], expected [height, width, 3]',
    ],
    [
      'a window of images',
      (m) => {
        m.encoders[0].input.window = 2;
      },
      'encoders[0].input.window is 2, expected 1 for every processor except vector',
    ],
    [
      'a vocabulary without <unk>',
      (m) => (unknown(m.encoders[3].input.processor) as { vocabulary: string[] }).vocabulary.splice(1, 1),
      `vocabulary[1] is "lift", expected '<unk>'`,
    ],
    [
      'a word twice',
      (m) => (unknown(m.encoders[3].input.processor) as { vocabulary: string[] }).vocabulary.push('red'),
      'vocabulary[7] is "red", expected words that differ',
    ],
    [
      'units for some elements',
      (m) => {
        m.encoders[2].input.unit = ['N'];
      },
      'encoders[2].input.unit is ["N"], expected 6 entries',
    ],
    [
      'a fusion input that no encoder has',
      (m) => {
        m.fusion.inputs[0].name = 'back.features';
      },
      'fusion.inputs[0].name is "back.features", expected each name once out of present, front.features',
    ],
    [
      'a fusion input of another shape',
      (m) => {
        m.fusion.inputs[0].shape = [1, 2, 8];
      },
      'fusion.inputs[0].shape is [1,2,8], expected [1,1,8] for front.features',
    ],
    [
      'no mask',
      (m) => {
        m.fusion.inputs.pop();
      },
      "expected an input 'present'",
    ],
    [
      'no gates',
      (m) => {
        m.fusion.outputs.splice(1, 1);
      },
      `fusion.outputs is ["actions","grounding"], expected an output 'gates'`,
    ],
    [
      'another action space',
      (m) => {
        m.action.space = unknown('joints');
      },
      'action.space is "joints", expected "ee_delta" or "blocks"',
    ],
    [
      'degrees',
      (m) => {
        m.action.unit[3] = 'deg';
      },
      'action.unit is ["m","m","m","deg","rad","rad","m"], expected [m,m,m,rad,rad,rad,m]',
    ],
    [
      'no encoder of the reference pose',
      (m) => {
        m.encoders[4].input.stream = 'joints';
      },
      'expected an encoder that reads ee_state of shape [8], the reference of ee_delta',
    ],
    [
      'two encoders that declare one stream differently',
      (m) => {
        m.encoders[1].input.stream = 'images.front';
      },
      'encoders[1].input.frame is "camera_wrist_optical_frame", expected "camera_front_optical_frame", as encoder front declares images.front',
    ],
    [
      'a robot with a limit too few',
      (m) => {
        m.robots![0].upper.pop();
      },
      'robots[0].upper is [2.8973,1.7628,2.8973,-0.0698,2.8973,3.7525], expected 7 numbers, one for each joint',
    ],
    [
      'a robot whose tool has no orientation',
      (m) => {
        m.robots![0].toolPose = [0, 0, 0, 0, 0, 0, 0];
      },
      'robots[0].toolPose is [0,0,0,0,0,0,0], expected a quaternion of length 1',
    ],
    [
      'a gripper that closes to more than it opens',
      (m) => {
        m.robots![0].gripperRange = [0.08, 0];
      },
      'robots[0].gripperRange is [0.08,0], expected the least width below the greatest',
    ],
    [
      'no provenance',
      (m) => {
        m.training = unknown({ command: 'train' });
      },
      'training.seed is missing, expected number',
    ],
  ])('refuses %s', (_, change, expected) => {
    expect(complaint(change)).toContain(expected);
  });
});

describe('actions in any space', () => {
  const blocks = (): BlocksManifest => ({
    space: 'blocks',
    period: 0.05,
    horizon: 16,
    inferencePeriod: 0.1,
    blocks: [
      {
        name: 'arm',
        space: 'joint_delta',
        names: ['j1', 'j2', 'j3', 'j4', 'j5', 'j6'],
        unit: 'rad',
        frame: '',
        group: 'left',
        reference: 'previous',
        mean: [[0, 0, 0, 0, 0, 0]],
        std: [[1, 1, 1, 1, 1, 1]],
      },
      { name: 'grip', space: 'gripper', names: ['opening'], unit: '1', frame: '', mean: [[0.5]], std: [[0.5]] },
    ],
  });
  const complaintOf = (change: (action: BlocksManifest) => unknown): string => {
    const action = blocks();
    change(action);
    return complaint((manifest) => {
      manifest.action = unknown(action);
    });
  };

  it('need no pose of the tool among the inputs', () => {
    const json = JSON.parse(text);
    json.action = blocks();
    json.encoders[4].input.stream = 'joints';
    expect(parseEncoderManifest(json, 'x').action).toEqual(blocks());
  });

  it.each<[string, (action: BlocksManifest) => unknown, string]>([
    [
      'an unknown space',
      (a) => Object.assign(a.blocks[0], { space: unknown('joint_torque') }),
      'action.blocks[0].space is "joint_torque"',
    ],
    [
      'one name twice',
      (a) => Object.assign(a.blocks[1], { name: 'arm' }),
      'action.blocks[1].name is "arm", expected a name that no other',
    ],
    [
      'too many elements',
      (a) => a.blocks[0].names.push('j7'),
      'fusion.outputs[0].shape is [1,16,7], expected [1,16,8] for action',
    ],
    [
      'a width in openings',
      (a) => Object.assign(a.blocks[1], { names: ['width'] }),
      'action.blocks[1].names is ["width"], expected [opening]',
    ],
    [
      'an absolute delta',
      (a) => Object.assign(a.blocks[0], { reference: 'absolute' }),
      'expected observation or previous for joint_delta',
    ],
    [
      'a mean of three rows',
      (a) => a.blocks[1].mean.push([0], [0]),
      'action.blocks[1].mean is 3, expected 1 row, or 16',
    ],
    [
      'a deviation of 0',
      (a) => Object.assign(a.blocks[1], { std: [[0]] }),
      'action.blocks[1].std[0][0] is 0, expected number to be >0',
    ],
  ])('refuse %s', (_, change, message) => {
    expect(complaintOf(change)).toContain(message);
  });
});
