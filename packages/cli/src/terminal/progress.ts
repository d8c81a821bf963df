import { visibleText } from '@praxis/core';
import type { Progress } from '@praxis/evaluation';
import { SingleBar } from 'cli-progress';
import { note } from './output.ts';

/** Shows progress on standard error: a bar with the remaining time on a terminal, otherwise a line for every tenth. */
export function progress(label: string, total: number, done = 0): Progress {
  return process.stderr.isTTY ? terminalBar(label, total, done) : lineProgress(label, total, done);
}

/** Shows progress as {@link progress} does, and first prints the number of episodes that an earlier run has finished. */
export function episodeProgress(label: string, total: number, done = 0): Progress {
  if (done > 0) note(`praxis ${label}: ${done} episodes exist already`);
  return progress(label, total, done);
}

function terminalBar(label: string, total: number, done: number): Progress {
  const single = new SingleBar({
    stream: process.stderr,
    format: `${label} {bar} {value}/{total}  {duration_formatted} elapsed, {eta_formatted} left  {remark}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
    gracefulExit: false,
    etaBuffer: 50,
  });
  single.start(total, done, { remark: '' });
  return {
    step: (remark, units = 1) => single.increment(units, { remark: visibleText(remark) }),
    stop: () => single.stop(),
  };
}

function lineProgress(label: string, total: number, start: number): Progress {
  const began = performance.now();
  let done = start;
  let shown = Math.floor((done * 10) / total);
  return {
    step(remark, units = 1) {
      done += units;
      const tenth = Math.floor((done * 10) / total);
      if (tenth === shown && done !== total) return;
      shown = tenth;
      const elapsedS = (performance.now() - began) / 1000;
      const leftS = (elapsedS / (done - start)) * (total - done);
      note(`${label} ${done}/${total}  ${formatDuration(elapsedS)} elapsed, ${formatDuration(leftS)} left  ${remark}`);
    },
    stop() {},
  };
}

/** Formats a duration in seconds: 95 as `1m35s`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m${whole % 60}s`;
  return `${Math.floor(whole / 3600)}h${Math.floor((whole % 3600) / 60)}m`;
}
