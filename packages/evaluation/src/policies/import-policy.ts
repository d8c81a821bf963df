import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError, PolicyError, trainedRobotOf } from '@praxis/core';
import { loadPolicy, sha256 } from '@praxis/policy';
import {
  barePolicy,
  type ForeignPolicy,
  type GraphSignature,
  type GraphStatistics,
  type ImportAnswers,
  type ImportRobot,
  importManifest,
  type LerobotDataset,
  lerobotConfig,
  lerobotDataset,
  lerobotPolicy,
  lerobotProcessors,
  type Question,
  statisticsFile,
} from '@praxis/policy/import';
import { nodeBackend, readInputFile } from '@praxis/policy/node';
import { setupOf } from '@praxis/sim';
import { writeAtomically } from '../files/write.ts';
import { robotChoice } from '../project/robot.ts';
import { offeredStreams } from './check-policy.ts';

/** Options of {@link importPolicy}. */
export interface ImportPolicyOptions {
  /** Policy folder of LeRobot, or an ONNX file. */
  readonly source: string;
  /** Folder that receives `manifest.json` and the graph. */
  readonly out: string;
  /** Folder of the robot. Default: the Praxis arm. */
  readonly robot?: string;
  /** Graph of a policy folder. Default: `policy.onnx` in it, or its only ONNX file. */
  readonly onnx?: string;
  /** LeRobotDataset that the policy was trained on. Default: the one that the folder's `train_config.json` names, if it is there. */
  readonly dataset?: string;
  /** Name of the policy in reports. Default: that of the folder or the file. */
  readonly name?: string;
  /** Tasks that the policy was trained for. Default: none. */
  readonly tasks?: readonly string[];
  /** Replaces a `manifest.json` that is there. */
  readonly overwrite?: 'replace' | 'refuse';
  readonly answers: ImportAnswers;
  /**
   * Answers one question, or gives up by throwing. It is asked until nothing is open.
   * @param questions all that is open, of which the first one may be answered
   */
  readonly ask: (questions: readonly Question[], answers: ImportAnswers) => Promise<ImportAnswers>;
}

/** What {@link importPolicy} wrote. */
export interface ImportedPolicy {
  /** Path of `manifest.json`. */
  readonly path: string;
  readonly policy: string;
  readonly robot: string;
  /** What was decided without a question, one line each. */
  readonly notes: readonly string[];
  /** The answers, also those that the user gave to questions. */
  readonly answers: ImportAnswers;
}

const GRAPH_FILE = 'policy.onnx';
const MANIFEST_FILE = 'manifest.json';
const CONFIG_FILE = 'config.json';
const BEFORE_FILE = 'policy_preprocessor.json';
const AFTER_FILE = 'policy_postprocessor.json';

/** A graph with the file that it was read from. */
interface Graph extends GraphSignature {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Makes a policy of another framework a folder with a manifest. The folder is written once the policy loads from it; a question that
 * stays open, or anything else that is wrong, leaves nothing behind.
 * @throws {InputError} when a file is missing or broken, or an answer names something that does not exist; {PolicyError} when the graph
 *   does not load
 */
export async function importPolicy(options: ImportPolicyOptions): Promise<ImportedPolicy> {
  const { source, out, tasks = [], ask } = options;
  const path = join(out, MANIFEST_FILE);
  if (options.overwrite !== 'replace' && existsSync(path)) {
    throw new InputError(`${path}: is already there; --force replaces it`);
  }
  const robot = await importRobot(options.robot);
  const isFile = source.endsWith('.onnx');
  const graph = await openGraph(isFile ? source : graphFile(source, options.onnx));
  let { answers } = options;
  for (;;) {
    const policy = isFile ? describeGraph(graph, answers, options) : describeFolder(source, graph, options);
    const { manifest, questions, notes } = importManifest(policy, robot, answers, { graph: GRAPH_FILE, tasks });
    if (questions.length === 0) {
      await write(path, out, manifest, graph.bytes);
      return { path, policy: policy.name, robot: robot.name, notes, answers };
    }
    answers = await ask(questions, answers);
  }
}

async function importRobot(folder: string | undefined): Promise<ImportRobot> {
  const choice = await robotChoice(folder);
  const { spec, kinematics } = setupOf(choice);
  const streams = await offeredStreams(choice, undefined);
  const { name, commands, gripperRange } = spec;
  return { name, streams, command: commands[0], gripperRange, trained: trainedRobotOf(spec, kinematics) };
}

/** The graph of a policy folder. @throws {InputError} with the command that makes it, when there is none */
function graphFile(folder: string, named: string | undefined): string {
  if (!existsSync(join(folder, CONFIG_FILE))) {
    throw new InputError(
      `${folder}: no ${CONFIG_FILE}, expected a policy folder of LeRobot (pretrained_model of a checkpoint) or an ONNX file`,
    );
  }
  if (named !== undefined) return named;
  const graphs = readdirSync(folder).filter((name) => name.endsWith('.onnx'));
  if (graphs.includes(GRAPH_FILE)) return join(folder, GRAPH_FILE);
  if (graphs.length === 1) return join(folder, graphs[0]);
  if (graphs.length > 1)
    throw new InputError(`${folder}: it has ${graphs.join(', ')}, expected --onnx with one of them`);
  throw new InputError(
    `${folder}: no ${GRAPH_FILE}, which this command makes: python training/lerobot/export.py --policy ${folder}`,
  );
}

async function openGraph(path: string): Promise<Graph> {
  const bytes = readInputFile(path, 'an ONNX file');
  const backend = nodeBackend();
  try {
    const session = await backend.create(bytes);
    const { inputs, outputs } = session;
    await session.release();
    return { path, bytes, inputs, outputs };
  } catch (cause) {
    const [reason] = String(cause instanceof Error ? cause.message : cause).split('\n');
    throw new InputError(`${path}: ${backend.name} rejects it (${reason}), expected an ONNX file`, { cause });
  }
}

function readJson(path: string, expected: string): unknown {
  const text = readInputFile(path, expected).toString();
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(`${path}: expected JSON, ${reason}`, { cause });
  }
}

