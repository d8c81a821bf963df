import type { SignalSpec } from '@praxis/core';
import { type Header, MessageError } from '@praxis/wire';

/** Refuses a sample in another frame: a wrong frame is more dangerous than a missing sample. @throws {MessageError} that names both */
export function checkFrame({ frame_id: frame }: Header, spec: SignalSpec): void {
  if (frame.replace(/^\//, '') === spec.frame) return;
  throw new MessageError(`frame_id ${JSON.stringify(frame)}, expected ${spec.frame}`);
}
