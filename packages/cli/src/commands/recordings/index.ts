import type { Command } from '@commander-js/extra-typings';
import { addCompress } from './compress.ts';
import { addJudge } from './judge.ts';
import { addPrune } from './prune.ts';

export function addRecordings(praxis: Command): void {
  const recordings = praxis.command('recordings').description('look after recordings');
  addCompress(recordings);
  addJudge(recordings);
  addPrune(recordings);
}
