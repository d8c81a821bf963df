import { InstructionReader, nameThings, type PlannerContext } from '@praxis/planner';
import { loadVocabularyExtension, readManifest } from '@praxis/policy/node';
import { drawer, FAR_KINDS, insert, pick, press, sort, type Task, type TaskInstance, wipe } from '@praxis/sim';
import { expect, it } from 'vitest';

const FOLDER = 'models/contact';
const reader = new InstructionReader({ ...loadVocabularyExtension(FOLDER), tasks: readManifest(FOLDER).tasks });
const EPISODES = 150;

/** What a perfect detection of blocks and boxes would see; it finds no buttons, drawers, patches and sockets. */
function contextOf({ objects, named }: TaskInstance): PlannerContext | undefined {
  const found = named.flatMap(({ object, colour, shape }) => {
    const pose = objects.find(({ name }) => name === object)?.pose;
    return pose ? [{ words: [colour, shape], position: [pose[0], pose[1], pose[2]] as const, confidence: 1 }] : [];
  });
  if (found.length === 0) return undefined;
  const things = nameThings(found);
  return { time: 0, things, places: [], supervisor: { state: 'running' }, utterances: [], history: [] };
}

/** Reads wordings of validation seeds, and counts those of each kind that become the command of their goal. */
function readWordings(task: Task) {
  const counts = { far: 0, farRight: 0, wrong: [] as string[] };
  for (let seed = 1_500_000; seed < 1_500_000 + EPISODES; seed++) {
    const instance = task.draw({ seed, wordings: 'validation', swap: false, rewording: 2 });
    const context = contextOf(instance);
    const reading = reader.read(instance.instruction, context ? { context } : {});
    const [, ...words] = instance.goal.key.split(' ');
    const isMeant = reading.kind === 'meant';
    const isRight = isMeant && words.every((word) => reading.text.split(' ').includes(word));
    if (isMeant && !isRight) counts.wrong.push(`${instance.instruction}: ${reading.text}`);
    if (!FAR_KINDS.some((kind) => kind === instance.wordingKind)) continue;
    counts.far++;
    if (isRight) counts.farRight++;
  }
  return counts;
}

it.each([pick, press, drawer, wipe, insert, sort])('wordings of $name mean what they say', (task) => {
  const { far, farRight, wrong } = readWordings(task);
  expect(wrong).toEqual([]);
  expect(far).toBeGreaterThan(EPISODES / 5);
  // 100 % on these seeds; the rules were written with the patterns of such wordings in view, which reports do not have.
  expect(farRight / far).toBeGreaterThanOrEqual(0.98);
});
