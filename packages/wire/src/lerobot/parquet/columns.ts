import type { SchemaElement } from 'hyparquet';
import { DatasetError } from '../format/error.ts';
import { type DatasetFeature, type DatasetFeatures, elementCount } from '../format/features.ts';

/** Values of one column: of each row a scalar, bytes, or a list. */
export interface TableColumn {
  readonly name: string;
  /** Schema of the column: the element itself, then those inside it. */
  readonly schema: readonly SchemaElement[];
  readonly values: readonly unknown[];
  /** True for bytes that are compressed already. */
  readonly compressed?: boolean;
}

type Leaf = Omit<SchemaElement, 'name'>;

/** Parquet's types of the element types of features. */
const LEAVES: Readonly<Record<string, Leaf>> = {
  bool: { type: 'BOOLEAN' },
  int8: { type: 'INT32', converted_type: 'INT_8' },
  int16: { type: 'INT32', converted_type: 'INT_16' },
  int32: { type: 'INT32' },
  int64: { type: 'INT64' },
  uint8: { type: 'INT32', converted_type: 'UINT_8' },
  uint16: { type: 'INT32', converted_type: 'UINT_16' },
  float32: { type: 'FLOAT' },
  float64: { type: 'DOUBLE' },
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
};

/** Schema of a column of scalars, or of lists of them within `depth` lists. @throws {DatasetError} for a type that is not written */
export function columnSchema(name: string, dtype: string, depth = 0): readonly SchemaElement[] {
  const leaf = LEAVES[dtype];
  if (!leaf)
    throw new DatasetError(`feature ${name}: dtype ${dtype}, expected one of ${Object.keys(LEAVES).join(', ')}`);
  if (depth === 0) return [{ name, repetition_type: 'OPTIONAL', ...leaf }];
  return [
    { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...columnSchema('element', dtype, depth - 1),
  ];
}

/** Schema of a column of pictures, as the library `datasets` stores them. */
const imageSchema = (name: string): readonly SchemaElement[] => [
  { name, repetition_type: 'OPTIONAL', num_children: 2 },
  { name: 'bytes', repetition_type: 'OPTIONAL', type: 'BYTE_ARRAY' },
  { name: 'path', repetition_type: 'OPTIONAL', type: 'BYTE_ARRAY', converted_type: 'UTF8' },
];

/** The column of a feature. @param values one for each frame, as {@link FeatureValue} */
export function featureColumn(name: string, feature: DatasetFeature, values: readonly unknown[]): TableColumn {
  if (feature.dtype === 'image') {
    return {
      name,
      schema: imageSchema(name),
      values: values.map((bytes) => ({ bytes, path: null })),
      compressed: true,
    };
  }
  const toElement = elementWriter(feature.dtype);
  if (isScalar(feature)) {
    return { name, schema: columnSchema(name, feature.dtype), values: values.map(toElement) };
  }
  const count = elementCount(feature);
  const nest = (value: unknown): unknown => {
    if (value === undefined || value === null) return null;
    const flat = Array.from(value as ArrayLike<unknown>, toElement);
    if (flat.length !== count) throw new DatasetError(`feature ${name}: ${flat.length} elements, expected ${count}`);
    return reshape(flat, feature.shape);
  };
  return { name, schema: columnSchema(name, feature.dtype, feature.shape.length), values: values.map(nest) };
}

/** True for a feature whose column holds no lists. */
export const isScalar = ({ shape, dtype }: DatasetFeature): boolean =>
  dtype === 'string' || shape.length === 0 || (shape.length === 1 && shape[0] === 1);

function elementWriter(dtype: string): (value: unknown) => unknown {
  if (dtype === 'int64') return (value) => (value === undefined || value === null ? null : BigInt(value as number));
  if (dtype === 'bool') return (value) => (value === undefined || value === null ? null : Boolean(value));
  return (value) => value ?? null;
}

function reshape(flat: readonly unknown[], [, ...rest]: readonly number[]): readonly unknown[] {
  if (rest.length === 0) return flat;
  const size = elementCount({ shape: rest });
  return Array.from({ length: flat.length / size }, (_, i) => reshape(flat.slice(i * size, (i + 1) * size), rest));
}

/** The features of a table of frames in the words of the library `datasets`, which shows pictures by them. */
export function datasetsMetadata(features: DatasetFeatures): { key: string; value: string } {
  const described = Object.entries(features).flatMap(([name, feature]) => {
    if (feature.dtype === 'video') return [];
    if (feature.dtype === 'image') return [[name, { _type: 'Image' }]];
    const leaf = { dtype: feature.dtype, _type: 'Value' };
    if (isScalar(feature)) return [[name, leaf]];
    const { shape } = feature;
    if (shape.length === 1) return [[name, { feature: leaf, length: shape[0], _type: 'Sequence' }]];
    return [[name, { shape, dtype: feature.dtype, _type: `Array${shape.length}D` }]];
  });
  return { key: 'huggingface', value: JSON.stringify({ info: { features: Object.fromEntries(described) } }) };
}
