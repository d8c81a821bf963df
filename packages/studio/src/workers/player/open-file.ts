import { InputError } from '@praxis/core';
import { type ByteSource, McapFile } from '@praxis/wire/mcap';
import { isShown } from './shown-channels.ts';

/**
 * Opens a file that has something to show.
 * @throws {McapError} with the offset for an empty, foreign or damaged file
 * @throws {InputError} for a file without anything to show
 */
export async function openFile(source: ByteSource): Promise<McapFile> {
  const file = await McapFile.open(source);
  if (file.chunks.length === 0) throw await emptyError(file);
  const isEmpty = () => ![...file.channels.values()].some(isShown);
  // Other recorders define a channel within the chunk that first uses it, and may lack an index.
  if (isEmpty()) for await (const _ of file.messages([file.chunks[0]]));
  if (isEmpty()) throw foreignError(file);
  return file;
}

/** Where a file was cut off, in one line. */
export const cutLine = ({ offset, lostBytes, reason }: NonNullable<McapFile['cut']>): string =>
  `cut off at byte ${offset}: ${reason}. What stands before it is shown${lostBytes > 0 ? `; ${lostBytes} bytes are lost` : ''}.`;

/** The error for a file without chunks. */
async function emptyError(file: McapFile): Promise<InputError> {
  const { name, cut } = file;
  for await (const _ of file.messages())
    return new InputError(`${name}: its messages stand outside chunks, expected a recording with chunks`);
  if (!cut) return new InputError(`${name}: holds no messages`);
  return new InputError(`${name}: cut off before the first whole chunk of messages (byte ${cut.offset})`);
}

/** The error for a file of other topics. */
function foreignError({ name, library, channels }: McapFile): InputError {
  const topics = [...channels.values()].slice(0, 3).map(({ topic, type }) => `${topic} (${type || 'no type'})`);
  const has = topics.length > 0 ? topics.join(', ') : 'no topics';
  return new InputError(
    `${name}: no topic to show, expected pictures, joints, wrenches or others of a recording of Praxis; it has ${has}, written by ${library || 'an unnamed program'}`,
  );
}
