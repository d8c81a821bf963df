import { Random } from '@praxis/core';
import type { SceneObject } from '../mjcf/scene-object.ts';
import type { ScenePart } from '../mjcf/scene-part.ts';
import type { TaskArea } from '../tasks/area.ts';
import type { TaskInstance } from '../tasks/task.ts';
import type { PerturbationLevel } from './perturbation.ts';

/** Colours of things that no instruction names: grey, white, brown, pink. */
const COLOURS = [
  [0.2, 0.2, 0.21],
  [0.8, 0.8, 0.78],
  [0.25, 0.14, 0.07],
  [0.8, 0.35, 0.45],
] as const;
/** Largest half side of an added thing (m), in an area of scale 1. */
const MAX_HALF_M = 0.023;
/** Free space between things (m), in an area of scale 1: the fingers pass. */
const GAP_M = 0.045;
const MAX_TRIES = 500;

/** A circle on the table (m). */
interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/**
 * Draws things that no instruction names into the free places of a scene: two at level 1; four at level 2, the first of which touches the
 * named object on a side on which no finger comes. Where there is no free place, there are fewer.
 */
export function drawMoreObjects(
  { objects, parts = [], named, goal }: Pick<TaskInstance, 'objects' | 'parts' | 'named' | 'goal'>,
  level: PerturbationLevel,
  seed: number,
  area: TaskArea,
): readonly SceneObject[] {
  const random = new Random(seed, 'more objects');
  const taken = [...objects.map(objectCircle), ...parts.map(partCircle)];
  const scale = area.scale;
  const asked = named.find(({ colour, shape }) => goal.key.includes(`${colour} ${shape}`));
  const target = level === 2 ? objects.find(({ name }) => name === asked?.object) : undefined;
  const drawn: SceneObject[] = [];
  for (let k = 0; k < 2 * level; k++) {
    const half = random.uniform(0.016, MAX_HALF_M) * scale;
    const circle =
      k === 0 && target ? besideOf(target, half, random) : freePlace(taken, half, GAP_M * scale, area, random);
    if (!circle) continue;
    taken.push(circle);
    drawn.push(thing(`other${k}`, circle, half, k, scale, random));
  }
  return drawn;
}

function thing(name: string, { x, y }: Circle, half: number, k: number, scale: number, random: Random): SceneObject {
  const height = random.uniform(0.025, 0.045) * scale;
  const round = random.integer(2) === 0;
  const [r, g, b] = COLOURS[k % COLOURS.length];
  return {
    name,
    geometry: round
      ? { type: 'cylinder', radius: half, length: height }
      : { type: 'box', size: [2 * half, 2 * half, height] },
    pose: [x, y, height / 2, 0, 0, 0, 1],
    rgba: [r, g, b, 1],
    mass: 0.1 * scale * scale * scale,
    friction: 1,
  };
}

/** A place that touches an object in front of it or behind it: the fingers come from its sides, along y. */
function besideOf({ geometry, pose }: SceneObject, half: number, random: Random): Circle {
  const side = random.integer(2) === 0 ? 1 : -1;
  const [x, y, , , , qz, qw] = pose;
  const tangent = Math.abs((2 * qz * qw) / (qw * qw - qz * qz));
  const own =
    geometry.type === 'box'
      ? (geometry.size[0] / 2) * Math.sqrt(1 + tangent * tangent) + half * tangent
      : geometry.radius;
  return { x: x + side * (own + half), y, radius: half * Math.SQRT2 };
}

function freePlace(
  taken: readonly Circle[],
  half: number,
  gap: number,
  { x, y }: TaskArea,
  random: Random,
): Circle | undefined {
  const radius = half * Math.SQRT2;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const place = { x: random.uniform(...x), y: random.uniform(...y), radius };
    const isFree = taken.every((other) => {
      const [dx, dy] = [other.x - place.x, other.y - place.y];
      return Math.sqrt(dx * dx + dy * dy) > other.radius + radius + gap;
    });
    if (isFree) return place;
  }
  return undefined;
}

/** Radius of the circle around a shape (m). */
function radiusOf(geometry: SceneObject['geometry']): number {
  if (geometry.type === 'box') return Math.sqrt(geometry.size[0] ** 2 + geometry.size[1] ** 2) / 2;
  return geometry.radius;
}

const objectCircle = ({ pose: [x, y], geometry }: SceneObject): Circle => ({ x, y, radius: radiusOf(geometry) });

/** The circle around all shapes of a part. */
function partCircle({ pose: [x, y], shapes }: ScenePart): Circle {
  const radius = Math.max(
    ...shapes.map(
      ({ geometry, pose = [0, 0, 0, 0, 0, 0, 1] }) => Math.sqrt(pose[0] ** 2 + pose[1] ** 2) + radiusOf(geometry),
    ),
  );
  return { x, y, radius };
}
