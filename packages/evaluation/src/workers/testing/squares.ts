import { setTimeout } from 'node:timers/promises';
import { InputError } from '@praxis/core';
import { serveJobs } from '../serve.ts';

// Worker for the tests: it returns the square of the job plus the offset of the set-up.
serveJobs<{ offset: number }, number, { square: number; pid: number }>(async ({ offset }) => async (job) => {
  if (job === -1) throw new InputError('no square of -1');
  if (job === -2) process.exit(7);
  if (job > 1000) await setTimeout(job);
  return { square: job * job + offset, pid: process.pid };
});
