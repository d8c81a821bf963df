import { PolicyError } from '@praxis/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyPolicy } from '../testing/index.ts';
import { type Manifest, parseManifest } from './manifest.ts';

let text = '';
beforeAll(async () => {
  text = new TextDecoder().decode((await tinyPolicy()).get('manifest.json'));
});

/** A manifest as JSON, where `null` stands for an infinite maximum age. */
type Editable = { -readonly [K in keyof Manifest]: Manifest[K] };

/** Returns the error message for a manifest after one change, without the file's name. */
const complaint = (change: (manifest: Editable) => void): string => {
  const json = JSON.parse(text);
  change(json);
  try {
    parseManifest(json, 'models/x/manifest.json');
  } catch (error) {
    expect(error).toBeInstanceOf(PolicyError);
    expect((error as Error).message).not.toContain('\n');
    return (error as Error).message.replace('models/x/manifest.json: ', '');
  }
  return 'accepted';
};

const unknown = (value: unknown): never => value as never;

describe('parseManifest', () => {
  it('returns typed values, and infinity for a maximum age of null', () => {
    const manifest = parseManifest(JSON.parse(text), 'x');
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
    const { training, evaluation } = parseManifest(json, 'x');
    expect(training.gpu).toBe('none');
    expect(evaluation[0]).toEqual({ task: 'pick', episodes: 200 });
  });

  it('names the file, the field, its value and the expected value', () => {
    const json = JSON.parse(text);
    json.encoders[2].input.rateHz = 'fast';
    expect(() => parseManifest(json, 'models/x/manifest.json')).toThrow(
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
      'action.space is "joints", expected "ee_delta"',
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
