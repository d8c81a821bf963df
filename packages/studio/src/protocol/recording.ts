/** The messages between the page and the worker that reads a recording. All of them are plain data. Times are seconds since its first message. */
import type { CameraImage } from './protocol.ts';

/** What is known of a recording once its heads are read. */
export interface RecordingSummary {
  readonly name: string;
  /** From the first message to the last (s). */
  readonly duration: number;
  /** Time of the first message on the clock of the recording (ns). */
  readonly startNs: bigint;
  readonly cameras: readonly string[];
  /** Facts about the run, such as its task, by their names. */
  readonly facts: Readonly<Record<string, string>>;
  /** Where the file was cut off, in one line; undefined for a complete one. */
  readonly cut: string | undefined;
}

/** Range of the value axis of a plot: at least from `-least` to `least`, from 0 to 1, or that of the samples. */
export type ValueAxis =
  | { readonly kind: 'around zero'; readonly least: number }
  | { readonly kind: 'share' }
  | { readonly kind: 'samples' };

/** A plot of one quantity of a recording. */
export interface PlotLayout {
  readonly id: string;
  /** Quantity and unit. */
  readonly label: string;
  readonly curves: readonly string[];
  readonly axis: ValueAxis;
  readonly decimals: number;
}

/** The curves of some plots between two times, thinned to what a plot can show. */
export interface PlotData {
  readonly from: number;
  readonly to: number;
  /** Ascending (s). */
  readonly times: Float64Array;
  /** Values of each curve at the times, in the order of the plots and of their curves; NaN where there is none. */
  readonly curves: readonly Float32Array[];
  readonly plots: readonly PlotLayout[];
}

/** Something that happened at one moment. */
export interface RecordingMark {
  readonly time: number;
  /** A change of the supervisor's state, an instruction, or what a person requested, typed or said. */
  readonly kind: 'safety' | 'instruction' | 'operator';
  readonly text: string;
  /** State of the supervisor from this moment on; undefined for the other kinds. */
  readonly state?: string;
}

/** How far the reading of the whole recording is. */
export interface ReadingProgress {
  /** 0 to 1; 1 once everything is read. */
  readonly fraction: number;
  /** New marks since the last report, in the order of the file. */
  readonly marks: readonly RecordingMark[];
  /** Marks that are left out because there are too many. */
  readonly unlistedMarks: number;
  /** What is damaged, in one line with the byte of the first damage; undefined for nothing so far. */
  readonly damage: string | undefined;
}

/** The service of the worker that reads a recording. */
export interface RecordingService {
  readonly methods: {
    /** Opens the file, once. Rejects with one line for a file that cannot be shown. */
    open(file: File): RecordingSummary;
    /** The newest picture of each camera at a time, if it is not too old. */
    pictures(time: number): readonly CameraImage[];
    /** The signals between two times. */
    signals(span: { readonly from: number; readonly to: number }): PlotData;
    /** The signals of the whole recording, as far as it is read. */
    overview(): PlotData;
  };
  readonly events: { progress: ReadingProgress };
}
