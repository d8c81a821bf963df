import { expect, it } from 'vitest';
import { withEscapedLog } from './escaped-log.ts';

it('the log of a node escapes control characters at every level', () => {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line) > 0;
  class PlainNode {
    getLogger() {
      return { debug: write, info: write, warn: write, error: write };
    }
  }
  const log = new (withEscapedLog(PlainNode))().getLogger();
  for (const level of ['debug', 'info', 'warn', 'error'] as const) log[level](`${level}: joint\x1b[2J\n\tat`);
  expect(lines).toEqual(['debug', 'info', 'warn', 'error'].map((level) => `${level}: joint\\u001b[2J\n\tat`));
});
