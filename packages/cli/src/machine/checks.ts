import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { errorMessage } from '@praxis/core';
import { DEFAULT_POLICY_FOLDER } from '@praxis/models';
import { NATIVE_INSTALL_COMMAND } from '@praxis/policy/node';
import {
  findPocketSphinx,
  findRecorder,
  hasSherpa,
  namesOfRecorders,
  POCKETSPHINX_INSTALL_COMMAND,
  SHERPA_INSTALL_COMMAND,
} from '@praxis/speech/node';
import { checkoutRoot } from '../options/paths.ts';
import { judgeCameraThroughput, measureCameraThroughput } from './camera-throughput.ts';

/** Result of the check for one dependency. */
export interface Check {
  readonly name: string;
  readonly found: boolean;
  /** Version, path or reason. */
  readonly detail: string;
  /** Consequence of its absence; empty when it was found. */
  readonly cost: string;
  /** True when the framework does not run without the dependency. */
  readonly required: boolean;
}

/** A measurement that `bin/middleware_check.mjs` of the ROS 2 package prints. */
export interface MiddlewareReport {
  /** Name of the middleware and its transport. */
  readonly transport: string;
  /** False: publish can wait for another process. */
  readonly nonBlocking: boolean;
  readonly published: number;
  readonly longestPublishMs: number;
}

interface Finding {
  readonly found: boolean;
  readonly detail: string;
}

/** Folder of an installed npm package; undefined when it is not installed. Nothing of the package is loaded. */
const packageFolder = (name: string): string | undefined =>
  createRequire(import.meta.url)
    .resolve.paths(name)
    ?.map((folder) => join(folder, name))
    .find((folder) => existsSync(folder));

const notFound = (detail = 'not found'): Finding => ({ found: false, detail });

/** Returns the first line that a program prints; undefined when the program fails or does not exist. */
function firstLine(program: string, ...args: string[]): string | undefined {
  const result = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000, stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.status !== 0) return undefined;
  return `${result.stdout}${result.stderr}`.trim().split('\n')[0];
}

function checkNode(): Finding {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return { found: major > 20 || (major === 20 && minor >= 19), detail: process.versions.node };
}

/** Checks for ROS 2 without importing rclnodejs: that import deletes its build where ROS 2 is not sourced. */
function checkRos(): Finding {
  const { AMENT_PREFIX_PATH, ROS_DISTRO } = process.env;
  if (!AMENT_PREFIX_PATH) return notFound('no ROS 2 environment is sourced');
  if (!existsSync(join(packageFolder('rclnodejs') ?? '', 'generated'))) {
    return notFound(`${ROS_DISTRO ?? 'ROS 2'} is sourced, but its client library is not built: run npm run ros`);
  }
  return { found: true, detail: ROS_DISTRO ?? 'sourced' };
}

/** Longest time (ms) of the measurement of the middleware. */
const MIDDLEWARE_CHECK_TIMEOUT_MS = 30_000;
/** A call of publish that takes longer (ms) waited for another process; a busy machine alone delays it less. */
const MAX_PUBLISH_MS = 100;

/** Measures in another process whether publish blocks. */
function checkMiddleware(): Finding {
  if (!checkRos().found) return notFound('not measured: no ROS 2');
  const program = join(packageFolder('@praxis/ros') ?? '', 'bin', 'middleware_check.mjs');
  const options = { encoding: 'utf8', timeout: MIDDLEWARE_CHECK_TIMEOUT_MS } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], options);
  const line = stdout?.trim().split('\n').at(-1) ?? '';
  if (status !== 0 || !line.startsWith('{'))
    return notFound(`the measurement failed: ${stderr?.trim().split('\n')[0] ?? ''}`);
  return judgeMiddleware(JSON.parse(line));
}

/** Judges a measurement of `bin/middleware_check.mjs` of the ROS 2 package. */
export function judgeMiddleware({ transport, nonBlocking, published, longestPublishMs }: MiddlewareReport): Finding {
  const longest = `the longest of ${published} calls of publish took ${longestPublishMs.toFixed(1)} ms`;
  return { found: nonBlocking && longestPublishMs <= MAX_PUBLISH_MS, detail: `${transport}; ${longest}` };
}

async function checkCameraThroughput(): Promise<Finding> {
  try {
    return judgeCameraThroughput(await measureCameraThroughput());
  } catch (error) {
    return notFound(`not measured: ${errorMessage(error)}`);
  }
}

/** Tries real-time scheduling on another process. */
function checkRealTime(): Finding {
  const { status, error, stderr } = spawnSync('chrt', ['--fifo', '50', 'true'], { encoding: 'utf8' });
  if (status === 0) return { found: true, detail: 'SCHED_FIFO up to priority 50 or more' };
  return notFound(error ? 'chrt of util-linux is not installed' : stderr.trim().split('\n')[0]);
}

function checkOnnxRuntime(): Finding {
  const folder = packageFolder('onnxruntime-node');
  if (folder === undefined)
    return { found: true, detail: `WebAssembly; about 3 times faster: ${NATIVE_INSTALL_COMMAND}` };
  // Another process loads it, since a broken native library can crash its process.
  const program = 'console.log(require(process.argv[1]).env.versions.node)';
  const version = spawnSync(process.execPath, ['-e', program, folder], { encoding: 'utf8', timeout: 20_000 });
  if (version.status === 0) return { found: true, detail: version.stdout.trim() };
  return notFound(
    version.stderr
      .trim()
      .split('\n')
      .find((line) => line.includes('Error')) ?? 'did not load',
  );
}

