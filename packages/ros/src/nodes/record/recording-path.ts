import { existsSync } from 'node:fs';
import { join } from 'node:path';

const SUFFIX = '.mcap';

/**
 * The file of a new recording: none that exists.
 * @param output a file `*.mcap`, or a folder
 * @param robot name of the robot, which the names of files in a folder begin with
 * @param started time of the recording's start, which is in those names in UTC
 */
export function newRecordingPath(output: string, robot: string, started: Date): string {
  const stamp = started.toISOString().replace(/[-:]|\.\d+/g, '');
  const first = output.endsWith(SUFFIX) ? output : join(output, `${robot}-${stamp}${SUFFIX}`);
  for (let n = 1; ; n++) {
    const path = n === 1 ? first : `${first.slice(0, -SUFFIX.length)}-${n}${SUFFIX}`;
    if (!existsSync(path)) return path;
  }
}
