import { cpus } from 'node:os';

/** The machine that a benchmark runs on, in a few words for its report. */
export const machineText = (): string =>
  `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}`;
