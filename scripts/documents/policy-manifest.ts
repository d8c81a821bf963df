import * as z from 'zod';
import {
  encoderSchema,
  fusionManifestSchema,
  fusionSchema,
  parseFusionManifest,
} from '../../packages/policy/src/manifest/fusion-manifest.ts';
import {
  absentField,
  imageInput,
  inputNormalisation,
  rawTextInput,
  textInput,
  vectorInput,
} from '../../packages/policy/src/manifest/graph-inputs.ts';
import {
  graphManifestSchema,
  outputSchema,
  parseGraphManifest,
  secondVersionFields,
} from '../../packages/policy/src/manifest/graph-manifest.ts';
import { CONVERTED_UNITS } from '../../packages/policy/src/numbers/units.ts';
import { fieldTable } from './manifest.ts';

/** Fields that have a table of their own. */
const OWN_TABLES = ['inputs', 'outputs', 'normalisation', 'encoders', 'fusion'];

/** The normalisations as a field, of whose choices each gets rows. */
const normalisations = z.object({
  normalisation: inputNormalisation.describe('normalisation of an input or an output'),
});

const DIGEST = '0'.repeat(64);

/** An ACT policy of LeRobot for an arm of five joints with a jaw: the page shows it, and it must be valid. */
const EXAMPLE = `{
  "manifestVersion": 2,
  "name": "act-pick",
  "version": "1",
  "tasks": ["pick"],
  "graph": "policy.onnx",
  "sha256": { "policy.onnx": "${DIGEST}" },
  "inputs": [
    {
      "type": "vector",
      "name": "observation.state",
      "parts": [
        {
          "stream": "joints",
          "names": ["shoulder_pan", "shoulder_lift", "elbow_flex", "wrist_flex", "wrist_roll"],
          "unit": "deg",
          "maximumAge": 0.1
        },
        {
          "stream": "joints",
          "names": ["gripper"],
          "unit": "rad",
          "map": { "from": [-0.17, 1.75], "to": [0, 100] },
          "maximumAge": 0.1
        }
      ],
      "normalisation": { "type": "mean_std", "mean": [0, -40, 50, 60, 0, 20], "std": [20, 30, 30, 15, 40, 25] }
    },
    {
      "type": "image",
      "name": "observation.images.front",
      "stream": "images.front",
      "maximumAge": 0.2,
      "height": 224,
      "width": 224,
      "transform": [{ "type": "resize", "height": 224, "width": 224, "fit": "cover", "interpolation": "bilinear" }],
      "normalisation": { "type": "mean_std", "mean": [0.485, 0.456, 0.406], "std": [0.229, 0.224, 0.225] }
    }
  ],
  "action": {
    "period": 0.0333,
    "horizon": 50,
    "inferencePeriod": 0.5,
    "outputs": [
      {
        "name": "action",
        "normalisation": { "type": "mean_std", "mean": [0, -40, 50, 60, 0, 20], "std": [20, 30, 30, 15, 40, 25] },
        "blocks": [
          {
            "space": "joint_position",
            "name": "arm",
            "names": ["shoulder_pan", "shoulder_lift", "elbow_flex", "wrist_flex", "wrist_roll"],
            "unit": "deg"
          },
          {
            "space": "gripper",
            "name": "gripper",
            "names": ["opening"],
            "unit": "1",
            "map": { "from": [0, 100], "to": [0, 1] },
            "limits": [0, 1]
          }
        ]
      }
    ]
  }
}`;

/** A policy of encoders and fusion: the page shows it, and it must be valid. */
const FUSION_EXAMPLE = `{
  "manifestVersion": 2,
  "name": "touch",
  "version": "1",
  "sha256": { "vision.onnx": "${DIGEST}", "arm.onnx": "${DIGEST}", "fusion.onnx": "${DIGEST}" },
  "encoders": [
    {
      "name": "front",
      "file": "vision.onnx",
      "inputs": [
        { "type": "image", "name": "image", "stream": "images.front", "maximumAge": 0.25, "height": 96, "width": 96 }
      ],
      "outputs": [{ "name": "tokens", "shape": [1, 9, 128] }]
    },
    {
      "name": "arm",
      "file": "arm.onnx",
      "absent": "refuse",
      "inputs": [
        {
          "type": "vector",
          "name": "q",
          "parts": [{ "stream": "joints", "names": ["shoulder", "elbow"], "unit": "deg", "maximumAge": 0.1 }]
        }
      ],
      "outputs": [{ "name": "tokens", "shape": [1, 1, 128] }]
    }
  ],
  "fusion": {
    "file": "fusion.onnx",
    "inputs": [{ "name": "present" }, { "name": "seen", "from": "front.tokens" }, { "name": "felt", "from": "arm.tokens" }]
  },
  "action": {
    "period": 0.05,
    "horizon": 16,
    "inferencePeriod": 0.1,
    "outputs": [
      {
        "name": "action",
        "blocks": [{ "space": "joint_delta", "name": "arm", "names": ["shoulder", "elbow"], "unit": "deg" }]
      }
    ]
  }
}`;

