import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const robots = join(import.meta.dirname, '..', 'robots');
const read = (...path: readonly string[]): string => readFileSync(join(robots, ...path), 'utf8');

/** Height of the arm's base above the base's root link (m), and its place along the base. */
const ARM_AT = '0.05 0 0.235';

/** Links and joints of a URDF without materials. @param prefix put before every name */
function bodies(urdf: string, prefix: string): string {
  const inner = urdf
    .replace(/<\?xml.*?\?>/s, '')
    .replace(/<!--.*?-->/gs, '')
    .replace(/<robot[^>]*>|<\/robot>/g, '')
    .replace(/^ *<material name="\w+"><color.*$/gm, '');
  return inner.replace(
    /<(link|joint|parent|child|mimic)\b([^>]*?)\b(name|link|joint)="/g,
    (_, tag, between, key) => `<${tag}${between}${key}="${prefix}`,
  );
}

/** The materials of a URDF. */
const materials = (urdf: string): string => (urdf.match(/^ *<material name="\w+"><color.*$/gm) ?? []).join('\n');

/**
 * Puts the shipped arm with five joints on the shipped base, in a folder of its own. Names of the arm's links and joints begin with `arm_`.
 * @returns the folder, and a function that removes it
 */
export function mobileArm(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'praxis-mobile-arm-'));
  const [base, arm] = [read('base', 'base.urdf'), read('arm5', 'arm5.urdf')];
  const mount =
    `<joint name="arm_mount" type="fixed"><parent link="base_link"/><child link="arm_base_link"/>` +
    `<origin xyz="${ARM_AT}" rpy="0 0 0"/></joint>`;
  const urdf = `<robot name="mobile_arm">\n${materials(base)}\n${bodies(base, '')}\n${mount}\n${bodies(arm, 'arm_')}\n</robot>\n`;
  writeFileSync(join(folder, 'mobile_arm.urdf'), urdf);
  const [, drive] = /(\nbases:[\s\S]*?)\ncameras:/.exec(read('base', 'robot.yaml'))!;
  const [, arms] = /(\narms:[\s\S]*?)\ncameras:/.exec(read('arm5', 'robot.yaml'))!;
  const named = arms.replace(/\b(base_link|tool0|joint\d|jaw_joint|fixed_tip|jaw_tip)\b/g, 'arm_$1');
  writeFileSync(join(folder, 'robot.yaml'), `name: mobile_arm\ndescription: mobile_arm.urdf\n${named}\n${drive}\n`);
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}
