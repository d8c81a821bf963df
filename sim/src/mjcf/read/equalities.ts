import { type Equality, type EqualitySoftness, type Mimic, originAt, type Vector3 } from '@praxis/model';
import type { ModelArrays } from './model-arrays.ts';

/** Equality constraints (mjtEq). */
const EQUALITY = { connect: 0, weld: 1, joint: 2 } as const;
/** Numbers of an equality constraint's data (mjNEQDATA). */
const DATA_SIZE = 11;
/** Kind of the objects of a constraint between sites (mjtObj). */
const SITE = 6;
/** Coefficients of the polynomial of a joint constraint. */
const COEFFICIENTS = 5;

/** Position of a joint in the posture that the description draws (rad, m). */
export const referenceOf = (arrays: ModelArrays, joint: number): number =>
  arrays.number('qpos0', arrays.number('jnt_qposadr', joint));

const softnessOf = (arrays: ModelArrays, id: number): EqualitySoftness => ({
  solref: arrays.numbers('eq_solref', 2 * id, 2),
  solimp: arrays.numbers('eq_solimp', 5 * id, 5),
});

/** A constraint between two bodies, or two sites of them. */
function loopOf(arrays: ModelArrays, id: number, type: 'connect' | 'weld'): Equality {
  const objects = [arrays.number('eq_obj1id', id), arrays.number('eq_obj2id', id)] as const;
  const isOfSites = arrays.number('eq_objtype', id) === SITE;
  const body = (object: number) => (isOfSites ? arrays.number('site_bodyid', object) : object);
  const links = [arrays.name('body', body(objects[0])), arrays.name('body', body(objects[1]))] as const;
  const softness = softnessOf(arrays, id);
  if (isOfSites) {
    const [a, b] = objects.map((site) => originAt(arrays.pose('site_pos', 'site_quat', site)));
    return type === 'weld'
      ? { type, links, frames: [a, b], ...softness }
      : { type, links, points: [a.xyz, b.xyz], ...softness };
  }
  const data = arrays.numbers('eq_data', DATA_SIZE * id, DATA_SIZE);
  const vector = (at: number): Vector3 => [data[at], data[at + 1], data[at + 2]];
  if (type === 'connect') return { type, links, points: [vector(0), vector(3)], ...softness };
  // A weld's data is an anchor in the second body, and the pose of the second body in the first about that anchor.
  const [w, x, y, z] = data.slice(6, 10);
  const frames = [originAt([...vector(3), x, y, z, w]), originAt([...vector(0), 0, 0, 0, 1])] as const;
  return { type, links, frames, ...softness };
}

function jointOf(arrays: ModelArrays, id: number): Equality {
  const [follower, leader] = [arrays.number('eq_obj1id', id), arrays.number('eq_obj2id', id)];
  const c = arrays.numbers('eq_data', DATA_SIZE * id, COEFFICIENTS);
  // MuJoCo: q1 - ref1 = c0 + c1 (q2 - ref2) + c2 (q2 - ref2)^2 ...; expanded by powers of q2.
  const from = leader < 0 ? 0 : referenceOf(arrays, leader);
  const polynomial = c.map(() => 0);
  let power = [1];
  for (const coefficient of c) {
    power.forEach((each, i) => {
      polynomial[i] += coefficient * each;
    });
    const next = [...power, 0].map(() => 0);
    power.forEach((each, i) => {
      next[i] -= from * each;
      next[i + 1] += each;
    });
    power = next;
  }
  polynomial[0] += referenceOf(arrays, follower);
  return {
    ...{ type: 'joint', joint: arrays.name('joint', follower), polynomial },
    ...(leader >= 0 && { follows: arrays.name('joint', leader) }),
    ...softnessOf(arrays, id),
  };
}

/** The equality constraints that are active: loops of bodies, and joints that follow others. Others are told. */
export function equalitiesOf(arrays: ModelArrays, warn: (message: string) => void): readonly Equality[] {
  return Array.from({ length: arrays.model.neq }, (_, id) => id).flatMap((id): readonly Equality[] => {
    if (!arrays.isSet('eq', id, 'active0')) return [];
    switch (arrays.number('eq_type', id)) {
      case EQUALITY.connect:
        return [loopOf(arrays, id, 'connect')];
      case EQUALITY.weld:
        return [loopOf(arrays, id, 'weld')];
      case EQUALITY.joint:
        return [jointOf(arrays, id)];
      default:
        warn(`equality constraint ${id}: neither connect, weld nor joint; it is left out`);
        return [];
    }
  });
}

/** The joints that linear equalities make follow another, by the name of the follower. */
export function mimicsOf(equalities: readonly Equality[], warn: (message: string) => void): ReadonlyMap<string, Mimic> {
  const mimics = new Map<string, Mimic>();
  for (const each of equalities) {
    if (each.type !== 'joint') continue;
    const [offset, multiplier, ...higher] = each.polynomial;
    if (each.follows === undefined || higher.some((value) => value !== 0)) {
      warn(
        `joint "${each.joint}": its equality constraint is not linear in another joint; the kinematics take it as free`,
      );
      continue;
    }
    mimics.set(each.joint, { joint: each.follows, multiplier, offset });
  }
  return mimics;
}
