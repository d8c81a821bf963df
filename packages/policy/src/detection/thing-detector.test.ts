import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DetectionManifest, Manifest } from '../manifest/manifest.ts';
import { parseEncoderManifest } from '../manifest/manifest.ts';
import { nodeBackend } from '../node/backend.ts';
import { sha256 } from '../onnx/files.ts';
import { OnnxGraph } from '../testing/graph.ts';
import { tinyPolicy } from '../testing/index.ts';
import { loadThingDetector, type ThingDetector } from './thing-detector.ts';

const CELLS = 4;
const ENTRY: DetectionManifest = {
  file: 'detection.onnx',
  cameras: ['front', 'wrist'],
  inputs: [{ name: 'image', shape: [1, 3, 96, 96] }],
  output: { name: 'things', shape: [1, 6, CELLS] },
  words: [['red', 'blue'], ['cube']],
  threshold: 0.5,
};

/** A graph that finds a thing in the second cell when the picture is bright: its confidence is the mean of the picture. */
function detectionGraph(): Uint8Array {
  const graph = new OnnxGraph('detection');
  const image = graph.input('image', 'float32', [1, 3, 96, 96]);
  const mean = graph.node('ReduceMean', [image], { axes: [1, 2, 3], keepdims: 1 });
  const flat = graph.node('Reshape', [mean, graph.constant([3], BigInt64Array.of(1n, 1n, 1n))]);
  const pattern = new Float32Array(6 * CELLS);
  pattern[1] = 1;
  const fixed = new Float32Array(6 * CELLS);
  fixed.set([0.25, 0.75, 0.25, 0.75], CELLS);
  fixed.set([0.25, 0.25, 0.75, 0.75], 2 * CELLS);
  fixed.set([0.9, 0.9, 0.9, 0.9], 3 * CELLS);
  fixed.fill(1, 5 * CELLS);
  const scaled = graph.node('Mul', [flat, graph.constant([1, 6, CELLS], pattern)]);
  graph.output('things', [1, 6, CELLS], graph.node('Add', [scaled, graph.constant([1, 6, CELLS], fixed)]));
  return graph.bytes();
}

async function policyWith(change: (entry: Record<string, unknown>) => void = () => undefined) {
  const files = new Map(await tinyPolicy());
  const json = JSON.parse(new TextDecoder().decode(files.get('manifest.json')));
  const bytes = detectionGraph();
  files.set('detection.onnx', bytes);
  json.sha256['detection.onnx'] = await sha256(bytes);
  json.detection = structuredClone(ENTRY);
  change(json.detection);
  return { files, json };
}

async function load(given: {
  files: ReadonlyMap<string, Uint8Array>;
  json: unknown;
}): Promise<ThingDetector | undefined> {
  const manifest: Manifest = parseEncoderManifest(given.json, 'm');
  return loadThingDetector(manifest, {
    backend: nodeBackend(),
    read: async (file) => given.files.get(file)!,
  });
}

const picture = (level: number) => ({ width: 96, height: 96, data: new Uint8Array(96 * 96 * 3).fill(level) });

describe('ThingDetector', () => {
  let detector: ThingDetector;
  beforeAll(async () => {
    detector = (await load(await policyWith()))!;
  });
  afterAll(() => detector.close());

  it('finds things in the picture of each camera, with place and words', async () => {
    expect(detector.cameras).toEqual(['front', 'wrist']);
    const [thing, ...more] = await detector.find('wrist', picture(255));
    expect(more).toEqual([]);
    expect(thing.x).toBeCloseTo(0.75, 6);
    expect(thing.y).toBeCloseTo(0.25, 6);
    expect(thing.words).toEqual([{ red: expect.closeTo(0.9, 6), blue: 0 }, { cube: 1 }]);
    expect(await detector.find('front', picture(0))).toEqual([]);
  });

  it('refuses an unknown camera and a picture of another size', async () => {
    expect(() => detector.find('rear', picture(0))).toThrow('detection: no camera rear, expected one of front, wrist');
    await expect(detector.find('front', { width: 2, height: 2, data: new Uint8Array(12) })).rejects.toThrow(
      'an image is 2 x 2, expected 96 x 96',
    );
  });

  it('is absent where a policy has none', async () => {
    const { files, json } = await policyWith();
    delete json.detection;
    expect(await load({ files, json })).toBeUndefined();
  });
});

describe('the entry detection of a manifest', () => {
  const cases: readonly (readonly [string, (entry: Record<string, unknown>) => void, string])[] = [
    [
      'a camera that is no encoder of pictures',
      (entry) => (entry.cameras = ['language']),
      'm: detection.cameras[0] is "language", expected the name of an encoder of pictures',
    ],
    [
      'an input that no encoder gives',
      (entry) => (entry.inputs = [{ name: 'depth', shape: [1] }]),
      'm: detection.inputs[0].name is "depth", expected one of image, ',
    ],
    [
      'an input of another shape',
      (entry) => (entry.inputs = [{ name: 'image', shape: [1, 3, 48, 48] }]),
      'm: detection.inputs[0].shape is [1,3,48,48], expected [1,3,96,96] for image',
    ],
    [
      'an output that does not have a channel for each word',
      (entry) => (entry.output = { name: 'things', shape: [1, 5, CELLS] }),
      'm: detection.output.shape is [1,5,4], expected [1, 6, cells]',
    ],
    [
      'a file without a digest',
      (entry) => (entry.file = 'other.onnx'),
      'm: sha256.other.onnx is missing, expected the digest of the file',
    ],
  ];
  it.each(cases)('refuses %s', async (_, change, line) => {
    const { json } = await policyWith(change);
    expect(() => parseEncoderManifest(json, 'm')).toThrow(line);
  });
});
