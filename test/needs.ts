import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findPocketSphinx, hasSherpa, POCKETSPHINX_INSTALL_COMMAND, SHERPA_INSTALL_COMMAND } from '@praxis/speech/node';
import { root } from './run-praxis.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** Why a test is skipped; the last line of a run names it. */
    missing?: string;
  }
}

/**
 * Options of a test or suite that needs a part which not every machine has: it is skipped where `missing` says what is
 * absent, and the run's last line says so.
 * @param missing what is absent, as words of one line; undefined where the part is there
 * @example describe('PocketSphinx', needs(installed ? undefined : 'no PocketSphinx'), () => { ... });
 */
export const needs = (missing: string | undefined) => ({
  skip: missing !== undefined,
  meta: missing === undefined ? {} : { missing },
});

const has = (program: string): boolean => spawnSync(program, ['--help'], { stdio: 'ignore' }).error === undefined;

/** Absent parts, for `needs`. */
export const POCKETSPHINX = findPocketSphinx() ? undefined : `no PocketSphinx: ${POCKETSPHINX_INSTALL_COMMAND}`;
export const SHERPA = hasSherpa() ? undefined : `no sherpa-onnx-node: ${SHERPA_INSTALL_COMMAND}`;
export const SHIPPED_POLICY = existsSync(join(root, 'models', 'default', 'manifest.json'))
  ? undefined
  : 'no policy in models/default';
export const ARCHIVERS = has('tar') && has('bzip2') ? undefined : 'no tar or no bzip2';
