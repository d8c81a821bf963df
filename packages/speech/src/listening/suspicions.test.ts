import { describe, expect, it } from 'vitest';
import { PATIENCE, Suspicions } from './suspicions.ts';

const halt = { word: 'halt', end: 10 };

describe('what may have been a stop word', () => {
  it('was none where a command was understood', () => {
    const suspicions = new Suspicions();
    suspicions.push(halt);
    expect(suspicions.settle(10.5, 'yes')).toEqual([]);
    expect(suspicions.overdue(20)).toEqual([]);
  });

  it('was one where no command was understood', () => {
    const suspicions = new Suspicions();
    suspicions.push(halt);
    expect(suspicions.settle(10.5, 'no')).toEqual([halt]);
    expect(suspicions.overdue(20)).toEqual([]);
  });

  it('was one when nobody says otherwise in time', () => {
    const suspicions = new Suspicions();
    suspicions.push(halt);
    expect(suspicions.overdue(10 + PATIENCE)).toEqual([]);
    expect(suspicions.overdue(10.1 + PATIENCE)).toEqual([halt]);
    expect(suspicions.overdue(20)).toEqual([]);
  });

  it('was none in the middle of something else', () => {
    const suspicions = new Suspicions();
    suspicions.push(halt);
    expect(suspicions.settle(11, 'no')).toEqual([]);
    expect(suspicions.overdue(20)).toEqual([]);
  });

  it('does not go away with the command before it', () => {
    const suspicions = new Suspicions();
    suspicions.push(halt);
    expect(suspicions.settle(9, 'yes')).toEqual([]);
    expect(suspicions.settle(10, 'no')).toEqual([halt]);
  });
});
