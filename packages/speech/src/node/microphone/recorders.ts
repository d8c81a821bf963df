import { spawnSync } from 'node:child_process';
import { SPEECH_SAMPLE_RATE_HZ } from '../../audio/audio.ts';

/** A program that writes the audio of the default microphone to standard output: 16 kHz, one channel, signed 16-bit samples. */
export interface Recorder {
  readonly program: string;
  readonly args: readonly string[];
}

const RATE_ARGUMENT = String(SPEECH_SAMPLE_RATE_HZ);
const SOX_ARGUMENTS = [
  '-q',
  '-d',
  '-t',
  'raw',
  '-r',
  RATE_ARGUMENT,
  '-c',
  '1',
  '-b',
  '16',
  '-e',
  'signed-integer',
  '-',
];
const ffmpegRecorder = (...input: string[]): Recorder => ({
  program: 'ffmpeg',
  args: ['-loglevel', 'error', '-nostdin', ...input, '-ac', '1', '-ar', RATE_ARGUMENT, '-f', 's16le', '-'],
});

/** Recorders of each platform, in order of preference. */
const RECORDERS: Readonly<Partial<Record<NodeJS.Platform, readonly Recorder[]>>> = {
  linux: [
    { program: 'arecord', args: ['-q', '-t', 'raw', '-f', 'S16_LE', '-r', RATE_ARGUMENT, '-c', '1'] },
    {
      program: 'parecord',
      args: ['--raw', '--format=s16le', `--rate=${RATE_ARGUMENT}`, '--channels=1', '--latency-msec=50'],
    },
    { program: 'sox', args: SOX_ARGUMENTS },
    ffmpegRecorder('-f', 'alsa', '-i', 'default'),
  ],
  darwin: [{ program: 'sox', args: SOX_ARGUMENTS }, ffmpegRecorder('-f', 'avfoundation', '-i', ':default')],
  win32: [{ program: 'sox', args: SOX_ARGUMENTS }],
};

const recorders = (): readonly Recorder[] => RECORDERS[process.platform] ?? [];

/** Finds the first recorder that this machine has; undefined when it has none. */
export const findRecorder = (): Recorder | undefined =>
  recorders().find(({ program }) => spawnSync(program, ['--version'], { timeout: 5_000 }).error === undefined);

/** Names of the recorders that {@link findRecorder} looks for, as text. */
export const namesOfRecorders = (): string =>
  recorders()
    .map(({ program }) => program)
    .join(', ');
