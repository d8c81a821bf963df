import { PolicyError } from '@praxis/core';
import { findThings, type SeenThing, type Sighting } from '@praxis/planner';
import { OnnxPolicy, type ThingDetector } from '@praxis/policy';
import { loadPolicyFromDirectory, loadThingDetectorFromDirectory } from '@praxis/policy/node';
import { type RobotChoice, type RobotSetup, setupOf, type Task } from '@praxis/sim';
import { quantile, wilson95 } from '../../report/statistics.ts';
import { cameraViews } from './camera-views.ts';
import { drawView, type SceneView } from './draw-view.ts';
import { groundingSightings } from './grounding.ts';
import { type ScoredThing, scoreView, type ViewScore } from './score.ts';

/** Options of {@link studyContext}. */
export interface ContextStudyOptions {
  /** Folder of the policy. */
  readonly policy: string;
  readonly robot: RobotChoice;
  readonly tasks: readonly Task[];
  /** Seeds of the scenes of each task. */
  readonly seeds: readonly number[];
  readonly onView?: () => void;
}

/** Finds compared with the truth. Shares are 0..1; null without cases. */
export interface FindRates {
  /** Things that a camera sees at least in part. */
  readonly things: number;
  readonly found: number;
  /** Finds with the right words at the place of a thing, of all finds. */
  readonly precision: number | null;
  readonly precision95: readonly [number, number];
  /** Things that were found with the right words. */
  readonly recall: number | null;
  readonly recall95: readonly [number, number];
  /** Things at whose place something was found, whatever its words. */
  readonly located: number | null;
}

/** Horizontal errors of the places of finds (m). */
export interface PlaceErrors {
  readonly p50: number | null;
  readonly p95: number | null;
}

/** What one way of finding things found. */
export interface ContextMethod {
  readonly all: FindRates;
  readonly byKind: Readonly<Record<string, FindRates>>;
  readonly byTask: Readonly<Record<string, FindRates>>;
  readonly error: PlaceErrors;
  /** Scenes in which every visible thing was found with its words and nothing was invented. */
  readonly perfectScenes: number;
  /** Most frequent mistakes: true words and found ones, with their number. */
  readonly confusions: readonly { readonly truth: string; readonly found: string; readonly count: number }[];
  /** Time of one look at all cameras (ms). */
  readonly lookMs: { readonly p50: number | null; readonly p95: number | null };
}

/** Result of {@link studyContext}. */
export interface ContextStudy {
  readonly policy: string;
  readonly scenes: number;
  readonly seeds: readonly [first: number, last: number];
  readonly detection: ContextMethod;
  /** The policy's grounding alone, asked for each phrase in turn. */
  readonly grounding: ContextMethod;
}

/** Least confidence at which a place of the grounding counts, chosen on validation seeds. */
const GROUNDING_THRESHOLD = 0.7;
/** Number of confusions that are listed. */
const LISTED_CONFUSIONS = 6;

/**
 * Measures what is found in pictures of drawn scenes against the simulator's truth: at the start of the tasks and in the midst of plans,
 * with the arm anywhere above the table and things on trays and in the fingers.
 * @throws {PolicyError} when the policy has no detection or no grounding
 */
export async function studyContext(options: ContextStudyOptions): Promise<ContextStudy> {
  const { policy: folder, robot, tasks, seeds, onView } = options;
  const setup = setupOf(robot);
  const policy = await loadPolicyFromDirectory(folder);
  const detector = await loadThingDetectorFromDirectory(folder);
  if (!detector || !(policy instanceof OnnxPolicy))
    throw new PolicyError(`${folder}: expected a policy with a detection`);
  const tallies = { detection: new Tally(), grounding: new Tally() };
  try {
    for (const task of tasks) {
      for (const seed of seeds) {
        const view = await drawView(task, seed, robot);
        await tallies.detection.add(view, setup, () => detectedSightings(detector, view));
        await tallies.grounding.add(view, setup, async () =>
          (await groundingSightings(policy, setup, view)).filter(({ confidence }) => confidence > GROUNDING_THRESHOLD),
        );
        onView?.();
      }
    }
  } finally {
    await policy.close();
    await detector.close();
  }
  return {
    policy: policy.spec.name,
    scenes: tasks.length * seeds.length,
    seeds: [seeds[0], seeds[seeds.length - 1]],
    detection: tallies.detection.result(),
    grounding: tallies.grounding.result(),
  };
}

