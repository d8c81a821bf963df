import type { Command } from '@commander-js/extra-typings';
import { addVoiceClips } from './clips.ts';
import { addVoiceEpisodes } from './episodes.ts';
import { addVoiceExamples } from './examples.ts';
import { addVoiceFetch } from './fetch.ts';
import { addVoiceRequests } from './requests.ts';
import { addVoiceStopLatency } from './stop-latency.ts';
import { addVoiceStops } from './stops.ts';
import { addVoiceTest } from './test.ts';

export function addVoice(praxis: Command): void {
  const voice: Command = praxis
    .command('voice')
    .description('measure and train speech recognition, and download speech models');
  for (const add of [
    addVoiceTest,
    addVoiceStops,
    addVoiceClips,
    addVoiceFetch,
    addVoiceExamples,
    addVoiceEpisodes,
    addVoiceRequests,
    addVoiceStopLatency,
  ]) {
    add(voice);
  }
}
