import { GATE_INTERVAL_S, type GateCourse } from '../episodes/gate-recorder.ts';
import type { EpisodeOutcome } from '../episodes/outcome.ts';
import { mean } from '../report/statistics.ts';

/** Mean gates of an arm in a task in one interval of the episodes, over the episodes that still ran. */
export interface GatePoint {
  /** Middle of the interval, from the start of the episode (s). */
  readonly time_s: number;
  readonly episodes: number;
  readonly gates: Readonly<Record<string, number>>;
}

/** Every course of gates, and the modalities that they have. */
function coursesOf(outcomes: readonly EpisodeOutcome[]) {
  const courses: readonly GateCourse[] = outcomes.flatMap(({ gates }) => (gates ? [gates] : []));
  return { courses, modalities: [...new Set(courses.flatMap((course) => Object.keys(course)))].sort() };
}

/** Mean gate of each modality over all intervals of the episodes; undefined without gates. */
export function meanGates(outcomes: readonly EpisodeOutcome[]): Readonly<Record<string, number>> | undefined {
  const { courses, modalities } = coursesOf(outcomes);
  if (courses.length === 0) return undefined;
  const values = (modality: string): readonly number[] =>
    courses.flatMap((course) => (course[modality] ?? []).filter((gate) => gate !== null));
  return Object.fromEntries(modalities.map((modality) => [modality, mean(values(modality)) ?? 0]));
}

/**
 * Averages gates over episodes, interval by interval from their start.
 * @returns as many points as the longest episode has intervals
 */
export function gatesOverTime(outcomes: readonly EpisodeOutcome[]): readonly GatePoint[] {
  const { courses, modalities } = coursesOf(outcomes);
  const length = Math.max(0, ...courses.flatMap((course) => Object.values(course).map((gates) => gates.length)));
  return Array.from({ length }, (_, i) => {
    const at = (modality: string): readonly number[] =>
      courses.map((course) => course[modality]?.[i]).filter((gate) => typeof gate === 'number');
    return {
      time_s: (i + 0.5) * GATE_INTERVAL_S,
      episodes: Math.max(...modalities.map((modality) => at(modality).length)),
      gates: Object.fromEntries(modalities.map((modality) => [modality, mean(at(modality))])),
    };
  }).filter((point): point is GatePoint => point.episodes > 0);
}
