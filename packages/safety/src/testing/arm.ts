import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chainKinematics, parseUrdf } from '@praxis/model';

const urdf = readFileSync(join(import.meta.dirname, '../../../../urdf/praxis_arm.urdf'), 'utf8');

export const model = parseUrdf(urdf);
export const kinematics = chainKinematics(model, 'base_link', 'tool0');
export const names = kinematics.jointNames;
/** Joint positions with the elbow up and the tool down in front of the base (rad). */
export const HOME = Float64Array.of(0, -0.35, 0, -2.4, 0, 2.05, 0.785);
export const PERIOD = 0.002;