/** What the detection of a policy finds in the pictures of a view. */
export async function detectedSightings(
  detector: ThingDetector,
  { pictures }: SceneView,
): Promise<readonly Sighting[]> {
  const sightings: Sighting[] = [];
  for (const camera of detector.cameras) {
    for (const found of await detector.find(camera, pictures[camera])) sightings.push({ ...found, camera });
  }
  return sightings;
}

/** Things from sightings, as the context has them. */
function thingsIn(sightings: readonly Sighting[], setup: RobotSetup, view: SceneView): readonly SeenThing[] {
  const held = view.things.find((thing) => thing.held)?.position;
  const { workspace } = setup.definition;
  return findThings(sightings, cameraViews(setup, view.joints), {
    places: view.places,
    ...(held ? { held } : {}),
    ...(workspace
      ? { area: { x: [workspace.lower[0], workspace.upper[0]], y: [workspace.lower[1], workspace.upper[1]] } }
      : {}),
  });
}

class Tally {
  readonly #scores: (ViewScore & { readonly task: string })[] = [];
  readonly #times: number[] = [];

  async add(view: SceneView, setup: RobotSetup, look: () => Promise<readonly Sighting[]>): Promise<void> {
    const began = performance.now();
    const found = thingsIn(await look(), setup, view);
    this.#times.push(performance.now() - began);
    this.#scores.push({ ...scoreView(view, found), task: view.task });
  }

  result(): ContextMethod {
    const things = this.#scores.flatMap((score) => score.things.filter(({ visible }) => visible));
    const invented = this.#scores.flatMap((score) => score.invented);
    const errors = things.flatMap(({ error }) => error ?? []);
    const kinds = [...new Set(things.map(({ kind }) => kind))].sort();
    const tasks = [...new Set(this.#scores.map(({ task }) => task))];
    const ofTask = (task: string) =>
      this.#scores.filter((score) => score.task === task).flatMap((score) => score.invented);
    const perfect = this.#scores.filter(
      (score) => score.invented.length === 0 && score.things.every((thing) => !thing.visible || isRight(thing)),
    );
    return {
      all: ratesOf(things, invented.length + wrongFinds(things)),
      byKind: Object.fromEntries(kinds.map((kind) => [kind, kindRates(kind, things, invented)])),
      byTask: Object.fromEntries(
        tasks.map((task) => {
          const own = things.filter((thing) => thing.task === task);
          return [task, ratesOf(own, ofTask(task).length + wrongFinds(own))];
        }),
      ),
      error: { p50: quantile(errors, 0.5), p95: quantile(errors, 0.95) },
      perfectScenes: perfect.length,
      confusions: confusionsOf(things, invented),
      lookMs: { p50: quantile(this.#times, 0.5), p95: quantile(this.#times, 0.95) },
    };
  }
}

const isRight = ({ kind, found }: ScoredThing): boolean => found === kind;
const wrongFinds = (things: readonly ScoredThing[]): number =>
  things.filter((thing) => thing.found !== undefined && !isRight(thing)).length;

/** @param wrong number of finds that are wrong */
function ratesOf(things: readonly ScoredThing[], wrong: number): FindRates {
  const right = things.filter(isRight).length;
  const found = right + wrong;
  const located = things.filter((thing) => thing.found !== undefined).length;
  const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);
  return {
    things: things.length,
    found,
    precision: share(right, found),
    precision95: wilson95(right, found),
    recall: share(right, things.length),
    recall95: wilson95(right, things.length),
    located: share(located, things.length),
  };
}

/** Rates of one kind: its finds are those with its words, wherever they are. */
function kindRates(kind: string, things: readonly ScoredThing[], invented: readonly string[]): FindRates {
  const own = things.filter((thing) => thing.kind === kind);
  const elsewhere = things.filter((thing) => thing.found === kind && thing.kind !== kind).length;
  return ratesOf(own, elsewhere + invented.filter((words) => words === kind).length);
}

function confusionsOf(things: readonly ScoredThing[], invented: readonly string[]): ContextMethod['confusions'] {
  const counts = new Map<string, { truth: string; found: string; count: number }>();
  const count = (truth: string, found: string) => {
    const entry = counts.get(`${truth}|${found}`) ?? { truth, found, count: 0 };
    entry.count++;
    counts.set(`${truth}|${found}`, entry);
  };
  for (const { kind, found } of things) if (found !== kind) count(kind, found ?? 'nothing');
  for (const words of invented) count('nothing', words);
  return [...counts.values()].sort((a, b) => b.count - a.count).slice(0, LISTED_CONFUSIONS);
}
