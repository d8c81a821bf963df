import type { Inertial, RobotModel } from '../../description/robot-model.ts';
import type { ConvexPoints } from '../analysis/link-shapes.ts';
import { LinkTree } from '../analysis/rigid-groups.ts';
import { symmetricEigenvalues } from '../analysis/symmetric-eigenvalues.ts';
import { type Finding, fault, shown, warning } from './finding.ts';

/** Share of the largest moment by which rounding may break the triangle rule. */
const TRIANGLE_TOLERANCE = 1e-3;
/** A lighter link is a frame to which an exporter gave a mass because simulators ask for one (kg). */
const LEAST_KG = 1e-5;
/** A heavier link is rather one in grams (kg). */
const MOST_KG = 500;
/** A body's mass lies within its shape: how much farther out its moments may put it. */
const GYRATION_SLACK = 1.5;

/** Principal moments of inertia about the centre of mass (kg m^2), smallest first. */
export const principalMoments = ({ inertia: [xx, xy, xz, yy, yz, zz] }: Inertial): readonly [number, number, number] =>
  symmetricEigenvalues(xx, xy, xz, yy, yz, zz);

/** Largest distance of two corners of the box around a link's shapes (m); undefined without shapes. */
function sizeOf(shapes: readonly ConvexPoints[] | undefined): number | undefined {
  if (!shapes || shapes.length === 0) return undefined;
  const lower = [Infinity, Infinity, Infinity];
  const upper = [-Infinity, -Infinity, -Infinity];
  for (const points of shapes) {
    points.forEach((value, i) => {
      lower[i % 3] = Math.min(lower[i % 3], value);
      upper[i % 3] = Math.max(upper[i % 3], value);
    });
  }
  return Math.hypot(...upper.map((value, axis) => value - lower[axis]));
}

function inertiaFindings(link: string, inertial: Inertial, size: number | undefined): readonly Finding[] {
  const subject = `link "${link}"`;
  const { mass } = inertial;
  if (mass === 0) return [fault(subject, 'mass 0: expected more, or no <inertial>')];
  if (mass < LEAST_KG) {
    return [warning(subject, `mass ${shown(mass)} kg: counts as none; a frame needs no <inertial>`)];
  }
  const findings: Finding[] = [];
  if (mass > MOST_KG) findings.push(warning(subject, `mass ${shown(mass)} kg: expected at most ${MOST_KG} kg`));
  const [least, middle, most] = principalMoments(inertial);
  const moments = `principal moments ${[least, middle, most].map(shown).join(', ')} kg m^2`;
  if (least <= 0) return [...findings, fault(subject, `inertia: ${moments}: expected each above 0`)];
  const excess = most - least - middle;
  if (excess > TRIANGLE_TOLERANCE * most) {
    findings.push(
      warning(
        subject,
        `inertia: ${moments}: the largest is ${shown((100 * excess) / most)} % above the sum of the others, which no body has; the simulator balances them`,
      ),
    );
  }
  // The mean square distance of the mass from its centre is half the trace.
  const gyration = Math.sqrt((least + middle + most) / (2 * mass));
  if (size !== undefined && gyration > (GYRATION_SLACK * size) / 2) {
    findings.push(
      warning(
        subject,
        `inertia: its mass would lie ${shown(gyration)} m from its centre, but the link is ${shown(size)} m long; a wrong unit?`,
      ),
    );
  }
  return findings;
}

/** Checks masses and inertias: of every link that has them, and that each group of links that a joint moves has some. */
export function checkInertias(
  model: RobotModel,
  shapes: ReadonlyMap<string, readonly ConvexPoints[]>,
): readonly Finding[] {
  const tree = new LinkTree(model);
  const massive = new Set(
    model.links.filter(({ inertial }) => (inertial?.mass ?? 0) >= LEAST_KG).map(({ name }) => tree.carrierOf(name)),
  );
  const findings = model.links.flatMap(({ name, inertial }) =>
    inertial ? inertiaFindings(name, inertial, sizeOf(shapes.get(name))) : [],
  );
  for (const { name, type, child } of model.joints) {
    if (type === 'fixed' || massive.has(child)) continue;
    findings.push(fault(`link "${child}"`, `no <inertial>, but joint "${name}" moves it: expected mass and inertia`));
  }
  return findings;
}
