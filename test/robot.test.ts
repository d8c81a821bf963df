import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PUBLIC_ROBOTS, requirePublicRobots } from '@praxis/model/testing';
import { parseSafetyConfig } from '@praxis/safety';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runMain } from './run-main.ts';
import { root } from './run-praxis.ts';

const urdf = join(root, 'urdf', 'praxis_arm.urdf');

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'praxis-robot-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

interface Checked {
  readonly faults: readonly { readonly subject: string; readonly message: string }[];
  readonly warnings: readonly { readonly subject: string; readonly message: string }[];
}

describe('praxis robot', () => {
  it('drafts the Praxis arm with reasons, and check finds no fault in the draft', async () => {
    const out = join(scratch, 'arm');
    const drafted = await runMain(['robot', 'init', urdf, '--out', out]);
    expect([drafted.status, drafted.err]).toEqual([0, '']);
    expect(drafted.out).toContain('arms.arm.tool: tool0\n    the name is that of tool0');
    const text = readFileSync(join(out, 'robot.yaml'), 'utf8');
    expect(text).toContain('joints: [joint1, joint2, joint3, joint4, joint5, joint6, joint7]');
    const checked = await runMain(['robot', 'check', out, '--json']);
    expect([checked.status, (JSON.parse(checked.out) as Checked).faults]).toEqual([0, []]);
  });

  it('never replaces a robot.yaml unasked', async () => {
    const out = join(scratch, 'kept');
    await runMain(['robot', 'init', urdf, '--out', out]);
    writeFileSync(join(out, 'robot.yaml'), 'mine');
    const again = await runMain(['robot', 'init', urdf, '--out', out]);
    expect([again.status, again.err]).toEqual([
      2,
      `praxis robot: ${join(out, 'robot.yaml')}: is already there; --force replaces it\n`,
    ]);
    expect(readFileSync(join(out, 'robot.yaml'), 'utf8')).toBe('mine');
    expect((await runMain(['robot', 'init', urdf, '--out', out, '--force'])).status).toBe(0);
  });

  it('finds the SRDF beside a description, and prints the settings that follow', async () => {
    const folder = join(scratch, 'excluded-pairs');
    mkdirSync(folder);
    copyFileSync(join(root, 'robots', 'arm5', 'arm5.urdf'), join(folder, 'arm5.urdf'));
    const srdf = (link: string) =>
      writeFileSync(
        join(folder, 'arm5.srdf'),
        `<robot name="arm5"><disable_collisions link1="base_link" link2="${link}"/></robot>`,
      );
    // The file of another robot is passed over.
    srdf('left_foot');
    expect((await runMain(['robot', 'init', join(folder, 'arm5.urdf')])).out).not.toContain('srdf: ');
    srdf('forearm');
    const { status, out } = await runMain(['robot', 'init', join(folder, 'arm5.urdf'), '--force']);
    expect([status, out]).toEqual([0, expect.stringContaining('srdf: arm5.srdf\n    it lies beside the description')]);
    expect(readFileSync(join(folder, 'robot.yaml'), 'utf8')).toContain('\nsrdf: arm5.srdf\n');
    expect((await runMain(['robot', 'check', folder])).out).toMatch(
      /safety: derived, not measured: .* links 0\.01 m apart/,
    );
    const shown = await runMain(['robot', 'show', folder, '--safety']);
    expect(shown.err).toBe('');
    // The text is a part of robot.yaml as it stands.
    const { safety } = parse(shown.out) as { safety: Record<string, unknown> };
    expect(parseSafetyConfig(safety).filter.distance?.ignorePairs).toContainEqual(['base_link', 'forearm']);
    writeFileSync(join(folder, 'robot.yaml'), `${readFileSync(join(folder, 'robot.yaml'), 'utf8')}${shown.out}`);
    expect((await runMain(['robot', 'check', folder])).out).not.toContain('derived');
    expect(parse((await runMain(['robot', 'show', folder, '--safety'])).out)).toEqual(parse(shown.out));
  });

  it('check has status 2 on a fault and lists each, show gives the tree and the reach, fk takes the folder', async () => {
    const out = join(scratch, 'changed');
    await runMain(['robot', 'init', urdf, '--out', out]);
    const path = join(out, 'robot.yaml');
    const shown = await runMain(['robot', 'show', out, '--json']);
    const { reach, mass } = JSON.parse(shown.out) as { reach: { arm: { distance: number } }; mass: number };
    expect(reach.arm.distance).toBeGreaterThan(0.5);
    expect(mass).toBeGreaterThan(1);
    const poses = await Promise.all(
      [out, urdf].map(async (robot) => (await runMain(['fk', robot, '--link', 'tool0', '--json'])).out),
    );
    expect(poses[0]).toBe(poses[1]);
    writeFileSync(path, `${readFileSync(path, 'utf8')}safety: { watchdog: { comand: 1 } }\n`);
    writeFileSync(path, readFileSync(path, 'utf8').replace('tool: tool0', 'tool: tool1').replace('joint7]', 'joint8]'));
    const { status, out: lines } = await runMain(['robot', 'check', out]);
    expect(status).toBe(2);
    expect(lines).toContain('fault    arms.arm.tool: link "tool1": the description has none of this name');
    expect(lines).toMatch(/^fault {4}safety: .*comand/m);
    expect(lines).toContain('fault    arms.arm.joints: joint "joint8": the description has none of this name');
  });

  it('refuses in one line what is no robot', async () => {
    const refused = async (...args: string[]) => {
      const { status, err } = await runMain(['robot', ...args]);
      expect(status).toBe(2);
      return err;
    };
    expect(await refused('check', join(scratch, 'none'))).toMatch(/no such folder, expected one with a robot\.yaml\n$/);
    expect(await refused('show', scratch)).toMatch(
      /robot\.yaml: file not found; npx praxis robot init FILE drafts one\n$/,
    );
    expect(await refused('init', join(scratch, 'none.urdf'))).toMatch(/cannot be read \(ENOENT\)/);
    const fixed = join(scratch, 'fixed.urdf');
    writeFileSync(fixed, '<robot name="r"><link name="a"/></robot>');
    expect(await refused('init', fixed, '--out', join(scratch, 'fixed'))).toMatch(/no joint moves/);
    expect(existsSync(join(scratch, 'fixed'))).toBe(false);
  });

  it.for([
    [PUBLIC_ROBOTS.so101, 5, 1],
    [PUBLIC_ROBOTS.fr3, 7, 1],
    [PUBLIC_ROBOTS.xarm7, 7, 0],
    [PUBLIC_ROBOTS.robotiq, 0, 1],
  ] as const)('drafts %s so that check finds no fault', async ([file, joints, grippers], context) => {
    const out = join(scratch, file.replaceAll('/', '-'));
    const drafted = await runMain(['robot', 'init', join(requirePublicRobots(context), file), '--out', out, '--json']);
    expect(drafted.status, drafted.err).toBe(0);
    const { definition } = JSON.parse(drafted.out) as {
      definition: { arms: Record<string, { joints: string[]; gripper?: { joints: string[] } }> };
    };
    const [arm] = Object.values(definition.arms);
    expect([arm.joints.length, arm.gripper?.joints.length ?? 0]).toEqual([joints, grippers]);
    const checked = await runMain(['robot', 'check', out, '--json']);
    expect((JSON.parse(checked.out) as Checked).faults).toEqual([]);
    expect(checked.status).toBe(0);
  });
});
