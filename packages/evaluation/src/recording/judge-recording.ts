import { renameSync, rmSync } from 'node:fs';
import { InputError } from '@praxis/core';
import { ChunkBuilder, loadZstd, type McapFile, McapFileWriter } from '@praxis/wire/mcap';
import { withMcapFile } from './file-source.ts';
import { judgementFacts, type OperatorJudgement, recordedJudgement } from './operator-judgement.ts';
import { foreignError } from './recorded-facts.ts';
import { FACTS, RESULT, resultMetadata } from './start-facts.ts';
import { FileSink } from './thread/file-sink.ts';

/**
 * Writes what a person says of an episode into its recording, which keeps every message; a new outcome or note takes the place of the one
 * before, and what the task's judge says stays. The file is complete before it takes the place of the old one.
 * @returns the judgement that the recording now has
 * @throws {InputError} for a recording of another program, or one that was cut off and has no end
 * @throws {McapError} with the offset for a damaged file
 */
export async function judgeRecording(path: string, judgement: OperatorJudgement): Promise<OperatorJudgement> {
  await loadZstd();
  const part = `${path}.part`;
  try {
    const judged = await withMcapFile(path, (file) => writeJudged(file, part, judgement));
    renameSync(part, path);
    return judged;
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

async function writeJudged(file: McapFile, part: string, judgement: OperatorJudgement): Promise<OperatorJudgement> {
  if (file.facts(FACTS)?.robot_spec === undefined) throw foreignError(file);
  if (file.cut)
    throw new InputError(`${file.name}: is cut off at byte ${file.cut.offset}, expected a whole file: mcap recover`);
  const before = file.facts(RESULT) ?? {};
  const judged = { ...recordedJudgement(file.name, before), ...judgement };
  const { operator_outcome: _, operator_note: __, ...result } = before;
  const channels = [...file.channels.values()];
  const sink = new FileSink(part, 'overwrite');
  try {
    const writer = new McapFileWriter(sink, {
      channels: channels.map(({ topic, type, metadata, schema }) => ({ topic, type, metadata, schema: schema.text })),
      metadata: file.metadata.filter(({ name }) => name !== RESULT),
      library: file.library,
    });
    const places = new Map(channels.map(({ id }, i) => [id, i]));
    const builder = new ChunkBuilder();
    for await (const { channelId, logTime, publishTime, data } of file.messages()) {
      const chunk = builder.add({ channel: places.get(channelId)!, logTime, publishTime, data });
      if (chunk) writer.addChunk(chunk);
    }
    const last = builder.finish();
    if (last) writer.addChunk(last);
    writer.addMetadata(resultMetadata({ ...result, ...judgementFacts(judged) }));
    writer.end();
  } finally {
    sink.close();
  }
  return judged;
}
