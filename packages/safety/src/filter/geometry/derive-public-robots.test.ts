import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chainKinematics, MeshFiles, parseUrdf, readLinkShapes } from '@praxis/model';
import { fileReader } from '@praxis/model/node';
import { PUBLIC_ROBOTS, requirePublicRobots } from '@praxis/model/testing';
import { expect, it } from 'vitest';
import { deriveDistance } from './derive-distance.ts';

it.for([
  [PUBLIC_ROBOTS.so101, 'base_link', 'gripper_frame_link', [0, 0, 0, 0, 0.05]],
  [PUBLIC_ROBOTS.fr3, 'fr3_link0', 'fr3_hand_tcp', [0, 0, 0, -1.6, 0, 2.53, 0]],
  [PUBLIC_ROBOTS.xarm7, 'link_base', 'link_eef', [0, 0.02, 0, 1.87, 0, 0.72, 0]],
] as const)(
  'distances of %s follow from its meshes and leave the base watched',
  async ([file, base, tool, home], context) => {
    const path = join(requirePublicRobots(context), file);
    const model = parseUrdf(readFileSync(path));
    const { byLink } = await readLinkShapes(model, new MeshFiles(fileReader(dirname(path)), '.'));
    const kinematics = chainKinematics(model, base, tool);
    const { linkCapsules, ignorePairs = [] } = deriveDistance({
      model,
      kinematics,
      home,
      shapes: byLink,
      margin: 0.01,
    });
    const capsules = Object.values(linkCapsules ?? {}).flat();
    expect(capsules.length).toBeGreaterThan(6);
    // No capsule is larger than a link of such an arm.
    for (const { radius } of capsules) expect(radius).toBeLessThan(0.2);
    const links = Object.entries(linkCapsules ?? {}).filter(([, all]) => all.length > 0);
    const pairs = (links.length * (links.length - 1)) / 2;
    expect(ignorePairs.length).toBeLessThan(pairs / 3);
  },
);
