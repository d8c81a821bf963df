import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPython, runPython } from './python.ts';

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'praxis-python-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

/** Counts interrupts and ends after the first, half a second later. */
const INTERRUPTIBLE = `let interrupts = 0;
process.on('SIGINT', () => { interrupts++; setTimeout(() => { console.log('interrupts ' + interrupts); process.exit(0); }, 500); });
setInterval(() => {}, 1000); console.log('ready');`;

describe('a program that trains', () => {
  it('is interrupted once, and ends by itself', async () => {
    const abort = new AbortController();
    const lines: string[] = [];
    const ended = await runPython({
      ...{ python: process.execPath, args: ['-e', INTERRUPTIBLE], signal: abort.signal },
      onLine(line) {
        lines.push(line);
        if (line === 'ready') abort.abort();
      },
    });
    expect(ended.status).toBe(0);
    expect(lines).toEqual(['ready', 'interrupts 1']);
  });

  it('leaves its output in a log, and its last line of standard error for the message', async () => {
    const log = join(scratch, 'output.txt');
    const args = [
      '-e',
      "console.log('step'); console.error('Traceback\\nValueError: no training records'); process.exit(1)",
    ];
    const ended = await runPython({ python: process.execPath, args, log });
    expect(ended).toEqual({ status: 1, lastLine: 'ValueError: no training records' });
    expect(readFileSync(log, 'utf8').split('\n').sort()).toEqual([
      '',
      'Traceback',
      'ValueError: no training records',
      'step',
    ]);
  });

  it('without a Python, or without PyTorch, is refused with how to install them', async () => {
    const install = '.venv/bin/pip install -r training/requirements.txt, and pass --python .venv/bin/python';
    await expect(checkPython(join(scratch, 'python'))).rejects.toThrow(
      /python: cannot be run \(ENOENT\); install what/,
    );
    await expect(checkPython(process.execPath)).rejects.toThrow(install);
  });
});