function checkDefaultPolicy(): Finding {
  const path = join(DEFAULT_POLICY_FOLDER, 'manifest.json');
  if (!existsSync(path)) return notFound('models/default/manifest.json is missing');
  const manifest: { name?: string; version?: string; sha256?: Record<string, string> } = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  for (const [file, expected] of Object.entries(manifest.sha256 ?? {})) {
    const modelFile = join(DEFAULT_POLICY_FOLDER, file);
    if (!existsSync(modelFile)) return notFound(`models/default/${file} is missing`);
    const actual = createHash('sha256').update(readFileSync(modelFile)).digest('hex');
    if (actual !== expected) return notFound(`models/default/${file} does not have the SHA-256 of the manifest`);
  }
  return {
    found: true,
    detail: `${manifest.name ?? 'unnamed'} ${manifest.version ?? ''}, files match their SHA-256`.trim(),
  };
}

/** Checks for the browser of the tests. It renders WebGL with SwiftShader, so no graphics card is needed. */
async function checkBrowser(): Promise<Finding> {
  try {
    const packed = packageFolder('@sparticuz/chromium');
    if (packed === undefined) return notFound();
    const { version } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8'));
    if (!readdirSync(join(packed, 'bin')).some((name) => name.startsWith('chromium'))) return notFound();
    if (process.platform !== 'linux') return notFound('the packed Chromium runs on Linux only');
    return { found: true, detail: `Chromium ${version} from npm, WebGL on SwiftShader` };
  } catch {
    return notFound();
  }
}

function checkMicrophone(): Finding {
  const program = findRecorder()?.program;
  if (!program) return notFound(`none of ${namesOfRecorders()}`);
  if (process.platform === 'linux' && !existsSync('/proc/asound/cards'))
    return notFound(`${program}, but no sound card`);
  return { found: true, detail: program };
}

function checkRecogniser(): Finding {
  const files = findPocketSphinx();
  if (!files) return notFound(POCKETSPHINX_INSTALL_COMMAND);
  const models = hasSherpa() ? ', and sherpa-onnx for other models' : `; other models need ${SHERPA_INSTALL_COMMAND}`;
  return { found: true, detail: `PocketSphinx, ${files.library}${models}` };
}

function checkGpu(): Finding {
  const line = firstLine('nvidia-smi', '--query-gpu=name', '--format=csv,noheader');
  if (line) return { found: true, detail: line };
  if (process.platform === 'linux' && existsSync('/dev/dri')) return { found: true, detail: 'a display device' };
  return notFound();
}

function checkTraining(): Finding {
  // The virtual environment that training/README.md creates.
  const venvPython = join(checkoutRoot ?? '.', '.venv', 'bin', 'python');
  const program = existsSync(venvPython) ? venvPython : 'python3';
  const python = firstLine(program, '--version');
  if (!python) return notFound('no python3');
  const torch = firstLine(
    program,
    '-c',
    'import torch, onnx; print("torch", torch.__version__, "onnx", onnx.__version__)',
  );
  return torch ? { found: true, detail: `${python}, ${torch}` } : notFound(`${python} without torch and onnx`);
}

const dependencies: readonly {
  readonly name: string;
  readonly required: boolean;
  readonly cost: string;
  find(): Finding | Promise<Finding>;
}[] = [
  { name: 'Node', required: true, cost: 'every command needs Node 20.19 or newer', find: checkNode },
  {
    name: 'ONNX Runtime',
    required: true,
    cost: 'policies do not run in the terminal; the browser has its own runtime',
    find: checkOnnxRuntime,
  },
  {
    name: 'policy',
    required: true,
    cost: 'eval and sim run only with --policy expert or with another policy',
    find: checkDefaultPolicy,
  },
  { name: 'test browser', required: false, cost: 'the browser tests do not run', find: checkBrowser },
  {
    name: 'ROS 2',
    required: false,
    cost: 'the ROS 2 nodes do not run; simulator and studio do not need it',
    find: checkRos,
  },
  {
    name: 'middleware',
    required: false,
    cost: 'a call of publish that blocks holds the arm over ROS 2; see docs/ros2.md',
    find: checkMiddleware,
  },
  {
    name: 'camera throughput',
    required: false,
    cost: 'raw images of cameras get lost over ROS 2: raise net.core.rmem_max or compress them; see docs/ros2.md',
    find: checkCameraThroughput,
  },
  {
    name: 'real-time scheduling',
    required: false,
    cost: 'on a busy machine the supervisor over ROS 2 holds the arm; see docs/ros2.md',
    find: checkRealTime,
  },
  {
    name: 'microphone',
    required: false,
    cost: 'praxis drive --microphone does not run; typed commands and the studio do',
    find: checkMicrophone,
  },
  {
    name: 'recogniser',
    required: false,
    cost: 'praxis transcribe does not run; typed commands do',
    find: checkRecogniser,
  },
  {
    name: 'GPU',
    required: false,
    cost: 'training runs on the CPU, half an hour for the shipped policy; inference does not need a GPU',
    find: checkGpu,
  },
  {
    name: 'Python for training',
    required: false,
    cost: 'training does not run; see training/README.md',
    find: checkTraining,
  },
];

/** Runs every check, one after the other. */
export async function runChecks(): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const { name, required, cost, find } of dependencies) {
    const { found, detail } = await find();
    checks.push({ name, found, detail, cost: found ? '' : cost, required });
  }
  return checks;
}
