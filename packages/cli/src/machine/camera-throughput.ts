import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Size (bytes) of a raw RGB image of 640 x 480 pixels. */
const FRAME_BYTES = 640 * 480 * 3;
/** Size (bytes) of a datagram: the middlewares split messages at 64 kB at most, and only Linux sends such large ones. */
const DATAGRAM_BYTES = process.platform === 'linux' ? 65_000 : 9_000;
/** Receive buffer (bytes) that the measurement asks for, as docs/ros2.md recommends it. */
const RECEIVE_BUFFER_BYTES = 8 * 2 ** 20;
/** Time (ms) in which the last datagrams are read. */
const DRAIN_MS = 50;
/** File of Linux with the largest receive buffer (bytes) that a process may ask for. */
const LIMIT_FILE = '/proc/sys/net/core/rmem_max';

/** The images that {@link measureCameraThroughput} sends. */
export interface CameraLoad {
  readonly cameras: number;
  readonly frameBytes: number;
  /** Rate of each camera (Hz). */
  readonly rateHz: number;
  /** Number of images of each camera. */
  readonly frames: number;
}

/** Two raw cameras of 640 x 480 pixels at 30 Hz for half a second. */
export const TWO_CAMERAS: CameraLoad = { cameras: 2, frameBytes: FRAME_BYTES, rateHz: 30, frames: 15 };

/** What {@link measureCameraThroughput} found. */
export interface CameraThroughput {
  /** Bytes that were sent and that arrived. */
  readonly sent: number;
  readonly received: number;
  /** The system's limit of a receive buffer (bytes, `net.core.rmem_max`); undefined where it is not known. */
  readonly receiveBufferLimit: number | undefined;
}

/**
 * Sends images as datagrams over the loopback interface. All images of a period leave at once and are read afterwards, so that
 * the receive buffer has to hold them: a receiver is always busy at some time.
 */
export async function measureCameraThroughput(load: CameraLoad = TWO_CAMERAS): Promise<CameraThroughput> {
  const receiver = createSocket('udp4');
  const sender = createSocket('udp4');
  try {
    receiver.bind(0, '127.0.0.1');
    await once(receiver, 'listening');
    let received = 0;
    receiver.on('message', ({ length }) => {
      received += length;
    });
    // Linux grants less without an error.
    receiver.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
    sender.connect(receiver.address().port, '127.0.0.1');
    await once(sender, 'connect');
    const data = Buffer.alloc(DATAGRAM_BYTES);
    for (let frame = 0; frame < load.frames; frame++) {
      for (let camera = 0; camera < load.cameras; camera++) {
        for (let left = load.frameBytes; left > 0; left -= DATAGRAM_BYTES) {
          // A datagram that cannot be sent counts as lost.
          sender.send(data.subarray(0, Math.min(left, DATAGRAM_BYTES)), () => undefined);
        }
      }
      await sleep(1000 / load.rateHz);
    }
    await sleep(DRAIN_MS);
    return { sent: load.cameras * load.frameBytes * load.frames, received, receiveBufferLimit: receiveBufferLimit() };
  } finally {
    receiver.close();
    sender.close();
  }
}

function receiveBufferLimit(): number | undefined {
  try {
    return Number(readFileSync(LIMIT_FILE, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Judges a measurement of {@link TWO_CAMERAS}: raw images need a receive buffer that loses none. */
export function judgeCameraThroughput({ sent, received, receiveBufferLimit }: CameraThroughput): {
  readonly found: boolean;
  readonly detail: string;
} {
  const share = `${Math.floor((100 * received) / sent)} % of two raw cameras of 640 x 480 at 30 Hz arrive over UDP`;
  const limit = receiveBufferLimit === undefined ? '' : `; net.core.rmem_max is ${receiveBufferLimit}`;
  const advice = received < sent && limit !== '' ? `, expected ${RECEIVE_BUFFER_BYTES}` : '';
  return { found: received >= sent, detail: `${share}${limit}${advice}` };
}
