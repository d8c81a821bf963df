import { type CameraView, type PicturePoint, pointAtHeight, projectPoint } from './camera-view.ts';
import type { KnownPlace, SeenThing } from './context.ts';
import { horizontalDistance } from './distance.ts';
import { nameThings } from './name-things.ts';
import { placeBelow, placeUnder } from './places.ts';

/** A thing as one camera sees it. */
export interface Sighting extends PicturePoint {
  /** Name of the camera. */
  readonly camera: string;
  /** 0..1. */
  readonly confidence: number;
  /** Probability of each word, for each group of words such as colours and shapes. */
  readonly words: readonly Readonly<Record<string, number>>[];
}

/** What is known of the work cell when things are found. */
export interface FindOptions {
  readonly places: readonly KnownPlace[];
  /** Height of the surface that things lie on (m, base frame of the arm). Default: 0. */
  readonly surface?: number;
  /** Height of a thing (m). Default: 0.04. */
  readonly thingHeight?: number;
  /** Position of what the fingers hold (m): sightings of it are left out, since it lies nowhere. */
  readonly held?: readonly [number, number, number];
  /** Position of the tool (m), where a thing lies that the fingers have just let go of. Default: unknown. */
  readonly tool?: readonly [number, number, number];
  /** Where things may lie: x and y from the least to the largest (m). Sightings elsewhere are left out. Default: everywhere. */
  readonly area?: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
}

/** Sightings of two cameras closer than this may be the same thing (m). */
const SAME_THING_M = 0.05;
/** Sightings of one camera closer than this are the same thing (m): less than the thickness of a thing. */
const SAME_CAMERA_M = 0.03;
/** A sighting this close to the held thing in a picture is the held thing (fraction of the picture's height). */
const HELD_RADIUS = 0.13;
/** Size of a thing of this height in a picture, added to {@link HELD_RADIUS} (m). */
const HELD_HALF_SIZE_M = 0.03;

interface Located extends Sighting {
  readonly position: readonly [number, number, number];
  /** Distance from the camera (m): its errors grow with it. */
  readonly distance: number;
}

/** A thing at a place, with what all sightings say about its words. */
export interface LocatedThing {
  readonly position: readonly [number, number, number];
  readonly confidence: number;
  /** Sum of the logarithms of the probabilities of each word, for each group of words. */
  readonly evidence: readonly Readonly<Record<string, number>>[];
}

/**
 * The thing of a place by its likeliest words, without a name.
 * @param looks number of looks whose evidence is summed. They see the same side of a thing in the same light and err alike, so that a word is
 * left open when it is possible by the mean look. Default: 1
 */
export function thingOfEvidence(
  { position, confidence, evidence }: LocatedThing,
  places: readonly KnownPlace[],
  looks = 1,
) {
  const place = placeUnder(position, places);
  const words = evidence.map(likeliestWord);
  const alternatives = evidence.flatMap((each) => possibleWords(each, looks)).filter((word) => !words.includes(word));
  return {
    ...{ words, position, confidence },
    ...(alternatives.length > 0 ? { alternatives } : {}),
    ...(place ? { on: place.name } : {}),
  };
}

/** Adds up evidence of the same groups of words. */
export const addEvidence = (all: readonly LocatedThing['evidence'][]): LocatedThing['evidence'] =>
  all[0].map((_, group) => {
    const words = [...new Set(all.flatMap((each) => Object.keys(each[group])))];
    const sum = (word: string) => all.reduce((total, each) => total + (each[group][word] ?? LEAST_EVIDENCE), 0);
    return Object.fromEntries(words.map((word) => [word, sum(word)]));
  });

const LEAST_PROBABILITY = 1e-6;
const LEAST_EVIDENCE = Math.log(LEAST_PROBABILITY);

const likeliestWord = (evidence: Readonly<Record<string, number>>): string =>
  Object.keys(evidence).reduce((best, word) => (evidence[word] > evidence[best] ? word : best));

/**
 * A word of at least this probability may be right, although another one is likelier. Of 391 things of validation scenes, 15 looked likelier to have another
 * shape; the right one had more than this in all but one, and wrong colours had less in all.
 */
const POSSIBLE_PROBABILITY = 0.005;

