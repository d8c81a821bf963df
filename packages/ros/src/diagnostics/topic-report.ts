import { type Clock, isStale } from '@praxis/core';
import { BEST_EFFORT, qosProfile, RELIABLE, TRANSIENT_LOCAL, VOLATILE } from '../rcl/qos.ts';
import type { EndpointInfo, RclNode } from '../rcl/types.ts';
import type { TopicStatus } from '../streams/topic.ts';
import { ERROR, OK, type Report, type Reporter, WARN } from './diagnostics.ts';

/** Options of {@link topicReport}. */
export interface TopicReportOptions {
  readonly node: RclNode;
  readonly clock: Clock;
  readonly topic: TopicStatus;
  /** Nominal rate (Hz); 0 for events, which may pause for any time. */
  readonly rateHz: number;
}

/** A stream is reported as silent after this many nominal periods without a message. */
const SILENCE_PERIODS = 5;
/** Shortest pause (s) that is reported as silence, so that fast streams do not warn on every short gap. */
const MIN_SILENCE_S = 0.5;

/** Reports the rate of a topic, and the reason when samples are missing or refused. */
export function topicReport({ node, clock, topic, rateHz }: TopicReportOptions): Reporter {
  let last = { passed: 0, refused: 0, badStamps: 0, time: clock.now() };
  return () => {
    const { counters } = topic;
    const now = clock.now();
    const elapsed = Math.max(now - last.time, 1e-3);
    const rate = (counters.passed - last.passed) / elapsed;
    const refused = counters.refused - last.refused;
    const badStamps = counters.badStamps - last.badStamps;
    last = { ...counters, time: now };
    const values = { 'rate (Hz)': rate.toFixed(1), ...counters };
    const report = (level: number, message: string): Report => ({ level, message, values });
    const name = node.resolveTopicName(topic.name);
    const mismatch = mismatchOf(node.getPublishersInfoByTopic(name, false), topic);
    if (mismatch !== undefined) return report(ERROR, mismatch);
    if (refused > 0) return report(ERROR, `${refused} messages refused: ${topic.fault || topic.lastFault}`);
    if (badStamps > 0)
      return report(ERROR, `${badStamps} messages with a wrong stamp: ${topic.fault || topic.lastFault}`);
    const silence = now - topic.lastReceived;
    if (rateHz > 0 && isStale(silence, Math.max(MIN_SILENCE_S, SILENCE_PERIODS / rateHz))) {
      return report(
        ERROR,
        Number.isFinite(silence) ? `no message for ${silence.toFixed(1)} s` : `no message on ${name} yet`,
      );
    }
    if (rateHz > 0 && rate === 0 && topic.fault !== '') return report(ERROR, `no sample: ${topic.fault}`);
    if (rateHz > 0 && rate < 0.8 * rateHz) return report(WARN, `${rate.toFixed(0)} Hz, expected ${rateHz} Hz`);
    return report(OK, rateHz > 0 ? `${rate.toFixed(0)} Hz` : `${counters.passed} messages`);
  };
}

/** The reason why a publisher cannot reach a subscription of this type and quality of service; undefined when all can. */
export function mismatchOf(
  publishers: readonly EndpointInfo[],
  { type, qos }: Pick<TopicStatus, 'type' | 'qos'>,
): string | undefined {
  const requested = qosProfile(qos);
  for (const { node_namespace: namespace, node_name: name, topic_type: given, qos_profile: offered } of publishers) {
    const publisher = `${namespace === '/' ? '' : namespace}/${name}`;
    if (given !== type) return `${publisher} publishes ${given}, expected ${type}`;
    if (requested.reliability === RELIABLE && offered.reliability === BEST_EFFORT) {
      return `QoS: ${publisher} offers best effort, expected reliable`;
    }
    if (requested.durability === TRANSIENT_LOCAL && offered.durability === VOLATILE) {
      return `QoS: ${publisher} offers volatile, expected transient local`;
    }
  }
  return undefined;
}