/** What only one form of the format has. */
const only = (schema: typeof graphManifestSchema | typeof fusionManifestSchema): z.ZodType =>
  z.object(Object.fromEntries(Object.entries(schema.shape).filter(([key]) => !(key in secondVersionFields))));

/** Writes the second version of the format of `manifest.json` as the page `docs/policy-manifest.md`. */
export function policyManifestPage(): string {
  parseGraphManifest(JSON.parse(EXAMPLE), 'example');
  parseFusionManifest(JSON.parse(FUSION_EXAMPLE), 'example');
  return `# manifest.json, version 2

A policy that was trained elsewhere is most often one ONNX graph: images, a vector of joints, perhaps the tokens of an instruction go in, and a
chunk of actions comes out. Others have an encoder for each sensor, and a graph that makes the actions of all tokens:
[encoders and fusion](#encoders-and-fusion). A folder with these files and a \`manifest.json\` of this format runs with \`--policy DIR\`, in Node
and in a browser.
\`npm run docs\` writes this page from the schema that checks a manifest (\`packages/policy/src/manifest\`).
[The first version](manifest.md) is read as before; a file without \`manifestVersion\` is of that one.

The manifest says for each input of a graph which stream of the robot feeds it and how, and for each output what its numbers do. Everything
binds by name: streams, joints, inputs and outputs. What is wrong is said in one line when the policy is loaded, before anything moves:

\`\`\`text
models/x/manifest.json: inputs[0].normalisation.mean is [0,0], expected 6 numbers, or one for all
models/x/policy.onnx: input observation.images.front has shape [1,3,96,96], expected [1,3,224,224] (batch, channel, height, width)
policy act-pick, input joints: the stream has no gripper, only joint1, joint2, joint3
\`\`\`

## Example

An ACT policy of LeRobot for an arm of five joints and a jaw. Its state and its actions are degrees, and the jaw runs from 0 to 100.

\`\`\`json
${EXAMPLE}
\`\`\`

## The file

Both forms have these fields:

${fieldTable(z.object(secondVersionFields), OWN_TABLES)}

A policy of one graph has two more:

${fieldTable(only(graphManifestSchema), OWN_TABLES)}

and each of its inputs one beside those of its table below:

${fieldTable(absentField)}

Fields that no table of this page has are refused, except in \`training\` and in the entries of \`evaluation\`. \`robots\` is explained under
[the robot](manifest.md#the-robot): without it the policy drives only a robot that the user accepts by name.

## Encoders and fusion

A policy of several graphs has these in place of \`graph\` and \`inputs\`:

${fieldTable(only(fusionManifestSchema), OWN_TABLES)}

An encoder turns the newest samples of its streams into tokens. It runs only when one of them is new; until then its tokens are kept. Its
inputs are described as those of one graph, except for \`absent\`, which the encoder has as a whole:

${fieldTable(encoderSchema, OWN_TABLES)}

The fusion makes the outputs of \`action\` from the tokens of all encoders:

${fieldTable(fusionSchema)}

\`present\` is float32 of shape \`[1, encoders]\`: 1 for each encoder that has all its streams, in the order of \`encoders\`, else 0. A fusion
needs it unless every encoder has \`"absent": "refuse"\`. The first version always has it, under that name.

\`\`\`json
${FUSION_EXAMPLE}
\`\`\`

Relative actions are made absolute by the control loop, as those of one graph. The first version has \`ee_delta\` made absolute by the policy,
from the same pose.

## Units and numbers

Streams and commands of a robot have SI units. A manifest gives the units of the network: ${CONVERTED_UNITS.map((unit) => `\`${unit}\``).join(', ')} are converted,
every other unit must be that of the robot. \`map\` is a straight line through two points, for numbers that are no unit: the jaw's angle as
0..100, an opening in the other direction.

From robot to network: SI, \`unit\`, \`map\`, \`normalisation\`. From network to robot: \`normalisation\` reversed, \`map\`, \`limits\`, \`unit\`, SI.

## Vectors

An input of type \`vector\` is one vector of numbers for each step: the elements of its parts, one part after another.

${fieldTable(vectorInput, OWN_TABLES)}

\`joints\` has every joint of the robot; \`ee_state\` the tool (\`x\`, \`y\`, \`z\`, \`rx\`, \`ry\`, \`rz\`: position and rotation vector in the base frame) and
the gripper (\`width\`, \`width_velocity\`); \`wrench.contact\` the force and torque at the tool. The opening of a gripper from 0 to 1 is \`width\` of
\`ee_state\` with a \`map\` from its widths closed and open to 0 and 1.

## Images

An input of type \`image\` is a camera's image: cropped and scaled by \`transform\`, as levels 0..1 or 0..255, normalised for each channel, in
the order of \`axes\`. Without \`axes\` it is \`batch\`, \`channel\`, \`height\`, \`width\`: what PyTorch calls NCHW.

${fieldTable(imageInput, OWN_TABLES)}

Our own code scales images, with the same numbers in Node and in every browser. To get what a training got:

| training | \`transform\` |
|---|---|
| Pillow, \`Image.resize(size, BILINEAR)\` | \`bilinear\` |
| torchvision, \`Resize(size, antialias=True)\` of float images | \`bilinear\`, \`"rounded": false\` |
| OpenCV, \`cv2.resize\`; PyTorch \`interpolate\` without antialias | \`bilinear\`, \`"antialias": false\` (PyTorch also \`"rounded": false\`) |
| OpenCV, \`INTER_AREA\`, smaller | \`area\` |
| torchvision, \`Resize(256)\`, \`CenterCrop(224)\` | \`resize\` to 256 x 256 with \`cover\`, then \`crop\` to 224 x 224 |
| openpi, \`resize_with_pad\` | \`bilinear\` with \`contain\` |

\`cover\` and \`contain\` round the scaled image down to whole pixels and put the middle in the middle.

## Text

An input of type \`text\` is the tokens of the instruction, cut or padded to \`length\`, and where the graph wants it a mask that is 1 for each
token and 0 for padding.

${fieldTable(textInput, OWN_TABLES)}

\`words\` is the list of the first version: lower case, punctuation dropped, one token a word. \`file\` is a \`tokenizer.json\` as the library
\`tokenizers\` of Hugging Face writes it, with byte-pair encoding, WordPiece or the unigrams of SentencePiece; \`@huggingface/tokenizers\` reads it,
in Node and in browsers.

A graph that makes the tokens itself has an input of the type \`tensor(string)\`, and gets the text as it is:

${fieldTable(rawTextInput, OWN_TABLES)}

Raw text also goes to a policy over the network, under the key \`prompt\`: [policies over the network](policies-over-the-network.md).

## Types

Images are \`float32\`, \`float16\` or \`uint8\`, vectors and outputs \`float32\` or \`float16\`, tokens \`int64\` or \`int32\`, as the graph has them. Numbers of
16 bits are computed in 64 or 32 bits and rounded to the nearest one at the end.

## Several observations

With \`observation.steps\` above 1 images and vectors have the observations of several times, \`spacing\` seconds apart and oldest first, on the
axis \`step\`, which comes after the batch unless \`axes\` says otherwise. Of each stream the samples that lie closest to those times are taken.
After the start, until there is a history, the oldest sample is repeated. An input with \`"steps": 1\` has the newest observation alone; with
\`"spacing": "samples"\` it has the last samples of its stream as they came, for sensors that are fast, such as one of force.

## Normalisation

${fieldTable(normalisations)}

Outputs have the same four, and each list may also be a list of rows, one for each row of the output. With \`clip\` an output's numbers are
limited to -1..1 before the normalisation is reversed. Where a trainer adds a small number to the deviation (LeRobot: 1e-8), add it to \`std\`.
An element with \`min\` equal to \`max\` becomes -1, and is \`min\` as an output.

## Actions

Row \`firstRow + k\` of the outputs is the action for the time \`(k + 1) * period\` after the observation.

${fieldTable(outputSchema, OWN_TABLES)}

The elements of one output are its blocks one after another, in the network's own order. A block is an action in one of the
[action spaces](concepts.md#action-spaces): \`joint_position\`, \`joint_delta\` and \`joint_velocity\` by the names of the arm's joints, the others with their own
names. \`unused\` leaves elements out.

## What is checked

- \`manifest.json\`: types and ranges, unknown fields, the number of statistics, sizes after \`transform\`, axes, names that are given twice, two
  inputs that want one stream differently.
- Files: each has the digest of \`sha256\`; a tokenizer's file is one; the graphs have inputs and outputs of these names, types and shapes, and no
  other inputs.
- When the policy meets a robot: streams, joints, units, frames and commands are there, the robot is one of \`robots\`.
- In every inference: numbers are finite, images have the size that \`transform\` needs. A stream that is missing, older than \`maximumAge\` or
  masked leaves the policy without actions, and the robot holds; with \`"absent": "zeros"\` the graph gets zeros instead, and an encoder may be
  left out.

\`npx praxis policy check DIR --robot DIR\` then tries the policy in the simulator: [policy check](policy-check.md).
`;
}
