/**
 * Records a control loop as an MCAP file, in Node and in browsers: samples with the times of their source and of their receipt,
 * observations, chunks, gates, commands, events and timings.
 *
 * @example
 * import { ChunkBuilder, loadZstd, McapFileWriter } from '@praxis/wire/mcap';
 * import { DirectOutput, LoopRecorder, recordingChannels } from '@praxis/wire/recording';
 * await loadZstd();
 * const wrench = { name: 'wrench', modality: 'wrench', dtype: 'float64', unit: 'N', frame: 'ft_sensor_link', rateHz: 1000 } as const;
 * const robot = { streams: [{ ...wrench, shape: [6] }] };
 * const parts: Uint8Array[] = [];
 * const head = { channels: recordingChannels(robot), metadata: [], library: 'example' };
 * const file = new McapFileWriter({ write: (bytes) => parts.push(bytes.slice()) }, head);
 * const output = new DirectOutput(new ChunkBuilder(), file);
 * const recorder = new LoopRecorder({ robot, output });
 * recorder.addSample(0, { value: new Float64Array(6), stamp: 0.001, received: 0.002 });
 * recorder.endPeriod({ time: 0.002, loopTicked: true, safetyState: 'running', driver: 'policy' });
 * recorder.drain();
 * output.flush();
 * file.end();
 * console.log(parts.length > 0); // true
 */
export {
  RECORD_TOPIC_NAMES,
  RECORD_TOPICS,
  type RecordTopic,
  recordingChannels,
  streamTopic,
} from './channels.ts';
export { type CommandListener, CommandTap } from './command-tap.ts';
export { connectRecorder, type EventSource, type RecordedParts } from './connect.ts';
export { SampleDigests } from './digest.ts';
export {
  LoopRecorder,
  type LoopRecorderOptions,
  type RecordedSafetyEvent,
  type StreamRecord,
} from './loop-recorder.ts';
export { type ChunkTarget, DirectOutput, type RecordingOutput } from './output.ts';
export type { Driver, PeriodFacts } from './period-record.ts';
export { headerOf, nanosecondsOf } from './stamps.ts';
export { type StreamMessages, streamMessages } from './stream-messages.ts';
