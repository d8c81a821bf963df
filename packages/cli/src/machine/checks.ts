import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  findPocketSphinx,
  findRecorder,
  hasSherpa,
  namesOfRecorders,
  POCKETSPHINX_INSTALL_COMMAND,
  SHERPA_INSTALL_COMMAND,
} from '@praxis/speech/node';
import { defaultPolicy, repositoryRoot } from '../options/paths.ts';

/** One thing that a machine may have. */
export interface Check {
  readonly name: string;
  readonly found: boolean;
  /** What was found: a version, a program. */
  readonly detail: string;
  /** What its absence costs; empty when it is there. */
  readonly cost: string;
  /** Without it nothing runs. */
  readonly required: boolean;
}

interface Finding {
  readonly found: boolean;
  readonly detail: string;
}

const notFound = (detail = 'not found'): Finding => ({ found: false, detail });

/** First line that a program prints, or undefined when it cannot be run. */
function firstLine(program: string, ...args: string[]): string | undefined {
  const result = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000, stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.status !== 0) return undefined;
  return `${result.stdout}${result.stderr}`.trim().split('\n')[0];
}

function checkNode(): Finding {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return { found: major > 20 || (major === 20 && minor >= 19), detail: process.versions.node };
}

/** Never imports rclnodejs: importing it where ROS 2 is not sourced deletes its build. */
function checkRos(): Finding {
  const { AMENT_PREFIX_PATH, ROS_DISTRO } = process.env;
  if (!AMENT_PREFIX_PATH) return notFound('no ROS 2 environment is sourced');
  if (!existsSync(join(repositoryRoot, 'node_modules', 'rclnodejs', 'generated'))) {
    return notFound(`${ROS_DISTRO ?? 'ROS 2'} is sourced, its client library is not built: npm run ros`);
  }
  return { found: true, detail: ROS_DISTRO ?? 'sourced' };
}

async function checkOnnxRuntime(): Promise<Finding> {
  // In a process of its own: a broken native library may take its process with it.
  const program =
    "import('onnxruntime-node').then((ort) => console.log(ort.env?.versions?.node ?? ort.default.env.versions.node))";
  const version = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: join(repositoryRoot, 'packages', 'policy'),
    encoding: 'utf8',
    timeout: 20_000,
  });
  if (version.status === 0) return { found: true, detail: version.stdout.trim() };
  return notFound(
    version.stderr
      .trim()
      .split('\n')
      .find((line) => line.includes('Error')) ?? 'did not load',
  );
}

function checkDefaultPolicy(): Finding {
  const path = join(defaultPolicy, 'manifest.json');
  if (!existsSync(path)) return notFound('models/default/manifest.json is missing');
  const manifest: { name?: string; version?: string; sha256?: Record<string, string> } = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  for (const [file, expected] of Object.entries(manifest.sha256 ?? {})) {
    const at = join(defaultPolicy, file);
    if (!existsSync(at)) return notFound(`models/default/${file} is missing`);
    const actual = createHash('sha256').update(readFileSync(at)).digest('hex');
    if (actual !== expected) return notFound(`models/default/${file} is not the file that the manifest names (sha256)`);
  }
  return {
    found: true,
    detail: `${manifest.name ?? 'unnamed'} ${manifest.version ?? ''}, files match their sha256`.trim(),
  };
}

/** WebGL runs on SwiftShader inside this browser, so no graphics card is needed. */
async function checkBrowser(): Promise<Finding> {
  try {
    const packed = join(repositoryRoot, 'node_modules', '@sparticuz', 'chromium');
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
  // Where training/README.md puts it.
  const own = join(repositoryRoot, '.venv', 'bin', 'python');
  const program = existsSync(own) ? own : 'python3';
  const python = firstLine(program, '--version');
  if (!python) return notFound('no python3');
  const torch = firstLine(
    program,
    '-c',
    'import torch, onnx; print("torch", torch.__version__, "onnx", onnx.__version__)',
  );
  return torch ? { found: true, detail: `${python}, ${torch}` } : notFound(`${python} without torch and onnx`);
}

const probes: readonly {
  readonly name: string;
  readonly required: boolean;
  readonly cost: string;
  ask(): Finding | Promise<Finding>;
}[] = [
  { name: 'Node', required: true, cost: 'Node 20.19 or newer is needed for everything', ask: checkNode },
  {
    name: 'ONNX Runtime',
    required: true,
    cost: 'no policy runs in the terminal; the browser brings its own',
    ask: checkOnnxRuntime,
  },
  {
    name: 'policy',
    required: true,
    cost: 'eval and sim run with --policy expert or a policy of your own only',
    ask: checkDefaultPolicy,
  },
  { name: 'test browser', required: false, cost: "the browser's tests are not run", ask: checkBrowser },
  { name: 'ROS 2', required: false, cost: 'no nodes; simulator and studio need none', ask: checkRos },
  {
    name: 'microphone',
    required: false,
    cost: 'praxis drive --microphone does not run; typed commands and the studio do',
    ask: checkMicrophone,
  },
  {
    name: 'recogniser',
    required: false,
    cost: 'praxis transcribe does not run; typed commands do',
    ask: checkRecogniser,
  },
  {
    name: 'GPU',
    required: false,
    cost: 'training runs on the CPU, half an hour for the shipped policy; running needs none',
    ask: checkGpu,
  },
  { name: 'Python for training', required: false, cost: 'no training: see training/README.md', ask: checkTraining },
];

/** Asks every question in turn. */
export async function runChecks(): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const { name, required, cost, ask } of probes) {
    const { found, detail } = await ask();
    checks.push({ name, found, detail, cost: found ? '' : cost, required });
  }
  return checks;
}
