import { PolicyError } from '@praxis/core';
import { describe, expect, it } from 'vitest';
import { nodeBackend } from '../node/index.ts';
import {
  type EchoOptions,
  echoPolicy,
  editManifest,
  type GraphManifestFile,
  loadGraphFromMemory,
} from '../testing/index.ts';

const state: GraphManifestFile['inputs'][number] = {
  ...{ type: 'vector', name: 'state' },
  parts: [{ stream: 'joints', names: ['a', 'b'], unit: 'deg', maximumAge: 0.1 }],
};
const front: GraphManifestFile['inputs'][number] = {
  ...{ type: 'image', name: 'front', stream: 'images.front', height: 4, width: 6, maximumAge: 0.2 },
};
const text = (file: string): GraphManifestFile['inputs'][number] => ({
  ...{ type: 'text', name: 'ids', length: 3, mask: { name: 'mask' } },
  tokenizer: { type: 'file', file },
});

/** Error for a policy after one change of its files, without the name of the source. */
async function complaint(
  options: EchoOptions,
  change: (files: Map<string, Uint8Array>) => Map<string, Uint8Array> = (files) => files,
): Promise<string> {
  const files = change(await echoPolicy(options));
  const error = await loadGraphFromMemory(files, nodeBackend()).then(
    () => undefined,
    (each: unknown) => each,
  );
  expect(error).toBeInstanceOf(PolicyError);
  expect((error as Error).message).not.toContain('\n');
  return (error as Error).message.replace(/^memory\//, '');
}

const without = (file: string) => (files: Map<string, Uint8Array>) => {
  files.delete(file);
  return files;
};

describe('loadPolicy of one graph refuses', () => {
  it.each<[string, EchoOptions, string]>([
    [
      'an image of another size than the graph has',
      { graph: { front: ['float32', [1, 3, 6, 4]] }, inputs: [front] },
      'policy.onnx: input front has shape [1,3,6,4], expected [1,3,4,6] (batch, channel, height, width)',
    ],
    [
      'a vector of another length',
      { graph: { state: ['float32', [1, 3]] }, inputs: [state] },
      'policy.onnx: input state has shape [1,3], expected [1,2] (batch, element)',
    ],
    [
      'another type',
      { graph: { front: ['uint8', [1, 3, 4, 6]] }, inputs: [front] },
      'policy.onnx: input front is uint8, expected float32',
    ],
    [
      'an input that the graph lacks',
      { graph: { state: ['float32', [1, 2]] }, inputs: [state, front] },
      'policy.onnx: inputs are state, expected one with the name front',
    ],
    [
      'an input that the manifest lacks',
      { graph: { state: ['float32', [1, 2]], noise: ['float32', [1, 2]] }, inputs: [state] },
      'policy.onnx: input noise is not in the manifest',
    ],
    [
      'an output of another shape',
      {
        graph: { state: ['float32', [1, 2]] },
        inputs: [state],
        manifest: {
          action: {
            ...{ period: 0.1, horizon: 2, inferencePeriod: 0.1 },
            outputs: [
              { name: 'echo', blocks: [{ space: 'joint_position', name: 'arm', names: ['a', 'b'], unit: 'deg' }] },
            ],
          },
        },
      },
      'policy.onnx: output echo has shape [1,2], expected [1,2,2] (batch, step, element)',
    ],
    [
      'a tokenizer that is none',
      {
        ...{ graph: { ids: ['int64', [1, 3]], mask: ['int64', [1, 3]] }, inputs: [text('tokenizer.json')] },
        files: { 'tokenizer.json': new TextEncoder().encode('{}') },
      },
      'tokenizer.json: has no model, expected a tokenizer.json of the library tokenizers',
    ],
  ])('%s', async (_, options, message) => {
    expect(await complaint(options)).toBe(message);
  });

  const spoken: EchoOptions = {
    ...{ graph: { ids: ['int64', [1, 3]], mask: ['int64', [1, 3]] }, inputs: [text('tokenizer.json')] },
    files: { 'tokenizer.json': new TextEncoder().encode('{}') },
  };

  it('files that are missing or changed', async () => {
    expect(await complaint(spoken, without('tokenizer.json'))).toBe('tokenizer.json: cannot be read (no such file)');
    const changed = (files: Map<string, Uint8Array>) => files.set('tokenizer.json', new TextEncoder().encode('{ }'));
    expect(await complaint(spoken, changed)).toMatch(
      /^tokenizer\.json: sha256 is \w{64} \(3 bytes\), expected \w{64}$/,
    );
    const options: EchoOptions = { graph: { state: ['float32', [1, 2]] }, inputs: [state] };
    expect(await complaint(options, without('policy.onnx'))).toBe('policy.onnx: cannot be read (no such file)');
  });

  it('what its manifest contradicts, with the name of the file', async () => {
    const options: EchoOptions = { graph: { state: ['float32', [1, 2]] }, inputs: [state] };
    const edit = (files: Map<string, Uint8Array>) =>
      editManifest<{ manifestVersion: number }>(files, (manifest) => {
        manifest.manifestVersion = 4;
      });
    expect(await complaint(options, edit)).toBe('manifest.json: manifestVersion is 4, expected 1 or 2');
  });
});
