import { table } from '../../report/format.ts';

/** How the samples of a stream became one value a frame. */
export interface StreamAudit {
  readonly stream: string;
  /** Samples between the first and the last frame. */
  readonly samples: number;
  /** Mean rate (Hz); 0 for fewer than two samples. */
  readonly rateHz: number;
  /** Samples that no frame holds, because a newer one came before the next frame. */
  readonly unused: number;
  /** Frames that hold the same sample as the frame before. */
  readonly repeated: number;
  /** Longest time between the stamps of two samples (s). */
  readonly largestGapS: number;
  /** Longest time from a sample's stamp to a frame that holds it (s). */
  readonly largestAgeS: number;
  /** Samples whose stamp is before that of the sample before. */
  readonly outOfOrder: number;
}

/** The pictures of one camera, as they are stored. */
export interface CameraAudit {
  /** Name of the feature. */
  readonly camera: string;
  /** Codec, as FFmpeg names it. */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly pictures: number;
  /** Size of all pictures (bytes). */
  readonly bytes: number;
}

/** What became of the times of one episode. */
export interface EpisodeAudit {
  /** Recording or demonstration. */
  readonly source: string;
  readonly frames: number;
  readonly fps: number;
  /** Time of the first frame on the source's clock (s). */
  readonly startS: number;
  /** Time before the first frame, in which a stream or a command had no sample yet (s). */
  readonly skippedS: number;
  /** Samples that the recording itself had dropped. */
  readonly droppedByRecorder: number;
  /** Byte at which the recording was cut off. */
  readonly cutAtByte?: number;
  readonly streams: readonly StreamAudit[];
}

/** The audit of an episode in a dataset, which says how its pictures are stored, too. */
export interface StoredEpisodeAudit extends EpisodeAudit {
  readonly cameras: readonly CameraAudit[];
}

/** Counts the samples of a stream. */
export class StreamCounter {
  readonly #stream: string;
  #samples = 0;
  #used = 0;
  #repeated = 0;
  #gap = 0;
  #age = 0;
  #outOfOrder = 0;
  #first = Number.NaN;
  #stamp = Number.NaN;
  #inFrame: number | undefined;

  constructor(stream: string) {
    this.#stream = stream;
  }

  /** Notes a sample. @param stamp time of its source (s) */
  addSample(stamp: number): void {
    this.#samples++;
    if (this.#samples === 1) this.#first = stamp;
    else if (stamp < this.#stamp) this.#outOfOrder++;
    else this.#gap = Math.max(this.#gap, stamp - this.#stamp);
    this.#stamp = stamp;
  }

  /** Notes that the newest sample is in a frame. @param number of the sample, counted by the caller @param age of its stamp (s) */
  addFrame(number: number, age: number): void {
    if (number === this.#inFrame) this.#repeated++;
    else this.#used++;
    this.#inFrame = number;
    this.#age = Math.max(this.#age, age);
  }

  finish(): StreamAudit {
    const span = this.#stamp - this.#first;
    return {
      ...{ stream: this.#stream, samples: this.#samples },
      rateHz: this.#samples > 1 && span > 0 ? (this.#samples - 1) / span : 0,
      unused: Math.max(0, this.#samples - this.#used),
      ...{ repeated: this.#repeated, largestGapS: this.#gap, largestAgeS: this.#age, outOfOrder: this.#outOfOrder },
    };
  }
}

const ms = (seconds: number): string => `${(1000 * seconds).toFixed(1)} ms`;

/** The audit of an episode as text of whole lines. */
export function auditText({
  source,
  frames,
  fps,
  skippedS,
  droppedByRecorder,
  cutAtByte,
  streams,
}: EpisodeAudit): string {
  const notes = [
    `${frames} frames at ${fps} Hz`,
    ...(skippedS > 0 ? [`begins ${ms(skippedS)} after the recording`] : []),
    ...(droppedByRecorder > 0 ? [`${droppedByRecorder} samples dropped by the recorder`] : []),
    ...(cutAtByte === undefined ? [] : [`cut off at byte ${cutAtByte}`]),
  ];
  const rows = streams.map((each) => [
    ...[each.stream, String(each.samples), each.rateHz.toFixed(1), String(each.unused), String(each.repeated)],
    ...[ms(each.largestGapS), ms(each.largestAgeS), String(each.outOfOrder)],
  ]);
  const head = ['stream', 'samples', 'Hz', 'unused', 'repeated', 'largest gap', 'largest age', 'out of order'];
  return `${source}: ${notes.join(', ')}\n${streams.length > 0 ? table(head, rows) : ''}`;
}

/** The pictures of each camera over several episodes. */
export function joinCameraAudits(episodes: readonly StoredEpisodeAudit[]): readonly CameraAudit[] {
  const joined = new Map<string, CameraAudit>();
  for (const each of episodes.flatMap(({ cameras }) => cameras)) {
    const { pictures, bytes } = joined.get(each.camera) ?? { pictures: 0, bytes: 0 };
    joined.set(each.camera, { ...each, pictures: pictures + each.pictures, bytes: bytes + each.bytes });
  }
  return [...joined.values()];
}

/** The pictures of a camera as one line. */
export const cameraAuditText = ({ camera, codec, width, height, pictures, bytes }: CameraAudit): string =>
  `${camera}: ${pictures} pictures of ${width} x ${height}, ${codec}, ${(bytes / 1e6).toFixed(1)} MB, ${(bytes / pictures / 1000).toFixed(1)} kB each`;
