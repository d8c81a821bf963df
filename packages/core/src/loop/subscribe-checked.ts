import type { Subscription } from 'rxjs';
import { errorMessage } from '../errors/errors.ts';
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
  /** The clock of the stream's stamps stepped back by `step` (s, below 0), and its history started anew. */
  onClockJump?(stream: string, step: number): void;
}

/** Ignores all faults. */
export const IGNORE_STREAM_FAULTS: StreamFaultHandler = { onError() {}, onBadSample() {} };

/**
 * Subscribes to a robot's stream. Samples that violate the spec or are not finite are reported and not passed on, and so is
 * a sample on which `next` throws: RxJS would end the process for it.
 * @param faultOf check of a sample's value against the spec. Default {@link sampleFault}.
 */
export function subscribeChecked(
  robot: Robot,
  spec: SignalSpec,
  faults: StreamFaultHandler,
  next: (sample: Stamped<StreamValue>) => void,
  faultOf: typeof sampleFault = sampleFault,
): Subscription {
  return robot.stream(spec.name).subscribe({
    next: (sample) => {
      try {
        const fault = Number.isFinite(sample.stamp)
          ? faultOf(sample.value, spec)
          : `${spec.name}: stamp ${sample.stamp}`;
        if (fault === undefined) next(sample);
        else faults.onBadSample(spec.name, fault);
      } catch (error) {
        faults.onBadSample(spec.name, `${spec.name}: ${errorMessage(error)}`);
      }
    },
    error: (error: unknown) => faults.onError(spec.name, error),
  });
}
