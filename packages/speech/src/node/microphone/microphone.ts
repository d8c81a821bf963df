import { spawn } from 'node:child_process';
import { type Clock, InputError, type Stamped } from '@praxis/core';
import { Observable } from 'rxjs';
import { type Audio, Concatenator, SPEECH_SAMPLE_RATE_HZ } from '../../audio/audio.ts';
import { decodePcm } from '../../audio/pcm.ts';
import { findRecorder, namesOfRecorders, type Recorder } from './recorders.ts';

const PCM_FORMAT = { channels: 1, bytes: 2, kind: 'pcm' } as const;
/** Length of the recorder's error output to keep. */
const STDERR_TAIL_CHARS = 300;

/**
 * Records the default microphone of the system at 16 kHz. Cold: each subscription runs a recorder. Fails with an
 * {@link InputError} without a recorder, and when the recorder exits: no sound card, no permission, unplugged.
 * @param clock clock of the stamps
 * @param recorder program to run; by default the first installed one of {@link findRecorder}
 */
export const microphone = (clock: Clock, recorder?: Recorder): Observable<Stamped<Audio>> =>
  new Observable((subscriber) => {
    const chosen = recorder ?? findRecorder();
    if (!chosen) {
      subscriber.error(new InputError(`no microphone: none of ${namesOfRecorders()} is installed`));
      return undefined;
    }
    const { program, args } = chosen;
    const child = spawn(program, [...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const concatenator = new Concatenator();
    let rest: Buffer = Buffer.alloc(0);
    let errorOutput = '';
    child.stdout.on('data', (data: Buffer) => {
      const bytes = rest.length > 0 ? Buffer.concat([rest, data]) : data;
      const whole = bytes.length - (bytes.length % PCM_FORMAT.bytes);
      rest = bytes.subarray(whole);
      if (whole === 0) return;
      const samples = decodePcm(bytes.subarray(0, whole), PCM_FORMAT);
      const received = clock.now();
      const stamp = concatenator.nextStamp(samples.length / SPEECH_SAMPLE_RATE_HZ, received);
      subscriber.next({ value: { samples, rate: SPEECH_SAMPLE_RATE_HZ }, stamp, received });
    });
    child.stderr.on('data', (data: Buffer) => {
      errorOutput = (errorOutput + data.toString()).slice(-STDERR_TAIL_CHARS);
    });
    child.on('error', (cause) =>
      subscriber.error(new InputError(`no microphone: ${program}: ${cause.message}`, { cause })),
    );
    child.on('close', (status, signal) => {
      // Only the last line names the cause.
      const why = errorOutput.trim().split('\n').at(-1) || `status ${status ?? signal}`;
      subscriber.error(new InputError(`the microphone stopped: ${program}: ${why}`));
    });
    return () => child.kill();
  });
