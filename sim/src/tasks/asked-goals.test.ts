import { describe, expect, it } from 'vitest';
import { askedGoals } from './asked-goals.ts';
import { drawer } from './drawer/drawer.ts';
import { pick } from './pick.ts';
import { press } from './press/press.ts';
import { sort } from './sort.ts';
import type { Task } from './task.ts';

describe('askedGoals', () => {
  it.each([pick, sort, press, drawer])('finds the goal of every wording of $name', (task) => {
    for (const { key, texts } of (['train', 'report'] as const).flatMap((set) => task.goals(set)))
      for (const text of texts) expect(askedGoals(task, text), text).toEqual([key]);
  });

  it.each([
    ['lift the red cube', ['pick red cube']],
    ['Please, grab that RED-cube now!', ['pick red cube']],
    ['the blue one', ['pick blue cube', 'pick blue cylinder', 'pick blue brick']],
    ['push the red cube', []],
    ["don't pick up the red cube", []],
    ['pick up the red cube and the blue brick', []],
    ['pick up the banana', []],
    ['pick it up', []],
    ['', []],
  ])('reads "%s" in the words of pick', (text, keys) => {
    expect(askedGoals(pick, text)).toEqual(keys);
  });

  it('reads weight and side of sort', () => {
    expect(askedGoals(sort, 'put the heavier box on the left tray')).toEqual(['sort heavy left']);
    expect(askedGoals(sort, 'put the box on the left tray')).toEqual(['sort heavy left', 'sort light left']);
  });

  it('takes a task with one goal at its own wording alone', () => {
    const wave: Task = { ...pick, goals: () => [{ key: 'wave', texts: ['wave your hand'] }] };
    expect(askedGoals(wave, 'please wave your hand')).toEqual(['wave']);
    expect(askedGoals(wave, 'wave')).toEqual([]);
  });
});
