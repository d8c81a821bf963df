import { type Clock, isStale } from '@praxis/core';
import { BEST_EFFORT, qosProfile, RELIABLE, TRANSIENT_LOCAL, VOLATILE } from '../rcl/qos.ts';
import type { EndpointInfo, RclNode } from '../rcl/types.ts';
import type { TopicStatus } from '../streams/topic.ts';
import { ERROR, OK, type Report, type Reporter, WARN } from './diagnostics.ts';

export interface TopicReportOptions {
  readonly node: RclNode;
  readonly clock: Clock;
  readonly topic: TopicStatus;
  /** Hz; 0 for events, which may be silent. */
  readonly rateHz: number;
}

/** A stream is silent when nothing came for so many periods, and at least so long (s). */
const SILENCE_PERIODS = 5;
const MIN_SILENCE_S = 0.5;

/** Says of a topic whether its samples come, at what rate, and what is wrong when they do not. */
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
    const say = (level: number, message: string): Report => ({ level, message, values });
    const name = node.resolveTopicName(topic.name);
    const mismatch = mismatchOf(node.getPublishersInfoByTopic(name, false), topic);
    if (mismatch !== undefined) return say(ERROR, mismatch);
    if (refused > 0) return say(ERROR, `${refused} messages refused: ${topic.fault || 'see the log'}`);
    if (badStamps > 0) return say(ERROR, `${badStamps} messages with a wrong stamp: ${topic.fault || 'see the log'}`);
    const silence = now - topic.lastReceived;
    if (rateHz > 0 && isStale(silence, Math.max(MIN_SILENCE_S, SILENCE_PERIODS / rateHz))) {
      return say(
        ERROR,
        Number.isFinite(silence) ? `silent for ${silence.toFixed(1)} s` : `nothing came on ${name} yet`,
      );
    }
    if (rateHz > 0 && rate < 0.8 * rateHz) return say(WARN, `${rate.toFixed(0)} Hz, expected ${rateHz} Hz`);
    return say(OK, rateHz > 0 ? `${rate.toFixed(0)} Hz` : `${counters.passed} messages`);
  };
}

/** Why a publisher and a subscription of ours do not meet; undefined when they all do. */
export function mismatchOf(
  publishers: readonly EndpointInfo[],
  { type, qos }: Pick<TopicStatus, 'type' | 'qos'>,
): string | undefined {
  const requested = qosProfile(qos);
  for (const { node_namespace: namespace, node_name: name, topic_type: given, qos_profile: offered } of publishers) {
    const who = `${namespace === '/' ? '' : namespace}/${name}`;
    if (given !== type) return `${who} publishes ${given}, expected ${type}`;
    if (requested.reliability === RELIABLE && offered.reliability === BEST_EFFORT) {
      return `QoS: ${who} offers best effort, reliable is asked for`;
    }
    if (requested.durability === TRANSIENT_LOCAL && offered.durability === VOLATILE) {
      return `QoS: ${who} offers volatile, transient local is asked for`;
    }
  }
  return undefined;
}
