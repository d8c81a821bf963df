import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  findPocketSphinx,
  findRecorder,
  HOW_TO_GET_IT,
  HOW_TO_GET_SHERPA,
  hasSherpa,
  namesOfRecorders,
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

const missing = (detail = 'not found'): Finding => ({ found: false, detail });

/** First line that a program prints, or undefined when it cannot be run. */
function firstLine(program: string, ...args: string[]): string | undefined {
  const result = spawnSync(program, args, { encoding: 'utf8', timeout: 20_000, stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.status !== 0) return undefined;
  return `${result.stdout}${result.stderr}`.trim().split('\n')[0];
}

function node(): Finding {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return { found: major > 20 || (major === 20 && minor >= 19), detail: process.versions.node };
}

/** Never imports rclnodejs: importing it where ROS 2 is not sourced deletes its build. */
function ros(): Finding {
  const { AMENT_PREFIX_PATH, ROS_DISTRO } = process.env;
  if (!AMENT_PREFIX_PATH) return missing('no ROS 2 environment is sourced');
  if (!existsSync(join(repositoryRoot, 'node_modules', 'rclnodejs', 'generated'))) {
    return missing(`${ROS_DISTRO ?? 'ROS 2'} is sourced, its client library is not built: npm run ros`);
  }
  return { found: true, detail: ROS_DISTRO ?? 'sourced' };
}

async function onnxRuntime(): Promise<Finding> {
  // In a process of its own: a broken native library may take its process with it.
  const program =
    "import('onnxruntime-node').then((ort) => console.log(ort.env?.versions?.node ?? ort.default.env.versions.node))";
  const version = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: join(repositoryRoot, 'packages', 'policy'),
    encoding: 'utf8',
    timeout: 20_000,
  });
  if (version.status === 0) return { found: true, detail: version.stdout.trim() };
  return missing(
    version.stderr
      .trim()
      .split('\n')
      .find((line) => line.includes('Error')) ?? 'did not load',
  );
}

function model(): Finding {
  const path = join(defaultPolicy, 'manifest.json');
  if (!existsSync(path)) return missing('models/default/manifest.json is missing');
  const manifest: { name?: string; version?: string; sha256?: Record<string, string> } = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  for (const [file, expected] of Object.entries(manifest.sha256 ?? {})) {
    const at = join(defaultPolicy, file);
    if (!existsSync(at)) return missing(`models/default/${file} is missing`);
    const actual = createHash('sha256').update(readFileSync(at)).digest('hex');
    if (actual !== expected) return missing(`models/default/${file} is not the file that the manifest names (sha256)`);
  }
  return {
    found: true,
    detail: `${manifest.name ?? 'unnamed'} ${manifest.version ?? ''}, files match their sha256`.trim(),
  };
}

/** WebGL runs on SwiftShader inside this browser, so no graphics card is needed. */
async function browser(): Promise<Finding> {
  try {
    const packed = join(repositoryRoot, 'node_modules', '@sparticuz', 'chromium');
    const { version } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8'));
    if (!readdirSync(join(packed, 'bin')).some((name) => name.startsWith('chromium'))) return missing();
    if (process.platform !== 'linux') return missing('the packed Chromium runs on Linux only');
    return { found: true, detail: `Chromium ${version} from npm, WebGL on SwiftShader` };
  } catch {
    return missing();
  }
}

function microphone(): Finding {
  const program = findRecorder()?.program;
  if (!program) return missing(`none of ${namesOfRecorders()}`);
  if (process.platform === 'linux' && !existsSync('/proc/asound/cards'))
    return missing(`${program}, but no sound card`);
  return { found: true, detail: program };
}

function recogniser(): Finding {
  const files = findPocketSphinx();
  if (!files) return missing(HOW_TO_GET_IT);
  const models = hasSherpa() ? ', and sherpa-onnx for other models' : `; other models need ${HOW_TO_GET_SHERPA}`;
  return { found: true, detail: `PocketSphinx, ${files.library}${models}` };
}

function gpu(): Finding {
  const line = firstLine('nvidia-smi', '--query-gpu=name', '--format=csv,noheader');
  if (line) return { found: true, detail: line };
  if (process.platform === 'linux' && existsSync('/dev/dri')) return { found: true, detail: 'a display device' };
  return missing();
}

function training(): Finding {
  // Where training/README.md puts it.
  const own = join(repositoryRoot, '.venv', 'bin', 'python');
  const program = existsSync(own) ? own : 'python3';
  const python = firstLine(program, '--version');
  if (!python) return missing('no python3');
  const torch = firstLine(
    program,
    '-c',
    'import torch, onnx; print("torch", torch.__version__, "onnx", onnx.__version__)',
  );
  return torch ? { found: true, detail: `${python}, ${torch}` } : missing(`${python} without torch and onnx`);
}

const questions: readonly {
  readonly name: string;
  readonly required: boolean;
  readonly cost: string;
  ask(): Finding | Promise<Finding>;
}[] = [
  { name: 'Node', required: true, cost: 'Node 20.19 or newer is needed for everything', ask: node },
  {
    name: 'ONNX Runtime',
    required: true,
    cost: 'no policy runs in the terminal; the browser brings its own',
    ask: onnxRuntime,
  },
  {
    name: 'policy',
    required: true,
    cost: 'eval and sim run with --policy expert or a policy of your own only',
    ask: model,
  },
  { name: 'test browser', required: false, cost: "the browser's tests are not run", ask: browser },
  { name: 'ROS 2', required: false, cost: 'no nodes; simulator and studio need none', ask: ros },
  {
    name: 'microphone',
    required: false,
    cost: 'praxis drive --microphone does not run; typed commands and the studio do',
    ask: microphone,
  },
  {
    name: 'recogniser',
    required: false,
    cost: 'praxis transcribe does not run; typed commands do',
    ask: recogniser,
  },
  {
    name: 'GPU',
    required: false,
    cost: 'training runs on the CPU, half an hour for the shipped policy; running needs none',
    ask: gpu,
  },
  { name: 'Python for training', required: false, cost: 'no training: see training/README.md', ask: training },
];

/** Asks every question in turn. */
export async function examine(): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const { name, required, cost, ask } of questions) {
    const { found, detail } = await ask();
    checks.push({ name, found, detail, cost: found ? '' : cost, required });
  }
  return checks;
}