function describeGraph(
  graph: Graph,
  answers: ImportAnswers,
  { name }: Pick<ImportPolicyOptions, 'name'>,
): ForeignPolicy {
  const { output, pixels, statistics } = answers;
  return barePolicy(
    name ?? basename(graph.path, '.onnx'),
    graph,
    { output, pixels, statistics: statistics === undefined ? undefined : statisticsOf(statistics) },
    graph.path,
  );
}

const statisticsOf = (file: string): GraphStatistics | 'none' =>
  file === 'none' ? 'none' : statisticsFile(readJson(file, 'statistics of the inputs'), file);

function describeFolder(folder: string, graph: Graph, options: ImportPolicyOptions): ForeignPolicy {
  const expected = 'a policy folder of LeRobot';
  const pipeline = (file: string): readonly [string, unknown] => [file, readJson(join(folder, file), expected)];
  const config = lerobotConfig(readJson(join(folder, CONFIG_FILE), expected), join(folder, CONFIG_FILE));
  const read = (file: string): Uint8Array => {
    if (basename(file) !== file) throw new InputError(`${folder}: state_file ${file}, expected a file of the folder`);
    return readInputFile(join(folder, file), 'statistics of a LeRobot policy');
  };
  const processors = lerobotProcessors({ before: pipeline(BEFORE_FILE), after: pipeline(AFTER_FILE) }, read, folder);
  const found = options.dataset ?? trainedOn(folder);
  const dataset = found === undefined ? undefined : readDataset(found);
  const policy = lerobotPolicy(
    { name: options.name ?? nameOf(folder), config, processors, graph, dataset },
    { graph: graph.path, config: join(folder, CONFIG_FILE) },
  );
  const parity = parityOf(graph.path);
  return {
    ...policy,
    training: { ...policy.training, ...(parity === undefined ? {} : { parity }) },
    notes: [
      ...(found !== undefined && options.dataset === undefined
        ? [`names and rate are those of ${found}, on which it was trained`]
        : []),
      ...policy.notes,
    ],
  };
}

/** Name of a policy: that of its folder, or of the run that a checkpoint of LeRobot belongs to. */
function nameOf(folder: string): string {
  const parts = resolve(folder).split(/[\\/]/);
  const at = parts.lastIndexOf('checkpoints');
  return (at > 0 && parts.at(-1) === 'pretrained_model' ? parts[at - 1] : parts.at(-1)) || 'lerobot';
}

/** The dataset that `train_config.json` names, if it is on this computer. */
function trainedOn(folder: string): string | undefined {
  const path = join(folder, 'train_config.json');
  if (!existsSync(path)) return undefined;
  const json = readJson(path, 'the configuration of a training') as {
    readonly dataset?: { readonly root?: unknown };
  } | null;
  const root = json?.dataset?.root;
  return typeof root === 'string' && existsSync(join(root, 'meta', 'info.json')) ? root : undefined;
}

function readDataset(folder: string): LerobotDataset {
  const path = join(folder, 'meta', 'info.json');
  return lerobotDataset(readJson(path, 'the description of a LeRobotDataset'), path);
}

/** The report that `training/lerobot/export.py` writes beside a graph. */
function parityOf(graph: string): unknown {
  const path = join(dirname(graph), 'parity.json');
  return existsSync(path) ? readJson(path, 'a parity report') : undefined;
}

/** Writes the folder once the policy loads. The manifest comes last, so that a folder with one is complete. */
async function write(path: string, out: string, manifest: object, graph: Uint8Array): Promise<void> {
  const text = `${JSON.stringify({ ...manifest, sha256: { [GRAPH_FILE]: await sha256(graph) } }, undefined, 2)}\n`;
  const files = new Map<string, Uint8Array>([
    [MANIFEST_FILE, new TextEncoder().encode(text)],
    [GRAPH_FILE, graph],
  ]);
  const policy = await loadPolicy({
    where: out,
    backend: nodeBackend(),
    read: async (file) => {
      const bytes = files.get(file);
      if (!bytes) throw new PolicyError(`${file}: is not part of the policy`);
      return bytes;
    },
  });
  await policy.close();
  writeAtomically(join(out, GRAPH_FILE), graph);
  writeAtomically(path, text);
}
