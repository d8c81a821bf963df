import { chainKinematics, type LinkPair, MeshFiles, parseUrdf, type RobotModel, readLinkShapes } from '@praxis/model';
import { expect, it } from 'vitest';
import { DEFAULT_FILTER } from '../../config/defaults.ts';
import { parseFilterConfig } from '../../config/parse-filter.ts';
import { deriveDistance } from './derive-distance.ts';

const box = '<collision><origin xyz="0 0 0.1"/><geometry><box size="0.06 0.06 0.2"/></geometry></collision>';
const joint = (i: number) =>
  `<link name="l${i}">${box}</link><joint name="j${i}" type="revolute"><parent link="l${i - 1}"/><child link="l${i}"/>
   <origin xyz="0 0 ${i === 2 ? 0.01 : 0.25}"/><axis xyz="0 1 0"/><limit lower="-2" upper="2" effort="1" velocity="1"/></joint>`;
const model: RobotModel = parseUrdf(
  `<robot name="r"><link name="l0">${box}</link>${[1, 2, 3, 4].map(joint).join('')}</robot>`,
);

const derive = async (home: readonly number[], disabledPairs: readonly LinkPair[] = []) => {
  const { byLink } = await readLinkShapes(model, new MeshFiles(async () => undefined, '.'));
  const kinematics = chainKinematics(model, 'l0', 'l4');
  return deriveDistance({ model, kinematics, home, shapes: byLink, margin: 0.01, disabledPairs });
};

it('puts a capsule around the corners of each link', async () => {
  const { linkCapsules } = await derive([0, 0, 0, 0]);
  const [{ from, to, radius }] = linkCapsules?.l3 ?? [];
  expect(radius).toBeCloseTo(Math.hypot(0.03, 0.03), 9);
  const ends = [from[2], to[2]].sort((a, b) => a - b);
  expect(ends[0]).toBeCloseTo(0, 9);
  expect(ends[1]).toBeCloseTo(0.2, 9);
});

it('passes over neighbours by build and what is near at home, and watches the rest', async () => {
  // Joint 2 lies at the root of link 1, so that links 1 and 2, and thereby 0 and 2, are always near each other.
  const { ignorePairs } = await derive([0, 0, 0, 0]);
  expect(ignorePairs).not.toContainEqual(['l0', 'l4']);
  expect(ignorePairs).not.toContainEqual(['l0', 'l3']);
  expect((await derive([0, 0, 2, 2])).ignorePairs?.length).toBeGreaterThan(ignorePairs?.length ?? 0);
});

it('passes over the pairs of an SRDF, and those that never come near each other', async () => {
  expect((await derive([0, 0, 0, 0])).ignorePairs).not.toContainEqual(['l1', 'l4']);
  const { ignorePairs } = await derive(
    [0, 0, 0, 0],
    [
      ['l4', 'l1'],
      ['l0', 'absent'],
    ],
  );
  expect(ignorePairs).toContainEqual(['l4', 'l1']);
  expect(ignorePairs).not.toContainEqual(['l0', 'absent']);
  // With joints that hardly turn, links with a link between them stay apart.
  const stiff = {
    ...model,
    joints: model.joints.map((each) => ({ ...each, limit: { ...each.limit!, lower: -0.2, upper: 0.2 } })),
  };
  const { byLink } = await readLinkShapes(stiff, new MeshFiles(async () => undefined, '.'));
  const kinematics = chainKinematics(stiff, 'l0', 'l4');
  const never = deriveDistance({
    model: stiff,
    kinematics,
    home: [0, 0, 0, 0],
    shapes: byLink,
    margin: 0.01,
  }).ignorePairs;
  expect(never).toContainEqual(['l0', 'l4']);
});

it('is a configuration that the filter accepts', async () => {
  const distance = await derive([0, 0, 0, 0]);
  expect(() => parseFilterConfig({ ...DEFAULT_FILTER, distance: JSON.parse(JSON.stringify(distance)) })).not.toThrow();
});
