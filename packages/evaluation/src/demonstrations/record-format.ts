/** A field of a record: an array of numbers with a fixed shape. */
export interface Field {
  readonly name: string;
  readonly dtype: 'u1' | 'f4' | 'i4';
  readonly shape: readonly number[];
}

/** The fields of a record, packed in this order without gaps, little-endian. `training/data.py` reads them by this description. */
export const FIELDS: readonly Field[] = [
  { name: 'images.front', dtype: 'u1', shape: [96, 96, 3] },
  { name: 'images.wrist', dtype: 'u1', shape: [96, 96, 3] },
  { name: 'wrench', dtype: 'f4', shape: [32, 6] },
  { name: 'state', dtype: 'f4', shape: [8] },
  { name: 'actions', dtype: 'f4', shape: [16, 7] },
  { name: 'goal.uv', dtype: 'f4', shape: [2, 3] },
  { name: 'goal.position', dtype: 'f4', shape: [3] },
  { name: 'objects', dtype: 'f4', shape: [4, 9] },
  { name: 'flags', dtype: 'f4', shape: [4] },
  { name: 'task', dtype: 'i4', shape: [] },
  { name: 'goal', dtype: 'i4', shape: [] },
  { name: 'seed', dtype: 'i4', shape: [] },
  { name: 'step', dtype: 'i4', shape: [] },
];

/** Number of elements of a field. */
export const countElements = ({ shape }: Field): number => shape.reduce((product, n) => product * n, 1);
const countBytes = (field: Field) => countElements(field) * (field.dtype === 'u1' ? 1 : 4);

/** Size of one record in bytes. */
export const RECORD_BYTES = FIELDS.reduce((sum, field) => sum + countBytes(field), 0);

/** Offset of each field from the start of the record, in bytes. */
export const FIELD_OFFSETS_BYTES: ReadonlyMap<string, number> = (() => {
  let offset = 0;
  return new Map(
    FIELDS.map((field) => {
      const entry: [string, number] = [field.name, offset];
      offset += countBytes(field);
      return entry;
    }),
  );
})();
