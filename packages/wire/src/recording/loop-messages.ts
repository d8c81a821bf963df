import type { ActionChunk, LoopStats, Observation, RobotCommand } from '@praxis/core';
import type { DiagnosticArray, Header } from '../messages/messages.ts';
import type {
  ActionChunkMessage,
  CommandMessage,
  GatesMessage,
  ObservationMessage,
} from '../messages/praxis-messages.ts';
import type { SampleDigests } from './digest.ts';
import { headerOf } from './stamps.ts';

const NONE = new Float64Array(0);

/** A copy of a command as a message. */
export function commandMessage(group: string, command: RobotCommand, header: Header): CommandMessage {
  if ('twist' in command) {
    return { header, group, position: NONE, gripper_width: 0, twist: Float64Array.from(command.twist) };
  }
  return { header, group, position: command.position.slice(), gripper_width: command.gripperWidth, twist: NONE };
}

/** An observation as a message. */
export function observationMessage({ stamp, inputs }: Observation, digests: SampleDigests): ObservationMessage {
  const each = [...inputs];
  return {
    header: headerOf(stamp, ''),
    inputs: each.map(([name]) => name),
    present: each.map(([, { present }]) => present),
    ages: Float64Array.from(each, ([, { age }]) => age),
    digests: Uint32Array.from(each, ([, { samples }]) => digests.ofAll(samples)),
  };
}

/** A chunk as a message. @param accepted time at which the loop accepted it (s) */
export function chunkMessage(chunk: ActionChunk, accepted: number, computeMs: number): ActionChunkMessage {
  return {
    header: headerOf(accepted, ''),
    observed: chunk.stamp,
    period: chunk.period,
    horizon: chunk.horizon,
    compute_ms: computeMs,
    blocks: Object.entries(chunk.blocks).map(([name, { space, unit = '', data }]) => ({ name, space, unit, data })),
  };
}

/** The gates of a chunk as a message. */
export function gatesMessage({ stamp, gates }: ActionChunk): GatesMessage {
  return {
    header: headerOf(stamp, ''),
    modalities: Object.keys(gates),
    weights: Float64Array.from(Object.values(gates)),
  };
}

/** The counters of a loop as diagnostics. @param dropped samples that the recording left out */
export function diagnosticsMessage(stats: LoopStats, dropped: number, header: Header): DiagnosticArray {
  const { inferenceMs, ...counters } = stats;
  const values = {
    ticks: counters.ticks,
    inferences: counters.inferences,
    chunks: counters.chunks,
    policy_errors: counters.policyErrors,
    refusals: counters.refusals,
    missed_deadlines: counters.missedDeadlines,
    empty_queue_ticks: counters.emptyQueueTicks,
    commands_refused: counters.commandsRefused,
    bad_samples: counters.badSamples,
    reordered_samples: counters.reorderedSamples,
    last_inference_ms: inferenceMs.at(-1) ?? 'none',
    samples_not_recorded: dropped,
  };
  const level = dropped > 0 ? 1 : 0;
  const message = dropped > 0 ? `the recording left out ${dropped} samples` : 'recording';
  return {
    header,
    status: [
      {
        ...{ level, name: 'praxis control loop', message, hardware_id: '' },
        values: Object.entries(values).map(([key, value]) => ({ key, value: String(value) })),
      },
    ],
  };
}