/** The words that may be right by the mean of the looks. */
function possibleWords(evidence: Readonly<Record<string, number>>, looks: number): readonly string[] {
  const most = evidence[likeliestWord(evidence)];
  const odds = Object.entries(evidence).map(([word, each]) => [word, Math.exp((each - most) / looks)] as const);
  const total = odds.reduce((sum, [, each]) => sum + each, 0);
  return odds.filter(([, each]) => each >= POSSIBLE_PROBABILITY * total).map(([word]) => word);
}

/**
 * Finds things from what cameras see and names them, see {@link locateThings}.
 * @param views the cameras by their nominal poses
 * @returns things from left to right, with names that are unique
 */
export const findThings = (
  sightings: readonly Sighting[],
  views: readonly CameraView[],
  options: FindOptions,
): readonly SeenThing[] =>
  nameThings(locateThings(sightings, views, options).map((thing) => thingOfEvidence(thing, options.places)));

/**
 * Finds things from what cameras see: each sighting is placed at the height of half a thing above the surface, sightings of one place become one
 * thing (non-maximum suppression), and what several cameras see counts by how near they are.
 * @param views the cameras by their nominal poses
 */
export function locateThings(
  sightings: readonly Sighting[],
  views: readonly CameraView[],
  options: FindOptions,
): readonly LocatedThing[] {
  const located = sightings.flatMap((sighting) => {
    const view = views.find(({ name }) => name === sighting.camera);
    return view && !isHeld(sighting, view, options) ? locate(sighting, view, options) : [];
  });
  const groups: Located[][] = [];
  for (const each of located.sort((a, b) => b.confidence - a.confidence)) {
    const near = groups
      .map((group) => ({ group, gap: horizontalDistance(group[0].position, each.position) }))
      .sort((a, b) => a.gap - b.gap)
      .find(({ group, gap }) => {
        const isSameCamera = group.some(({ camera }) => camera === each.camera);
        return gap < (isSameCamera ? SAME_CAMERA_M : SAME_THING_M);
      });
    if (!near) groups.push([each]);
    else if (!near.group.some(({ camera }) => camera === each.camera)) near.group.push(each);
  }
  return groups.map(joinSightings);
}

/** Height of the middle of a thing that lies at a point, on a place or on the surface (m). */
export function heightOfMiddle(
  point: readonly [number, number, ...number[]],
  { places, surface = 0, thingHeight = 0.04 }: Pick<FindOptions, 'places' | 'surface' | 'thingHeight'>,
): number {
  return (placeBelow(point, places)?.position[2] ?? surface) + thingHeight / 2;
}

function locate(sighting: Sighting, view: CameraView, options: FindOptions): Located[] {
  const { surface = 0, thingHeight = 0.04, area } = options;
  const onTable = pointAtHeight(view, sighting, surface + thingHeight / 2);
  if (!onTable) return [];
  const position = pointAtHeight(view, sighting, heightOfMiddle(onTable, options)) ?? onTable;
  const [x, y] = position;
  if (area && (x < area.x[0] || x > area.x[1] || y < area.y[0] || y > area.y[1])) return [];
  const distance = Math.sqrt(position.reduce((sum, each, i) => sum + (each - view.pose[i]) ** 2, 0));
  return [{ ...sighting, position, distance }];
}

/** True for a sighting of what the fingers hold. */
function isHeld(sighting: Sighting, view: CameraView, { held }: FindOptions): boolean {
  const at = held && projectPoint(view, held);
  const beside = held && projectPoint(view, [held[0], held[1], held[2] + HELD_HALF_SIZE_M]);
  if (!at || !beside) return false;
  const size = Math.abs(beside.y - at.y);
  const gap = Math.sqrt(((sighting.x - at.x) * view.aspect) ** 2 + (sighting.y - at.y) ** 2);
  return gap < Math.min(HELD_RADIUS, 0.03 + size);
}

/** One thing from the sightings of several cameras. */
function joinSightings(group: readonly Located[]): LocatedThing {
  const weights = group.map(({ distance }) => 1 / (distance * distance));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (axis: 0 | 1 | 2) =>
    group.reduce((sum, { position }, i) => sum + weights[i] * position[axis], 0) / total;
  return {
    position: [mean(0), mean(1), mean(2)],
    confidence: 1 - group.reduce((missed, { confidence }) => missed * (1 - confidence), 1),
    evidence: addEvidence(group.map(({ words }) => words.map(logarithms))),
  };
}

const logarithms = (probabilities: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(probabilities).map(([word, each]) => [word, Math.log(each + LEAST_PROBABILITY)] as const),
  );
