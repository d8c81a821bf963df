import type { Random } from '@praxis/core';

const KINDS = ['revolute', 'continuous', 'prismatic', 'fixed', 'planar'] as const;

const INERTIAL = '<inertial><mass value="1"/><inertia ixx="1" ixy="0" ixz="0" iyy="1" iyz="0" izz="1"/></inertial>';

const three = (random: Random, size: number): string =>
  [0, 1, 2].map(() => random.uniform(-size, size).toPrecision(17)).join(' ');

/**
 * Generates a URDF: a random tree of links `world`, link1, link2, ... with joints of every kind and random axes and origins. A
 * joint that can mimic an earlier one does so with probability 0.3. A joint at the root is floating with probability 0.2; MuJoCo
 * allows floating joints nowhere else.
 */
export function randomUrdf(random: Random): string {
  const links = 2 + random.integer(10);
  const parts: string[] = ['<link name="world"/>'];
  const sources: string[] = [];
  for (let i = 1; i <= links; i++) {
    const parent = i === 1 ? 0 : random.integer(i);
    const type = parent === 0 && random.chance(0.2) ? 'floating' : random.pick(KINDS);
    const single = type === 'revolute' || type === 'continuous' || type === 'prismatic';
    const source = single && sources.length > 0 && random.chance(0.3) ? random.pick(sources) : undefined;
    const mimic =
      source &&
      `<mimic joint="${source}" multiplier="${random.uniform(-2, 2)}" offset="${random.uniform(-0.5, 0.5)}"/>`;
    if (single && !source) sources.push(`joint${i}`);
    parts.push(`<link name="link${i}">${INERTIAL}</link>`);
    // MuJoCo ignores the origin of a floating joint: the coordinates alone place its body.
    const origin = type === 'floating' ? '' : `<origin xyz="${three(random, 1)}" rpy="${three(random, 3)}"/>`;
    parts.push(
      `<joint name="joint${i}" type="${type}"><parent link="${parent === 0 ? 'world' : `link${parent}`}"/>`,
      `<child link="link${i}"/>${origin}<axis xyz="${three(random, 1)}"/>`,
      `<limit lower="-3" upper="3" effort="10" velocity="2"/>${mimic ?? ''}</joint>`,
    );
  }
  return `<robot name="random">${parts.join('\n')}</robot>`;
}
