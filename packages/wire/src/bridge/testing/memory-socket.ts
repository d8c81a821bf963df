import type { BridgeSocket } from '../hub/socket.ts';

/** A client in memory. It reads at once, unless `reads` is set to `nothing`: frames then count as waiting. */
export class MemorySocket implements BridgeSocket {
  bufferedAmount = 0;
  reads: 'everything' | 'nothing' = 'everything';
  readonly frames: (string | Uint8Array)[] = [];
  closed: string | undefined;

  send(frame: string | Uint8Array): void {
    this.frames.push(frame);
    if (this.reads === 'nothing') this.bufferedAmount += frame.length;
  }

  close(code: number, reason: string): void {
    this.closed = `${code} ${reason}`;
  }

  /** The JSON objects that were sent, of one kind. */
  operations(op: string): readonly Readonly<Record<string, unknown>>[] {
    return this.frames
      .filter((frame) => typeof frame === 'string')
      .map((frame) => JSON.parse(frame) as Readonly<Record<string, unknown>>)
      .filter((operation) => operation.op === op);
  }
}
