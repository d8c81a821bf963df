import { SimulatedClock } from '@praxis/core';
import {
  type HeardClip,
  heardBy,
  hearing,
  inARoom,
  judgeClip,
  markdownTable,
  mustRun,
  percent,
  readClips,
  table,
  writeBeside,
} from '@praxis/evaluation';
import { resample, SPEECH_RATE } from '@praxis/speech';
import { openListener } from '@praxis/speech/node';
import { commandGrammar } from '@praxis/teleop/node';
import type { VoiceClipsOptions } from '../commands/voice.ts';
import { extensionFor, languageOf } from '../options/vocabulary.ts';
import { EXIT, print, printJson } from '../terminal/output.ts';
import { progress } from '../terminal/progress.ts';

const SUMMARY = ['said', 'clips', 'as meant', 'not understood', 'wrong', 'false stops', 'word errors'] as const;
const NOTES = [
  '*as meant*: a stop word stopped, a command was accepted with its intent and quantities, and nothing came of anything else;',
  '*not understood*: missed or rejected; *wrong*: another command was accepted. Where more clips hold the same words they are one row.',
];

/** @returns exit status. @throws {InputError} on a folder without recordings, or without a recogniser. */
export async function run(folder: string, options: VoiceClipsOptions): Promise<number> {
  const clips = readClips(folder);
  const language = languageOf(options.policy);
  const clock = new SimulatedClock();
  const listener = await openListener(clock, commandGrammar(extensionFor(options.policy)), { model: options.model });
  const bar = progress('voice clips', clips.length);
  const judged: HeardClip[] = [];
  try {
    const hear = hearing(listener, clock);
    await mustRun(listener);
    for (const clip of clips) {
      // A recording is cut close; a microphone hears the room before and after.
      const heard = await hear(inARoom(resample(clip.audio, SPEECH_RATE)));
      judged.push(judgeClip(clip, heard, language));
      bar.step(clip.name);
    }
  } finally {
    bar.stop();
    await listener.close();
  }
  const rows = summary(judged);
  if (options.out !== undefined) writeBeside(options.out, page(rows, judged.length, options));
  if (options.json) printJson({ clips: judged });
  else {
    if (options.each)
      for (const { name, text, heard, outcome } of judged) print(`${outcome}: ${name}: "${text}" -> "${heard}"`);
    print(table(SUMMARY, rows));
  }
  return EXIT.ok;
}

/** A row for each thing that was said, and one of all. */
function summary(clips: readonly HeardClip[]): string[][] {
  const texts = [...new Set(clips.map(({ text }) => text))].sort();
  const rows = texts.map((text) =>
    row(
      `"${text}"`,
      clips.filter((clip) => clip.text === text),
    ),
  );
  return [...rows, row('all', clips)];
}

function row(name: string, clips: readonly HeardClip[]): string[] {
  const count = (...outcomes: HeardClip['outcome'][]) =>
    String(clips.filter(({ outcome }) => outcomes.includes(outcome)).length);
  const total = (of: 'errors' | 'words') => clips.reduce((sum, clip) => sum + clip[of], 0);
  return [
    name,
    String(clips.length),
    count('stopped', 'right', 'quiet'),
    count('missed', 'rejected'),
    count('wrong'),
    count('false stop'),
    percent(total('errors') / total('words')),
  ];
}

const page = (rows: readonly string[][], clips: number, { from, model, out }: VoiceClipsOptions): string =>
  [
    '# What is understood of people',
    '',
    `Made by \`npx praxis voice clips FOLDER${heardBy(model)} --out ${out}\`; do not edit.`,
    `${clips} recordings of people${from === undefined ? '' : `: ${from}`}.`,
    '',
    ...markdownTable(SUMMARY, rows),
    '',
    ...NOTES,
    '',
  ].join('\n');
