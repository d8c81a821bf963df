import { describe, expect, it } from 'vitest';
import { audioFormatOf } from './audio-format.ts';

const info = { channels: 2, sample_rate: 48_000, sample_format: 'S16LE', coding_format: 'wave' };

describe('the audio format of a microphone', () => {
  it('follows from its AudioInfo message', () => {
    expect(audioFormatOf(info)).toEqual({ channels: 2, rate: 48_000, bytes: 2, kind: 'pcm' });
    expect(audioFormatOf({ ...info, sample_format: 'F32LE' })).toMatchObject({ bytes: 4, kind: 'float' });
  });

  it('is refused with the expected value when it cannot be decoded', () => {
    expect(() => audioFormatOf({ ...info, coding_format: 'mp3' })).toThrow(/coded as mp3.*format:=wave/);
    expect(() => audioFormatOf({ ...info, sample_format: 'S16BE' })).toThrow(/S16BE, expected one of U8, S16LE/);
    expect(() => audioFormatOf({ ...info, channels: 0 })).toThrow('0 channels');
    expect(() => audioFormatOf({ ...info, sample_rate: 0 })).toThrow('0 Hz, expected 4000 to 192000 Hz');
  });
});
