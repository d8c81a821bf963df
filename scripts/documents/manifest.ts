import { z } from 'zod';

/** The part of JSON Schema that this page reads. */
interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** Names a type in words: `list of 3 numbers > 0`. */
function typeInWords(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(', ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map(typeInWords))].join(' or ');
  switch (schema.type) {
    case 'array': {
      const { minItems: least, maxItems: most } = schema;
      const count = least !== undefined && least === most ? ` of ${least}` : least ? `, at least ${least}` : '';
      return `list${count}: ${typeInWords(schema.items ?? {})}`;
    }
    case 'integer':
      return (schema.exclusiveMinimum ?? schema.minimum) === 0 ? 'whole number' : 'integer';
    case 'number':
      if (schema.exclusiveMinimum === 0) return 'number > 0';
      return schema.minimum === 0 ? 'number >= 0' : 'number';
    case 'object':
      return typeof schema.additionalProperties === 'object' && !schema.properties ? 'object: text by name' : 'object';
    case 'string':
      return 'text';
    case undefined:
      return 'any';
    default:
      return schema.type;
  }
}

const rowOf = (path: string, schema: Schema, required: boolean): string =>
  `| \`${path}\` | ${typeInWords(schema)}${required ? '' : ', optional'} | ${schema.description ?? ''} |`;

/** One row for each field, depth first. @param closed fields whose own fields are left out */
function* rowsOf(schema: Schema, prefix: string, closed: readonly string[]): Generator<string> {
  for (const [key, field] of Object.entries(schema.properties ?? {})) {
    const path = `${prefix}${key}`;
    yield rowOf(path, field, schema.required?.includes(key) ?? false);
    if (closed.includes(key)) continue;
    const inner = field.type === 'array' ? (field.items ?? {}) : field;
    const below = field.type === 'array' ? `${path}[].` : `${path}.`;
    for (const choice of inner.oneOf ?? [inner]) yield* rowsOf(choice, below, closed);
  }
}

/**
 * A table with one row for each field of a format, depth first.
 * @param format its schema
 * @param closed names of fields whose own fields are left out. Default: none
 */
export function fieldTable(format: z.ZodType, closed: readonly string[] = []): string {
  const schema = z.toJSONSchema(format, { io: 'input', unrepresentable: 'any' }) as Schema;
  return `| field | type | meaning |\n|---|---|---|\n${[...rowsOf(schema, '', closed)].join('\n')}`;
}

/** Writes the format of `manifest.json` as the page `docs/manifest.md`. @param format its schema */
export function manifestPage(format: z.ZodType): string {
  return `# manifest.json

A trained policy is a folder: \`manifest.json\` and the ONNX files that it names. \`--policy DIR\` runs it, in Node and in a browser.
\`npm run docs\` writes this page from the schema that checks a manifest (\`packages/policy/src/manifest\`).

This is the first version of the format: several graphs, in two layers. A policy of another trainer is most often one graph with many
inputs, which [the second version](policy-manifest.md) describes; it also has encoders and a fusion, with more kinds of inputs.

Each *encoder* turns the newest samples of one stream into tokens. The *fusion* turns the tokens of
all encoders, and the vector \`present\` that says which of them count, into a chunk of actions. An encoder runs only when its input
has changed, and its tokens are kept until then. An input that is missing, too old or masked reaches no graph: its tokens are zeros and its
element of \`present\` is 0.

Complete manifests: [the shipped policy](../models/default/manifest.json), with two cameras, force/torque, language and joints, and
[the example of an own sensor](../examples/own-modality/model/manifest.json). [train.py](../examples/own-modality/train.py) of that example
writes graphs and manifest with PyTorch in under 200 lines.

## Fields

${fieldTable(format)}

Fields that this list lacks are refused nowhere and ignored, except in \`training\` and in the entries of \`evaluation\`, which keep them.

## Rules between fields

- Every file that an encoder or the fusion names has its digest in \`sha256\`; a file with another digest is refused.
- Encoder names differ. Encoders that read one stream declare it alike.
- \`image\`: \`shape\` is \`[height, width, 3]\`, \`dtype\` is \`uint8\`, \`window\` is 1. \`tokens\`: \`shape\` is \`[]\`, \`dtype\` is \`string\`, \`window\` is
  1. \`vector\`: \`shape\` is \`[length]\`, \`dtype\` is a float type, \`mean\` and \`std\` have \`length\` numbers.
- A \`unit\` or \`names\` that is a list has one entry for each element.
- \`fusion.inputs\` contains \`present\`, of shape \`[1, number of encoders]\`, and every other name once, with the shape of that encoder's
  output.
- \`fusion.outputs\` contains \`actions\`, of shape \`[1, horizon, elements]\` (7 elements for \`ee_delta\`), and \`gates\`, of shape \`[1, number of encoders]\`: the weight of each encoder,
  for display. \`grounding\`, of shape \`[1, number of image encoders, 3]\`, is optional: for each camera where the named object is (x and y from 0 to 1, from the
  top left) and the confidence.
- With \`ee_delta\`, one encoder reads \`ee_state\`, of shape \`[8]\`: the pose that actions refer to (x, y, z in m; rotation vector in rad; width in m and its speed in m/s).
- \`lower\`, \`upper\`, \`maxVelocity\` and \`configuration\` of a robot have one number for each of its joints. The quaternion of \`toolPose\` has
  length 1, and \`gripperRange\` is ascending.
- With \`ee_delta\`, \`action.names\` and \`action.unit\` are those of the table, and \`action.mean\` and \`action.std\` have \`horizon\` rows of 7
  numbers.
- With \`blocks\`, names of blocks differ, \`names\` are those of the space where it has its own ([action spaces](concepts.md#action-spaces)), and \`mean\`
  and \`std\` have one row or \`horizon\` rows, with a number for each name. The robot's part is checked when the policy is bound: command groups, names
  of joints, units, frames.

## The robot

A policy drives the robots in its \`robots\` and no other. When it is bound, in the simulator, in the studio and in a ROS node alike, the
robot's name (that of its URDF), its joints in order, their limits and speeds, the gripper and the pose of the tool at \`configuration\`
are compared with the entry of that name. What differs is named in one line, and nothing moves:

\`\`\`text
policy default: trained for praxis_arm, this robot is ur5e (its joints are shoulder_pan_joint, ...; it has no gripper, trained with one)
\`\`\`

A manifest without \`robots\` fits no robot. To let a policy move another robot all the same, accept that robot by name: \`--accept-robot
NAME\` of \`praxis sim\` and \`praxis eval\`, the parameter \`accept_robot\` of a ROS node, \`acceptRobot\` of a \`ControlLoop\`. The studio
accepts no other robot. \`praxis demos\` writes the entry of its robot to \`dataset.json\`, and \`training/export.py\` copies it; in a program
\`trainedRobotOf\` of \`@praxis/core\` makes it. A policy that is a program (\`--policy FILE.ts\`) has no manifest: it is compared only if its
\`spec\` has \`robots\`.

A manifest that breaks a rule is refused in one line that names the file, the field, its value and the expected value:

\`\`\`text
models/x/manifest.json: encoders[2].input.rateHz is "fast", expected number
\`\`\`
`;
}
