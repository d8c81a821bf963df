import { readFileSync } from 'node:fs';
import { InputError } from '@praxis/core';
import { afterEach, expect, it, vi } from 'vitest';
import { EXIT, printJson, reportError } from './output.ts';

afterEach(() => vi.restoreAllMocks());

/** Reports an error, and returns the status and what standard error gets. */
function report(error: unknown): readonly [status: number, text: string] {
  let text = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((part) => {
    text += String(part);
    return true;
  });
  return [reportError('eval', error), text];
}

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return undefined;
}

it('bad input, and what the machine refuses, is one line and status 2', () => {
  expect(report(new InputError('a\n b'))).toEqual([EXIT.badInput, 'praxis eval: a b\n']);
  const [status, text] = report(thrownBy(() => readFileSync('/nowhere')));
  expect([status, text]).toEqual([
    EXIT.badInput,
    expect.stringMatching(/^praxis eval: the system refuses: ENOENT.*\n$/),
  ]);
  const memory = new RangeError('WebAssembly.Memory(): could not allocate memory');
  expect(report(memory)).toEqual([EXIT.badInput, `praxis eval: the system refuses: ${memory.message}\n`]);
});

it('an error of the code is shown with its stack and status 1', () => {
  const [status, text] = report(new TypeError('x is undefined'));
  expect(status).toBe(EXIT.failed);
  expect(text).toMatch(/TypeError: x is undefined\n +at /);
});

it('the control characters of a name are escaped, in text and in JSON', () => {
  expect(report(new InputError('r\x1b[2J.urdf: no joint\u202e\x9b1m'))[1]).toBe(
    'praxis eval: r\\u001b[2J.urdf: no joint\\u202e\\u009b1m\n',
  );
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  printJson({ joint: '\x9b\x1b' });
  expect(write.mock.calls).toEqual([['{"joint":"\\u009b\\u001b"}\n']]);
});
