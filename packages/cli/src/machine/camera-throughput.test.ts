import { describe, expect, it } from 'vitest';
import { judgeCameraThroughput, measureCameraThroughput } from './camera-throughput.ts';

const SENT = 27_648_000;

describe('the check of the camera throughput', () => {
  it('fails when images are lost, and names the limit of the receive buffer', () => {
    expect(judgeCameraThroughput({ sent: SENT, received: 6_024_000, receiveBufferLimit: 212_992 })).toEqual({
      found: false,
      detail:
        '21 % of two raw cameras of 640 x 480 at 30 Hz arrive over UDP; net.core.rmem_max is 212992, expected 8388608',
    });
  });

  it('passes when all arrive, also where the limit is not known', () => {
    const detail = '100 % of two raw cameras of 640 x 480 at 30 Hz arrive over UDP';
    const all = { sent: SENT, received: SENT };
    expect(judgeCameraThroughput({ ...all, receiveBufferLimit: undefined })).toEqual({ found: true, detail });
    expect(judgeCameraThroughput({ ...all, receiveBufferLimit: 8_388_608 })).toEqual({
      found: true,
      detail: `${detail}; net.core.rmem_max is 8388608`,
    });
    expect(judgeCameraThroughput({ ...all, received: SENT - 1, receiveBufferLimit: undefined }).found).toBe(false);
  });

  it('measures datagrams that fit into every receive buffer without a loss', async () => {
    const { sent, received } = await measureCameraThroughput({
      cameras: 2,
      frameBytes: 70_000,
      rateHz: 500,
      frames: 2,
    });
    expect([sent, received]).toEqual([280_000, 280_000]);
  });
});
