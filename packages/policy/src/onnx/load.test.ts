import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PolicyError } from '@praxis/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPolicyFromDirectory, nodeBackend, wasmBinary } from '../node/index.ts';
import { editManifest, loadFromMemory, OnnxGraph, tinyPolicy } from '../testing/index.ts';
import { webBackend } from '../web/backend.ts';
import { sha256 } from './files.ts';

interface Json {
  sha256: Record<string, string>;
  encoders: {
    input: { name: string; shape: number[]; processor: Record<string, unknown> };
    outputs: { shape: number[] }[];
  }[];
  fusion: { inputs: { shape: number[] }[] };
}

let files: Map<string, Uint8Array>;
beforeAll(async () => {
  files = await tinyPolicy();
});

const complaint = async (changed: ReadonlyMap<string, Uint8Array>, backend = nodeBackend()): Promise<string> => {
  const error = await loadFromMemory(changed, backend).then(
    () => undefined,
    (each: unknown) => each,
  );
  expect(error).toBeInstanceOf(PolicyError);
  expect((error as Error).message).not.toContain('\n');
  return (error as Error).message;
};

/** Returns the files with one of them and its digest replaced. */
const replaced = async (file: string, bytes: Uint8Array): Promise<Map<string, Uint8Array>> => {
  const digest = await sha256(bytes);
  const changed = editManifest<Json>(files, (manifest) => {
    manifest.sha256[file] = digest;
  });
  return changed.set(file, bytes);
};

describe('loadPolicy', () => {
  it('loads a folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'praxis-policy-'));
    for (const [file, bytes] of files) await writeFile(join(folder, file), bytes);
    const policy = await loadPolicyFromDirectory(folder);
    expect(policy.spec.name).toBe('tiny');
    await policy.close();
    await rm(join(folder, 'wrench.onnx'));
    await expect(loadPolicyFromDirectory(folder)).rejects.toThrow(`${folder}/wrench.onnx: cannot be read (ENOENT`);
    await rm(folder, { recursive: true });
    await expect(loadPolicyFromDirectory(folder)).rejects.toThrow(`${folder}/manifest.json: cannot be read (ENOENT`);
  });

  it('refuses a manifest that is not JSON', async () => {
    const cut = files.get('manifest.json')!.subarray(0, 300);
    expect(await complaint(new Map(files).set('manifest.json', cut))).toContain('memory/manifest.json: is not JSON (');
  });

  it('says what to do with a Git LFS pointer in place of a file', async () => {
    const pointer = new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\noid sha256:0a\nsize 9\n');
    for (const file of ['manifest.json', 'vision.onnx']) {
      expect(await complaint(new Map(files).set(file, pointer))).toBe(
        `memory/${file}: this is a Git LFS pointer, not the file itself: run git lfs pull`,
      );
    }
  });

  it('refuses a file with a wrong digest', async () => {
    const bytes = files.get('fusion.onnx')!.slice();
    bytes[bytes.length >> 1] ^= 1;
    const message = await complaint(new Map(files).set('fusion.onnx', bytes));
    expect(message).toMatch(/^memory\/fusion.onnx: sha256 is [0-9a-f]{64} \(\d+ bytes\), expected [0-9a-f]{64}$/);
  });

  it('refuses a truncated file, also when the digest matches', async () => {
    const cut = files.get('joints.onnx')!.subarray(0, 200);
    expect(await complaint(new Map(files).set('joints.onnx', cut))).toContain('joints.onnx: sha256 is');
    expect(await complaint(await replaced('joints.onnx', cut))).toMatch(
      /^memory\/joints.onnx: onnxruntime-node rejects it \(.*protobuf parsing failed/,
    );
  });

  it('refuses a file that is not ONNX', async () => {
    const text = new TextEncoder().encode('not a graph');
    for (const bytes of [text, new Uint8Array()]) {
      for (const backend of [nodeBackend(), webBackend({ wasm: await wasmBinary() })]) {
        expect(await complaint(await replaced('vision.onnx', bytes), backend)).toContain(
          `memory/vision.onnx: ${backend.name} rejects it (`,
        );
      }
    }
  });

  it('refuses an opset that the runtime does not support', async () => {
    expect(await complaint(await tinyPolicy({ opset: 99 }))).toMatch(
      /^memory\/vision.onnx: onnxruntime-node rejects it \(.*Opset 99/,
    );
  });

  it('refuses a graph that the runtime rejects', async () => {
    const graph = new OnnxGraph('wrong');
    graph.output('features', [1, 1, 8], graph.node('NoSuchOperator', [graph.input('state', 'float32', [1, 8])]));
    expect(await complaint(await replaced('joints.onnx', graph.bytes()))).toContain(
      'memory/joints.onnx: onnxruntime-node rejects it (',
    );
  });

  it('refuses a graph with other inputs, outputs, types or shapes than the manifest', async () => {
    const graphOf = (shape: number[], type: 'float32' | 'int64' = 'float32', extra = false): Uint8Array => {
      const graph = new OnnxGraph('joints');
      const x = graph.input('state', type, shape);
      if (extra) graph.input('more', 'float32', [1]);
      const value = type === 'int64' ? graph.node('Cast', [x], { to: 1 }) : x;
      graph.output('features', [1, 1, 8], graph.node('Unsqueeze', [value, graph.constant([1], BigInt64Array.of(1n))]));
      return graph.bytes();
    };
    const refused = async (bytes: Uint8Array): Promise<string> => complaint(await replaced('joints.onnx', bytes));
    const where = 'memory/joints.onnx, encoder joints: ';
    expect(await refused(graphOf([1, 9]))).toContain('joints.onnx');
    expect(await refused(graphOf([1, 8], 'int64'))).toBe(`${where}input state is int64, expected float32`);
    expect(await refused(graphOf([1, 8], 'float32', true))).toBe(`${where}input more is not in the manifest`);
    const renamed = editManifest<Json>(files, (manifest) => {
      manifest.encoders[4].input.name = 'x';
    });
    expect(await complaint(renamed)).toBe(`${where}inputs are state, expected one with the name x`);
    const longer = editManifest<Json>(files, (manifest) => {
      manifest.encoders[3].input.processor.length = 25;
    });
    expect(await complaint(longer)).toBe(
      'memory/language.onnx, encoder language: input tokens has shape [1,24], expected [1,25] (batch, element)',
    );
  });

  it('accepts a graph with open dimensions', async () => {
    const graph = new OnnxGraph('joints');
    const x = graph.input('state', 'float32', ['batch', 8]);
    graph.output('features', [1, 1, 8], graph.node('Unsqueeze', [x, graph.constant([1], BigInt64Array.of(1n))]));
    const policy = await loadFromMemory(await replaced('joints.onnx', graph.bytes()), nodeBackend());
    await policy.close();
  });
});
