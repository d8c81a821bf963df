import { InputError, Random } from '@praxis/core';
import type { DrawOptions, Knowledge, Task, TaskInstance, TaskState } from '../tasks/task.ts';

/** What an expert acts on: a task instance as it believes it to be, and a state as it knows it. */
export interface ExpertBelief {
  readonly instance: TaskInstance;
  readonly state: () => TaskState;
  /** `stiff` for an expert without touch: the controller that yields to force has none either. */
  readonly tool: NonNullable<Task['tool']>;
}

/** Scenes whose mean place of the named things an expert without vision knows. */
const MEAN_SCENES = 200;

/**
 * Takes knowledge from the scripted expert, to show what each modality of a task is worth.
 *
 * - Without `vision` every thing that an instruction can name is where such things are on average.
 * - Without `wrench` there is no contact force, for the controller neither, and the expert guesses what only touch tells.
 * - Without `language` it guesses one of the goals that the scene can have.
 *
 * @param draw options of the true instance
 * @param state returns the true state now
 * @throws {InputError} for a task whose goal cannot be guessed, because its instances pursue none but their own
 */
export function expertWithout(
  lacks: readonly Knowledge[],
  task: Task,
  draw: DrawOptions,
  state: () => TaskState,
): ExpertBelief {
  const random = new Random(draw.seed, 'guesses');
  const instance = task.draw(draw);
  if (lacks.includes('language')) guessGoal(instance, random);
  if (lacks.includes('wrench')) instance.guessFelt?.(random);
  const unseen = lacks.includes('vision') ? meanPlaces(task, draw) : undefined;
  const unfelt = lacks.includes('wrench');
  return {
    instance,
    tool: unfelt ? 'stiff' : (task.tool ?? 'stiff'),
    state: () => {
      const truth = state();
      follow(instance, truth);
      const known: TaskState = {
        ...truth,
        position: (name) => unseen?.get(name) ?? truth.position(name),
        ...(unfelt ? { force: () => [0, 0, 0] as const, slide: () => ({ position: 0, speed: 0 }) } : {}),
      };
      // An instance notes what it feels where it judges.
      instance.judge(known);
      return known;
    },
  };
}

/** Lets the mechanism of a believed instance follow the true parts, so that the expert knows what clicked or came free. */
function follow({ mechanism }: TaskInstance, { time, slide }: TaskState): void {
  mechanism?.advance({
    time,
    position: (part) => slide(part).position,
    speed: (part) => slide(part).speed,
    push: () => {},
  });
}

function guessGoal(instance: TaskInstance, random: Random): void {
  const { goalKeys = [], pursue, task } = instance;
  if (!pursue || goalKeys.length < 2) {
    throw new InputError(
      `task ${task}: its scenes have one goal, expected several for an expert that guesses its goal`,
    );
  }
  pursue.call(instance, random.pick([...goalKeys]));
}

/** The mean place of all things that instructions can name (m, scene), by the name of each. */
function meanPlaces(task: Task, draw: DrawOptions): ReadonlyMap<string, readonly [number, number, number]> {
  const sum: [number, number, number] = [0, 0, 0];
  const names = new Set<string>();
  let count = 0;
  for (let seed = 0; seed < MEAN_SCENES; seed++) {
    const { objects, parts = [], named } = task.draw({ ...draw, seed });
    for (const { name, pose } of [...objects, ...parts]) {
      if (!named.some(({ object }) => object === name)) continue;
      names.add(name);
      count++;
      for (let i = 0; i < 3; i++) sum[i] += pose[i];
    }
  }
  const mean = [sum[0] / count, sum[1] / count, sum[2] / count] as const;
  return new Map([...names].map((name) => [name, mean]));
}
