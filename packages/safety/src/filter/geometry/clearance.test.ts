import { InputError, quaternion, Random } from '@praxis/core';
import { KinematicTree, parseUrdf } from '@praxis/model';
import { describe, expect, it } from 'vitest';
import { ALL_STAGES } from '../../testing/all-stages.ts';
import { HOME, model, names } from '../../testing/arm.ts';
import { distanceBarriers, workspaceBarriers } from './build-barriers.ts';
import { Clearance } from './clearance.ts';
import { fitCapsule } from './fit-capsule.ts';
import { LinkMotion } from './link-motion.ts';

function setUp() {
  const motion = new LinkMotion(new KinematicTree(model), names);
  const clearance = new Clearance(motion, (set) => [
    ...workspaceBarriers(ALL_STAGES.workspace!, motion, set),
    ...distanceBarriers(ALL_STAGES.distance!, motion, set),
  ]);
  return { motion, clearance };
}

const random = new Random(3);
const anywhere = () => HOME.map((q) => q + random.uniform(-1, 1));

describe('Clearance', () => {
  it('has the gradient of finite differences', () => {
    const { clearance } = setUp();
    const gradient = new Float64Array(7);
    const measured = (q: Float64Array) => {
      clearance.advance(q);
      return clearance.distance.map((_, k) => clearance.measure(k));
    };
    let compared = 0;
    for (let run = 0; run < 12; run++) {
      const q = anywhere();
      const h = 1e-6;
      const slopes = names.map((_, i) => {
        const [after, before] = [measured(q.with(i, q[i] + h)), measured(q.with(i, q[i] - h))];
        return after.map((each, k) => (each - before[k]) / (2 * h));
      });
      measured(q);
      for (let k = 0; k < clearance.barriers.length; k++) {
        clearance.gradient(k, gradient, 0);
        // The gradient is undefined at an edge, where the nearest points jump; elsewhere it exists.
        const error = Math.max(...slopes.map((slope, i) => Math.abs(slope[k] - gradient[i])));
        if (error < 1e-4) compared++;
      }
    }
    expect(compared).toBeGreaterThan(0.97 * 12 * clearance.barriers.length);
  });

  it('has a lower bound of every distance not measured since the arm moved', () => {
    const { clearance } = setUp();
    const { clearance: exact } = setUp();
    let q = HOME.slice();
    for (let k = 0; k < 300; k++) {
      q = q.map((each) => each + random.uniform(-0.02, 0.02));
      for (const each of [clearance, exact]) each.advance(q);
      const distances = exact.distance.map((_, b) => exact.measure(b));
      expect([...distances].filter((each, b) => clearance.distance[b] > each + 1e-9)).toEqual([]);
      // Measured at the start and at intervals.
      for (let b = k % 7; b < distances.length; b += k === 0 ? 1 : 7) clearance.measure(b);
    }
  });

  it('ignores links connected by one joint or without relative motion', () => {
    const { clearance } = setUp();
    const pairs = clearance.barriers.map((each) => each.name);
    expect(pairs).toContain('base_link and link4');
    expect(pairs).not.toContain('link2 and link3');
    expect(pairs).not.toContain('link7 and hand');
  });

  it('names unknown links and unsupported meshes', () => {
    const { motion } = setUp();
    const build = (change: object) => () =>
      new Clearance(motion, (set) => distanceBarriers({ ...ALL_STAGES.distance!, ...change }, motion, set));
    expect(build({ ignoreLinks: ['tail'] })).toThrow('link "tail": unknown');
    const mesh = parseUrdf(
      '<robot name="r"><link name="a"/><link name="b"><collision><geometry><mesh filename="b.stl"/></geometry></collision></link><joint name="j" type="continuous"><parent link="a"/><child link="b"/></joint></robot>',
      { hasMesh: () => true },
    );
    const of = (capsules: object) => () => {
      const links = new LinkMotion(new KinematicTree(mesh), ['j']);
      return new Clearance(links, (set) => distanceBarriers({ margin: 0, ...capsules }, links, set));
    };
    expect(of({})).toThrow(InputError);
    expect(of({})).toThrow('distance.linkCapsules: link "b" has mesh b.stl');
    expect(of({ linkCapsules: { b: [{ from: [0, 0, 0], to: [1, 0, 0], radius: 0.1 }] } })).not.toThrow();
  });
});

describe('fitCapsule', () => {
  it('contains every point of the shape', () => {
    for (const link of model.links) {
      for (const shape of [...link.collisions, ...link.visuals]) {
        const { from, to, radius } = fitCapsule(shape, link.name);
        let farthest = 0;
        for (let k = 0; k < 200; k++) {
          const p = surfacePoint(shape.geometry);
          quaternion.rotate(shape.origin.quaternion, p, p);
          for (let a = 0; a < 3; a++) p[a] += shape.origin.xyz[a];
          const along = from.map((each, a) => to[a] - each);
          const length = along.reduce((sum, each) => sum + each * each, 0);
          const projection = along.reduce((sum, each, a) => sum + each * (p[a] - from[a]), 0);
          const t = length > 0 ? Math.min(Math.max(projection / length, 0), 1) : 0;
          farthest = Math.max(farthest, Math.hypot(...from.map((each, a) => each + t * along[a] - p[a])));
        }
        expect(farthest).toBeLessThanOrEqual(radius + 1e-9);
      }
    }
  });
});

/** A random point of the shape's surface in its frame: a box corner, a cylinder rim or a sphere. */
function surfacePoint(geometry: Parameters<typeof fitCapsule>[0]['geometry']): Float64Array {
  const sign = () => (random.chance(0.5) ? 1 : -1);
  const angle = random.uniform(0, 2 * Math.PI);
  switch (geometry.type) {
    case 'box':
      return Float64Array.from(geometry.size, (size) => (sign() * size) / 2);
    case 'cylinder':
    case 'capsule': {
      const { radius, length } = geometry;
      return Float64Array.of(radius * Math.cos(angle), radius * Math.sin(angle), (sign() * length) / 2);
    }
    case 'sphere':
      return Float64Array.of(geometry.radius * Math.cos(angle), geometry.radius * Math.sin(angle), 0);
    case 'mesh':
      throw new Error('no meshes here');
  }
}
