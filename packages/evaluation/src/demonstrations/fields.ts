/** One field of a record. */
export interface Field {
  readonly name: string;
  readonly dtype: 'u1' | 'f4' | 'i4';
  readonly shape: readonly number[];
}

/** What a record holds, packed in this order, little-endian. `training/data.py` reads it by this description. */
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

export const elementCount = ({ shape }: Field): number => shape.reduce((product, n) => product * n, 1);
const byteCount = (field: Field) => elementCount(field) * (field.dtype === 'u1' ? 1 : 4);

/** Bytes of one record. */
export const RECORD_BYTES = FIELDS.reduce((sum, field) => sum + byteCount(field), 0);

/** Byte offset of each field. */
export const OFFSETS: ReadonlyMap<string, number> = (() => {
  let offset = 0;
  return new Map(
    FIELDS.map((field) => {
      const entry: [string, number] = [field.name, offset];
      offset += byteCount(field);
      return entry;
    }),
  );
})();
