import { describe, expect, it } from 'vitest';
import { operatorLine } from './operator-line.ts';

describe('a typed line', () => {
  it.each([
    ['/reset', { kind: 'reset' }],
    ['/save', { kind: 'save' }],
    ['/success', { kind: 'judge', judgement: { outcome: 'success' } }],
    ['/failure dropped the cube ', { kind: 'judge', judgement: { outcome: 'failure', note: 'dropped the cube' } }],
    ['/note slow', { kind: 'judge', judgement: { note: 'slow' } }],
    ['/note', { kind: 'judge', judgement: { note: '' } }],
  ])('%s is none of the commands in words', (line, expected) => {
    expect(operatorLine(line)).toEqual(expected);
  });

  it.each(['success', 'left 5 cm', '/reset now', '/succeed', '/'])('%s is left to the command language', (line) => {
    expect(operatorLine(line)).toBeUndefined();
  });

  it('refuses a note that is too long', () => {
    expect(() => operatorLine(`/success ${'x'.repeat(1001)}`)).toThrow(
      'note: has 1001 characters, expected at most 1000',
    );
  });
});
