import type { RobotModel } from '../../description/robot-model.ts';
import type { RobotDefinition } from '../definition.ts';
import { unknownNames } from './check-arm.ts';
import { type Finding, warning } from './finding.ts';

/** Checks the frames of cameras: that they are there, and whether an optical frame beside them would be the right one. */
export function checkCameras(cameras: RobotDefinition['cameras'], { links }: RobotModel): readonly Finding[] {
  const names = new Set(links.map(({ name }) => name));
  const findings: Finding[] = [];
  for (const [name, { frame }] of Object.entries(cameras)) {
    const subject = `cameras.${name}.frame`;
    const unknown = unknownNames(names, 'link', [[subject, frame]]);
    findings.push(...unknown);
    if (unknown.length > 0 || /optical/i.test(frame)) continue;
    const stem = frame.replace(/[_-]?(frame|link)$/i, '');
    const optical = [...names].find((link) => link.startsWith(stem) && /optical/i.test(link));
    if (optical === undefined) continue;
    findings.push(
      warning(
        subject,
        `"${frame}": the description also has "${optical}"; expected an optical frame, z ahead, x right, y down`,
      ),
    );
  }
  return findings;
}
