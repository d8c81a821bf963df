import type * as z from 'zod';
import type { graphManifestSchema } from '../manifest/graph-manifest.ts';
import { elementCount } from '../numbers/axes.ts';
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
  /** Texts that the graph tells apart: of an input of strings it has 1 for the given one, else 0. Default: none. */
  readonly texts?: readonly string[];
  /** Type of the output. Default: float32. */
  readonly dtype?: 'float32' | 'float16';
  /** Other fields of the manifest. Default: one action `echo` with an element for each number of the inputs. */
  readonly manifest?: Partial<GraphManifestFile>;
  /** Files beside graph and manifest. Default: none. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

const FLOAT = 1;
const HALF = 10;
/** The first version of the operator set that compares texts. */
const OPSET = 19;

/** 1 for each text that is the given one, else 0. */
const heard = (graph: OnnxGraph, given: string, texts: readonly string[]): string =>
  graph.node('Cast', [graph.node('Equal', [given, graph.constant([texts.length], texts)])], { to: FLOAT });

/**
 * Makes a policy of one graph, as files by name, whose output `echo` of shape [1, numbers] is what the graph gets: all inputs one after
 * another, of an input of strings a number for each of `texts`. Its chunk has one row with a joint position `echo0`, `echo1` and so on for each number.
 */
export async function echoPolicy(options: EchoOptions): Promise<Map<string, Uint8Array>> {
  const graph = new OnnxGraph('echo');
  const parts = Object.entries(options.graph).map(([name, [type, shape]]) => {
    const given = graph.input(name, type, shape);
    if (type === 'string') return graph.node('Flatten', [heard(graph, given, options.texts ?? [])], { axis: 0 });
    const number = type === 'float32' ? given : graph.node('Cast', [given], { to: FLOAT });
    return graph.node('Flatten', [number], { axis: 0 });
  });
  const size = Object.values(options.graph).reduce(
    (sum, [type, shape]) => sum + (type === 'string' ? (options.texts?.length ?? 0) : elementCount(shape)),
    0,
  );
  const { dtype = 'float32' } = options;
  const all = graph.node('Concat', parts, { axis: 1 });
  graph.output('echo', [1, size], dtype === 'float16' ? graph.node('Cast', [all], { to: HALF }) : all, dtype);
  const files = new Map<string, Uint8Array>([
    ['policy.onnx', graph.bytes(OPSET)],
    ...Object.entries(options.files ?? {}),
  ]);
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
          dtype,
          axes: ['batch', 'element'],
          blocks: [{ name: 'echo', space: 'joint_position', names, unit: 'rad' }],
        },
      ],
    },
    ...options.manifest,
  };
  return files.set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));
}
