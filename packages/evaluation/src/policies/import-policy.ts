import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError, PolicyError, trainedRobotOf } from '@praxis/core';
import { loadPolicy, sha256 } from '@praxis/policy';
import {
  barePolicy,
  type ForeignPolicy,
  type ForeignTokenizer,
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
  TOKENIZER_FILE,
  tokenizerFiles,
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
  readonly ask: AskQuestion;
}

/**
 * Answers one question, or gives up by throwing. It is asked until nothing is open.
 * @param questions all that is open, of which the first one may be answered
 * @param refusal why the last answer to it does not fit policy or robot; undefined for a question that was not asked before
 */
export type AskQuestion = (
  questions: readonly Question[],
  answers: ImportAnswers,
  refusal?: string,
) => Promise<ImportAnswers>;

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
const TOKENIZER_CONFIG_FILE = 'tokenizer_config.json';

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
  /** What the answers make of the policy. */
  const attempt = (answers: ImportAnswers) => {
    const tokenizer = openTokenizer(answers.tokenizer ?? (isFile ? undefined : tokenizerIn(source)));
    const policy = isFile
      ? describeGraph(graph, answers, tokenizer, options)
      : describeFolder(source, graph, tokenizer, options);
    if (answers.tokenizer !== undefined && policy.inputs.every(({ kind }) => kind !== 'tokens')) {
      throw new InputError(`--tokenizer ${answers.tokenizer}: the graph has no input for tokens`);
    }
    return { ...importManifest(policy, robot, answers, { graph: GRAPH_FILE, tasks }), policy, tokenizer };
  };
  let { answers } = options;
  let result = attempt(answers);
  while (result.questions.length > 0) {
    ({ answers, result } = await answerFirst(result.questions, answers, ask, attempt));
  }
  const { policy, tokenizer, manifest, notes } = result;
  const files = new Map([[GRAPH_FILE, graph.bytes]]);
  if (tokenizer && policy.inputs.some(({ kind }) => kind === 'tokens')) files.set(TOKENIZER_FILE, tokenizer.bytes);
  await write(out, manifest, files);
  return { path, policy: policy.name, robot: robot.name, notes, answers };
}

/** Asks the first question until its answer fits policy and robot. */
async function answerFirst<R>(
  questions: readonly Question[],
  before: ImportAnswers,
  ask: AskQuestion,
  attempt: (answers: ImportAnswers) => R,
): Promise<{ readonly answers: ImportAnswers; readonly result: R }> {
  for (let refusal: string | undefined; ; ) {
    const answers = await ask(questions, before, refusal);
    try {
      return { answers, result: attempt(answers) };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refusal = error.message;
    }
  }
}

async function importRobot(folder: string | undefined): Promise<ImportRobot> {
  const choice = await robotChoice(folder);
  const { spec, kinematics, arms } = setupOf(choice);
  const streams = await offeredStreams(choice, undefined);
  const ranges = arms.flatMap(({ name, gripper }) => (gripper ? [[name, gripper.range] as const] : []));
  return {
    ...{ name: spec.name, streams, gripperRanges: new Map(ranges) },
    commands: spec.commands.filter(({ name }) => arms.some((arm) => arm.name === name)),
    trained: trainedRobotOf(spec, kinematics),
  };
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

/** A tokenizer with its file. */
interface TokenizerFile extends ForeignTokenizer {
  readonly bytes: Uint8Array;
}

/** The tokenizer in a policy folder; undefined where it has none. */
function tokenizerIn(folder: string): string | undefined {
  const path = join(folder, TOKENIZER_FILE);
  return existsSync(path) ? path : undefined;
}

function openTokenizer(path: string | undefined): TokenizerFile | undefined {
  if (path === undefined) return undefined;
  const config = join(dirname(path), TOKENIZER_CONFIG_FILE);
  return {
    ...tokenizerFiles(
      readJson(path, 'a tokenizer.json'),
      existsSync(config) ? readJson(config, 'the configuration of a tokenizer') : undefined,
    ),
    bytes: readInputFile(path, 'a tokenizer.json'),
  };
}

function describeGraph(
  graph: Graph,
  answers: ImportAnswers,
  tokenizer: TokenizerFile | undefined,
  { name }: Pick<ImportPolicyOptions, 'name'>,
): ForeignPolicy {
  const { output, pixels, statistics } = answers;
  return barePolicy(
    name ?? basename(graph.path, '.onnx'),
    graph,
    { output, pixels, tokenizer, statistics: statistics === undefined ? undefined : statisticsOf(statistics) },
    graph.path,
  );
}

const statisticsOf = (file: string): GraphStatistics | 'none' =>
  file === 'none' ? 'none' : statisticsFile(readJson(file, 'statistics of the inputs'), file);

function describeFolder(
  folder: string,
  graph: Graph,
  tokenizer: TokenizerFile | undefined,
  options: ImportPolicyOptions,
): ForeignPolicy {
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
    { name: options.name ?? nameOf(folder), config, processors, graph, dataset, tokenizer },
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
async function write(out: string, manifest: object, parts: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const digests = await Promise.all([...parts].map(async ([name, bytes]) => [name, await sha256(bytes)] as const));
  const text = `${JSON.stringify({ ...manifest, sha256: Object.fromEntries(digests) }, undefined, 2)}\n`;
  const files = new Map([...parts, [MANIFEST_FILE, new TextEncoder().encode(text)]]);
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
  for (const [name, bytes] of files) writeAtomically(join(out, name), bytes);
}
