import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { InputError, PraxisError } from '@praxis/core';

/** The programs that train and export, and the Python that runs them. */
export interface Trainer {
  /** A Python with the packages of `training/requirements.txt`. */
  readonly python: string;
  /** Folder with `train.py` and `export.py`. */
  readonly folder: string;
}

/** What trained a policy. */
export interface TrainingMachine {
  readonly cpu: string;
  readonly cpus: number;
  /** Main memory (GiB). */
  readonly memoryGiB: number;
  /** Device of the training: `cpu`, or the name of a GPU. */
  readonly device: string;
  /** Versions of Python and PyTorch. */
  readonly python: string;
  readonly torch: string;
}

/** After Ctrl-C a program has so long to save before it is killed (ms). */
const GRACE_MS = 60_000;

/** What a program was that ended. */
export interface Exit {
  readonly status: number | null;
  /** Last line of its standard error, or of its standard output without one. */
  readonly lastLine: string;
}

/** Options of {@link runPython}. */
export interface PythonRun {
  readonly python: string;
  readonly args: readonly string[];
  /** File to which the output is appended. Default: it is dropped. */
  readonly log?: string;
  /** Interrupts the program as Ctrl-C would, and kills it if it does not end. */
  readonly signal?: AbortSignal;
  onLine?(line: string): void;
}

/**
 * Runs a Python program, in a process group of its own: only this function passes an interrupt on to it, once.
 * @throws {InputError} when there is no such Python
 */
export async function runPython({ python, args, log, signal, onLine }: PythonRun): Promise<Exit> {
  const child = spawn(python, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const file = log === undefined ? undefined : createWriteStream(log, { flags: 'a' });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  let timer: NodeJS.Timeout | undefined;
  const send = (name: NodeJS.Signals): void => {
    if (child.pid === undefined || child.exitCode !== null) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // The group has ended meanwhile.
    }
  };
  const kill = (): void => send('SIGKILL');
  const interrupt = (): void => {
    send('SIGINT');
    timer = setTimeout(kill, GRACE_MS);
  };
  signal?.addEventListener('abort', interrupt);
  // A second Ctrl-C ends this process at once.
  process.on('exit', kill);
  const last = { out: '', err: '' };
  const read = (stream: Readable, which: 'out' | 'err'): void => {
    createInterface({ input: stream }).on('line', (line) => {
      if (line.trim() !== '') last[which] = line.trim();
      file?.write(`${line}\n`);
      if (which === 'out') onLine?.(line);
    });
  };
  read(child.stdout, 'out');
  read(child.stderr, 'err');
  try {
    if (signal?.aborted) interrupt();
    const status = await ended;
    return { status, lastLine: last.err || last.out };
  } catch (cause) {
    throw new InputError(`--python ${python}: cannot be run (${(cause as NodeJS.ErrnoException).code}); ${INSTALL}`, {
      cause,
    });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', interrupt);
    process.off('exit', kill);
    await new Promise<void>((resolve) => (file ? file.end(resolve) : resolve()));
  }
}

const INSTALL =
  'install what training needs with python3 -m venv .venv && .venv/bin/pip install -r training/requirements.txt, and pass --python .venv/bin/python';

const PROBE = `import json, sys, torch, numpy, onnx, onnxruntime
cuda = torch.cuda.is_available()
print(json.dumps({"python": sys.version.split()[0], "torch": torch.__version__, "device": torch.cuda.get_device_name(0) if cuda else "cpu"}))`;

/**
 * Checks that a Python can train.
 * @returns the machine as it will train
 * @throws {InputError} in one line that says how to install what is missing
 */
export async function checkPython(python: string): Promise<TrainingMachine> {
  let answer = '';
  const { status, lastLine } = await runPython({
    python,
    args: ['-c', PROBE],
    onLine: (line) => {
      answer = line;
    },
  });
  if (status !== 0) throw new InputError(`--python ${python}: ${lastLine || `status ${status}`}; ${INSTALL}`);
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cpus: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    ...(JSON.parse(answer) as Pick<TrainingMachine, 'python' | 'torch' | 'device'>),
  };
}

/** Makes an error of a program that failed, in one line. */
export const programError = (program: string, { status, lastLine }: Exit, log: string): PraxisError =>
  new PraxisError(`${program} failed (status ${status ?? 'of a signal'}): ${lastLine}; its output is in ${log}`);
