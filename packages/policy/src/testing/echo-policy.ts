import type * as z from 'zod';
import type { graphManifestSchema } from '../manifest/graph-manifest.ts';
import { sha256 } from '../onnx/files.ts';
import { type GraphType, OnnxGraph } from './graph.ts';

/** A manifest of one graph as its file has it. */
export type GraphManifestFile = z.input<typeof graphManifestSchema>;

/** An input of the graph of {@link echoPolicy}: its type and shape. */
export type EchoInput = readonly [type: GraphType, shape: readonly number[]];

/** Options of {@link echoPolicy}. */
export interface EchoOptions {
  /** Inputs of the graph by name. */
  readonly graph: Readonly<Record<string, EchoInput>>;
  /** Inputs of the manifest. */
  readonly inputs: GraphManifestFile['inputs'];
  /** Other fields of the manifest. Default: one action `echo` with an element for each number of the inputs. */
  readonly manifest?: Partial<GraphManifestFile>;
  /** Files beside graph and manifest. Default: none. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

const FLOAT = 1;
const sizeOf = (shape: readonly number[]): number => shape.reduce((product, each) => product * each, 1);

/**
 * Makes a policy of one graph, as files by name, whose output `echo` of shape [1, numbers] is what the graph gets: all inputs one after
 * another. Its chunk has one row with a joint position `echo0`, `echo1` and so on for each number.
 */
export async function echoPolicy(options: EchoOptions): Promise<Map<string, Uint8Array>> {
  const graph = new OnnxGraph('echo');
  const parts = Object.entries(options.graph).map(([name, [type, shape]]) => {
    const given = graph.input(name, type, shape);
    const number = type === 'float32' ? given : graph.node('Cast', [given], { to: FLOAT });
    return graph.node('Flatten', [number], { axis: 0 });
  });
  const size = Object.values(options.graph).reduce((sum, [, shape]) => sum + sizeOf(shape), 0);
  graph.output('echo', [1, size], graph.node('Concat', parts, { axis: 1 }));
  const files = new Map<string, Uint8Array>([['policy.onnx', graph.bytes()], ...Object.entries(options.files ?? {})]);
  const digests = await Promise.all([...files].map(async ([file, bytes]) => [file, await sha256(bytes)] as const));
  const names = Array.from({ length: size }, (_, i) => `echo${i}`);
  const manifest: GraphManifestFile = {
    ...{ manifestVersion: 2, name: 'echo', version: '1', graph: 'policy.onnx', sha256: Object.fromEntries(digests) },
    inputs: options.inputs,
    action: {
      ...{ period: 0.05, horizon: 1, inferencePeriod: 0.1 },
      outputs: [
        {
          name: 'echo',
          axes: ['batch', 'element'],
          blocks: [{ name: 'echo', space: 'joint_position', names, unit: 'rad' }],
        },
      ],
    },
    ...options.manifest,
  };
  return files.set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));
}
