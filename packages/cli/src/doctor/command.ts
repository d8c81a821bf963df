import type { DoctorOptions } from '../commands/doctor.ts';
import { EXIT, print, printJson } from '../terminal/output.ts';
import { examine } from './checks.ts';

/** @returns exit status: 1 when something is missing without which nothing runs. */
export async function run(options: DoctorOptions): Promise<number> {
  const checks = await examine();
  const healthy = checks.every((check) => check.found || !check.required);
  if (options.json) {
    printJson({ healthy, checks });
  } else {
    const width = Math.max(...checks.map((check) => check.name.length));
    for (const { name, found, detail, cost } of checks) {
      print(
        `${found ? 'yes' : 'no '}  ${name.padEnd(width)}  ${detail}${cost ? `\n     ${' '.repeat(width)}  costs: ${cost}` : ''}`,
      );
    }
  }
  return healthy ? EXIT.ok : EXIT.failed;
}
