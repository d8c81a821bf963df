import { InputError } from '@praxis/core';
import type { Inertial, Link, RobotModel } from '@praxis/model';

/** Margin by which a balanced inertia keeps the triangle rule, relative to the greatest principal moment. */
const BALANCE_MARGIN_RATIO = 1e-9;
/** Violations below this share of the greatest moment are rounding. */
const ROUNDING_RATIO = 1e-6;

/** A fixed link of less mass than this is a frame, whose mass and inertia are left out (kg). */
const NEGLIGIBLE_MASS_KG = 1e-6;
/** Radius of gyration of a mass without extent (m). */
const LEAST_GYRATION_M = 1e-3;

/** A model whose masses physics can use, and one line about each change. */
export interface CheckedMasses {
  readonly model: RobotModel;
  readonly warnings: readonly string[];
}

/**
 * Checks that physics can use the masses of a robot: every moving part has one, and the principal moments of each link keep the
 * triangle rule A + B >= C, which every distribution of mass keeps. Moments that do not are balanced: the two lesser ones are raised
 * equally until the rule holds, and a warning says by how much.
 * @throws {InputError} that names every link without <inertial> that a joint moves
 */
export function checkMasses(model: RobotModel): CheckedMasses {
  const massless = movingWithoutMass(model);
  if (massless.length > 0) {
    throw new InputError(
      `robot ${model.name}: ${massless.map((link) => `link "${link}"`).join(', ')}: no <inertial> with a mass, which physics needs of each link that a joint moves`,
    );
  }
  const warnings: string[] = [];
  const moving = new Set(model.joints.filter(({ type }) => type !== 'fixed').map(({ child }) => child));
  const links = model.links.map((link): Link => {
    if (link.inertial && link.inertial.mass < NEGLIGIBLE_MASS_KG && !moving.has(link.name)) {
      const { inertial: _, ...rest } = link;
      return rest;
    }
    const balanced = link.inertial && balance(link.inertial);
    if (!balanced) return link;
    warnings.push(
      `link "${link.name}": its principal moments of inertia break the rule A + B >= C by ${balanced.excess.toPrecision(3)} kg m^2 (${(100 * balanced.share).toPrecision(3)} % of the greatest); the lesser two are raised by ${(balanced.excess / 2).toPrecision(3)} kg m^2 each`,
    );
    return { ...link, inertial: balanced.inertial };
  });
  return links.every((link, i) => link === model.links[i])
    ? { model, warnings }
    : { model: { ...model, links }, warnings };
}

/** Names the links that a joint moves and that have no mass, fixed links on them included. */
function movingWithoutMass({ links, joints }: RobotModel): string[] {
  const masses = new Map(links.map(({ name, inertial }) => [name, inertial?.mass ?? 0]));
  const massOf = (link: string): number =>
    masses.get(link)! +
    joints
      .filter(({ type, parent }) => type === 'fixed' && parent === link)
      .reduce((sum, { child }) => sum + massOf(child), 0);
  return joints.filter(({ type, child }) => type !== 'fixed' && massOf(child) === 0).map(({ child }) => child);
}

/** Returns an inertial that keeps the triangle rule; undefined when the given one does. */
function balance(
  inertial: Inertial,
): { readonly inertial: Inertial; readonly excess: number; readonly share: number } | undefined {
  const [xx, xy, xz, yy, yz, zz] = inertial.inertia;
  const { values, vectors } = principalMoments([xx, xy, xz, xy, yy, yz, xz, yz, zz]);
  if (values.every((value) => value <= 0)) {
    const least = inertial.mass * LEAST_GYRATION_M * LEAST_GYRATION_M;
    return { inertial: { ...inertial, inertia: [least, 0, 0, least, 0, least] }, excess: 2 * least, share: 1 };
  }
  const greatest = values.indexOf(Math.max(...values));
  const sum = values.reduce((total, value) => total + value, 0);
  const excess = 2 * values[greatest] - sum;
  if (!(excess > ROUNDING_RATIO * values[greatest])) return undefined;
  const raised = values.map((value, i) =>
    i === greatest ? value : value + excess / 2 + BALANCE_MARGIN_RATIO * values[greatest],
  );
  const entry = (i: number, k: number): number =>
    [0, 1, 2].reduce((total, axis) => total + vectors[3 * i + axis] * raised[axis] * vectors[3 * k + axis], 0);
  return {
    inertial: {
      ...inertial,
      inertia: [entry(0, 0), entry(0, 1), entry(0, 2), entry(1, 1), entry(1, 2), entry(2, 2)],
    },
    excess,
    share: excess / values[greatest],
  };
}

/**
 * Diagonalises a symmetric 3 x 3 matrix (row-major) by Jacobi rotations.
 * @returns eigenvalues, and the eigenvectors as columns of a row-major matrix
 */
function principalMoments(matrix: readonly number[]): { values: number[]; vectors: number[] } {
  const a = [...matrix];
  const v = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  for (let sweep = 0; sweep < 30; sweep++) {
    for (const [p, q] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ]) {
      const off = a[3 * p + q];
      if (off === 0) continue;
      const theta = (a[3 * q + q] - a[3 * p + p]) / (2 * off);
      const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
      const c = 1 / Math.sqrt(t * t + 1);
      rotate(a, v, p, q, c, t * c);
    }
  }
  return { values: [a[0], a[4], a[8]], vectors: v };
}

/** Applies one Jacobi rotation in the plane of the axes p and q. */
function rotate(a: number[], v: number[], p: number, q: number, c: number, s: number): void {
  for (let k = 0; k < 3; k++) {
    const [kp, kq] = [a[3 * k + p], a[3 * k + q]];
    a[3 * k + p] = c * kp - s * kq;
    a[3 * k + q] = s * kp + c * kq;
  }
  for (let k = 0; k < 3; k++) {
    const [pk, qk] = [a[3 * p + k], a[3 * q + k]];
    a[3 * p + k] = c * pk - s * qk;
    a[3 * q + k] = s * pk + c * qk;
    const [kp, kq] = [v[3 * k + p], v[3 * k + q]];
    v[3 * k + p] = c * kp - s * kq;
    v[3 * k + q] = s * kp + c * kq;
  }
}
