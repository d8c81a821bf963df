import type { Subscription } from 'rxjs';
import type { Robot } from '../ports/robot.ts';
import { sampleFault } from '../signals/sample-fault.ts';
import type { SignalSpec } from '../signals/specs.ts';
import type { Stamped } from '../signals/stamped.ts';
import type { StreamValue } from '../signals/values.ts';

/** Receives the faults of a robot's streams. */
export interface StreamFaultHandler {
  /** The stream ended with an error. */
  onError(stream: string, error: unknown): void;
  /** A sample was ignored; `fault` describes its defect. */
  onBadSample(stream: string, fault: string): void;
}

/** Ignores all faults. */
export const IGNORE_STREAM_FAULTS: StreamFaultHandler = { onError() {}, onBadSample() {} };

/** Subscribes to a robot's stream. Samples that violate the spec or are not finite are reported and not passed on. */
export function subscribeChecked(
  robot: Robot,
  spec: SignalSpec,
  faults: StreamFaultHandler,
  next: (sample: Stamped<StreamValue>) => void,
): Subscription {
  return robot.stream(spec.name).subscribe({
    next: (sample) => {
      const fault = Number.isFinite(sample.stamp)
        ? sampleFault(sample.value, spec)
        : `${spec.name}: stamp ${sample.stamp}`;
      if (fault === undefined) next(sample);
      else faults.onBadSample(spec.name, fault);
    },
    error: (error: unknown) => faults.onError(spec.name, error),
  });
}
