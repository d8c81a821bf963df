import { InputError, Random } from '@praxis/core';
import { drawWording, fillPatterns } from '../../wordings/wordings.ts';
import { drawer } from '../drawer/drawer.ts';
import { pick } from '../pick.ts';
import { press } from '../press/press.ts';
import { sort } from '../sort.ts';
import type { DrawOptions, Task, TaskInstance } from '../task.ts';
import { InterruptedInstance, spokenKey } from './interrupted-instance.ts';
import { INSTEAD, SOFTER, STOP_WORD } from './wordings.ts';

/** A task that can be interrupted, and how its goals are named without the verb. */
interface Interruptible {
  readonly task: Task;
  /** Words for the thing of a goal, such as `blue cube`. @param words the goal's key, word by word */
  thing(words: readonly string[]): string;
}

const named = (task: Task): Interruptible => ({ task, thing: ([, ...words]) => words.join(' ') });

const TASKS: readonly Interruptible[] = [
  named(pick),
  { task: sort, thing: ([, weight, side]) => `${weight} one on the ${side} tray` },
  named(press),
  named(drawer),
];

/** Kinds of interruptions, each equally often. */
const KINDS = ['stop', 'instead', 'softer'] as const;
/** When the last word ends: from the first motion to the first contact (s). */
const EARLIEST_S = 0.8;
const LATEST_S = 3;
const PREFIX = 'interrupt ';

/** The instruction that stays in force, and how it is to be done. */
const softerText = (instruction: string, softer: string): string => `${instruction}, ${softer}`;

function draw(options: DrawOptions): TaskInstance {
  const { seed, wordings } = options;
  const random = new Random(seed, 'interrupt');
  const { task, thing } = random.pick(TASKS);
  const base = task.draw(options);
  const kind = random.pick(KINDS);
  const time = random.uniform(EARLIEST_S, LATEST_S);
  const others = (base.goalKeys ?? []).filter((key) => key !== base.goal.key);
  if (others.length === 0)
    throw new InputError(`task ${task.name}: its scenes have one goal, expected another one to change to`);
  const next = random.pick(others);
  const instead = drawWording(random, INSTEAD, wordings, { thing: thing(next.split(' ')) });
  const softer = drawWording(random, SOFTER, wordings, {});
  const text = { stop: STOP_WORD, instead, softer: softerText(base.instruction, softer) }[kind];
  return new InterruptedInstance(base, PREFIX, { kind, time, text, next });
}

/**
 * Task `interrupt`: one of the other tasks, with "stop", another goal, or "softer" said while the arm works. The arm must react within 0.3 s of
 * the last word's end; then it must stand still, reach the new goal, or reach its goal slowly.
 */
export const interrupt: Task = {
  name: 'interrupt',
  needs: ['wrist sensor'],
  hasRewordings: true,
  tool: 'compliant',
  draw,
  goals: (set) =>
    TASKS.flatMap(({ task }) =>
      task.goals(set).map(({ key, texts }) => ({ key: `${PREFIX}${key}`, texts, like: task.name })),
    ),
  spokenGoals: (set) =>
    TASKS.flatMap(({ task, thing }) =>
      task.goals(set).flatMap(({ key, texts }) => [
        {
          key: spokenKey(`${PREFIX}${key}`, 'instead'),
          texts: fillPatterns(INSTEAD[set], { thing: thing(key.split(' ')) }),
          like: task.name,
        },
        {
          key: spokenKey(`${PREFIX}${key}`, 'softer'),
          texts: texts.flatMap((text) => SOFTER[set].map((softer) => softerText(text, softer))),
          like: task.name,
        },
      ]),
    ),
};
