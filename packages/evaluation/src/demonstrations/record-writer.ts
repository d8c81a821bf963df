import { InputError } from '@praxis/core';
import { countElements, type RecordFormat } from './record-format.ts';

/** Writes the fields of one record. Fields that are not written are zeros. */
export class RecordWriter {
  /** The record: `format.bytes` bytes. */
  readonly bytes: Uint8Array;
  readonly #format: Pick<RecordFormat, 'fields' | 'offsets' | 'bytes'>;
  readonly #view: DataView;

  constructor(format: Pick<RecordFormat, 'fields' | 'offsets' | 'bytes'>) {
    this.#format = format;
    this.bytes = new Uint8Array(format.bytes);
    this.#view = new DataView(this.bytes.buffer);
  }

  /** @throws {InputError} for a field that the format lacks, and for another number of elements than the field has */
  write(name: string, values: ArrayLike<number>): void {
    const field = this.#format.fields.find((each) => each.name === name);
    if (!field) throw new InputError(`record field ${name}: is not in the format`);
    if (values.length !== countElements(field))
      throw new InputError(`record field ${name}: ${values.length} numbers, expected ${countElements(field)}`);
    const offset = this.#format.offsets.get(name)!;
    if (field.dtype === 'u1') this.bytes.set(values, offset);
    else this.#writeNumbers(field.dtype, values, offset);
  }

  #writeNumbers(dtype: 'f4' | 'i4', values: ArrayLike<number>, first: number): void {
    let offset = first;
    for (let i = 0; i < values.length; i++, offset += 4) {
      if (dtype === 'f4') this.#view.setFloat32(offset, values[i], true);
      else this.#view.setInt32(offset, values[i], true);
    }
  }
}
