import { describe, expect, it } from 'vitest';
import { PATIENCE, Suspicions } from './suspicions.ts';

const halt = { word: 'halt', end: 10, likely: false };
const text = 'take hold of the cube';
const command = { contrast: 40, text, confidence: 0.7 };
const other = { contrast: 40, text, confidence: 0.4 };

describe('what may have been a stop word', () => {
  it('was none where a command was understood', () => {
    const suspicions = new Suspicions();
    suspicions.push(halt);
    expect(suspicions.settle({ ...command, end: 10.5 })).toEqual([]);
    expect(suspicions.overdue(20)).toEqual([]);
  });

  it('was one where no command was understood', () => {
    const suspicions = new Suspicions();
    suspicions.push(halt);
    expect(suspicions.settle({ ...other, end: 10.5 })).toEqual([halt]);
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
    expect(suspicions.settle({ ...other, end: 11 })).toEqual([]);
    expect(suspicions.overdue(20)).toEqual([]);
  });

  it('was one in loud noise, unless a command was quite clear', () => {
    for (const [confidence, stops] of [
      [0.4, [halt]],
      [0.7, [halt]],
      [0.95, []],
    ] as const) {
      const suspicions = new Suspicions();
      suspicions.push(halt);
      expect(suspicions.settle({ end: 12, contrast: 10, text, confidence })).toEqual(stops);
    }
  });

  it('was one where so few words were understood that it may be all of them', () => {
    const suspicions = new Suspicions();
    suspicions.push(halt);
    expect(suspicions.settle({ ...command, end: 10.5, text: 'hold' })).toEqual([halt]);
  });

  it('does not go away with the command before it', () => {
    const suspicions = new Suspicions();
    suspicions.push(halt);
    expect(suspicions.settle({ ...command, end: 9 })).toEqual([]);
    expect(suspicions.settle({ ...other, end: 10 })).toEqual([halt]);
  });

  it('that is likely is one when nobody speaks on, and waits when somebody does', () => {
    const suspicions = new Suspicions();
    suspicions.push(halt);
    expect(suspicions.hushed(10)).toEqual([]);
    const likely = { ...halt, likely: true };
    suspicions.push(likely);
    expect(suspicions.hushed(10.5)).toEqual([]);
    expect(suspicions.hushed(10.1)).toEqual([likely]);
    expect(suspicions.hushed(10.1)).toEqual([]);
    expect(suspicions.settle({ ...command, end: 10.5 })).toEqual([]);
  });
});
