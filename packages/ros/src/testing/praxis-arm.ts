import type { SafetyConfig } from '@praxis/safety';
import { ARM_LAYOUT, SIM_SAFETY, TOOL_LINK } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import type { GroupSetup } from '../nodes/supervisor/group-setup.ts';
import { monitoredStreams } from '../nodes/supervisor/supervisor-runner.ts';
import { describedRobot } from '../robot/node-robot.ts';

/** The Praxis arm, as parameters describe it. @param sensorFrame frame of its wrist sensor; empty: it has none */
export const praxisArm = (sensorFrame: string = ARM_LAYOUT.sensorFrame) =>
  describedRobot({ ...ARM_LAYOUT, urdf: armUrdf(), toolFrame: TOOL_LINK, sensorFrame, imageTransport: 'raw' });

/** The Praxis arm without its wrist sensor, for the thread of its supervisor. */
export function praxisArmGroup(cameras: 'watched' | 'not watched') {
  const { model, spec, arms } = praxisArm('');
  const streams = monitoredStreams(spec, cameras === 'watched');
  const [{ name, joints, fingers, baseFrame, toolFrame, sensorFrame }] = arms;
  const config: SafetyConfig = { ...SIM_SAFETY, force: null };
  const frames = { baseFrame, toolFrame, sensorFrame };
  const group: GroupSetup = { kind: 'arm', name, joints, fingers, ...frames, streams, config };
  return { model, streams, group };
}
