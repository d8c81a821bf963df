import { cpus, loadavg } from 'node:os';

/** Time for which the processors were busy (ms, all together). */
const busyMs = (): number =>
  cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);

const ownMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** What other programs took of the machine during a measurement. */
export interface OtherLoad {
  /** Load average of the last minute at the start of the measurement. */
  readonly loadAtStart: number;
  /** Share of the processors' time that other programs took, 0 to 1. */
  readonly share: number;
}

/** Begins to measure what other programs take. @returns what ends it; its parameter is the processor time of child processes (s) */
export function measureOtherLoad(): (childrenS: number) => OtherLoad {
  const [loadAtStart] = loadavg();
  const [began, busy, own] = [performance.now(), busyMs(), ownMs()];
  return (childrenS) => {
    const others = busyMs() - busy - (ownMs() - own) - 1000 * childrenS;
    return { loadAtStart, share: Math.max(0, others) / ((performance.now() - began) * cpus().length) };
  };
}
