import { KinematicTree } from '@praxis/model';
import type { FkOptions } from '../commands/fk.ts';
import { EXIT, print, printJson } from '../terminal/output.ts';
import { jointValues } from './joint-values.ts';
import { readUrdf } from './urdf-file.ts';

/** @returns exit status. @throws {InputError} on a broken URDF, an unknown name or a value that is none. */
export function run(urdf: string, options: FkOptions): number {
  const tree = new KinematicTree(readUrdf(urdf));
  const joints = jointValues(tree, options.joints ?? '');
  const pose = [...tree.pose(options.link, joints)];
  if (options.json) printJson({ pose });
  else {
    print(`position    ${pose.slice(0, 3).map(decimals).join(' ')}  m in ${tree.model.root}`);
    print(`quaternion  ${pose.slice(3).map(decimals).join(' ')}  x y z w`);
  }
  return EXIT.ok;
}

const decimals = (value: number): string => (Math.round(value * 1e6) / 1e6 + 0).toFixed(6).padStart(9);
