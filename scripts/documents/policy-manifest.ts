import * as z from 'zod';
import {
  imageInput,
  inputNormalisation,
  textInput,
  vectorInput,
} from '../../packages/policy/src/manifest/graph-inputs.ts';
import {
  graphManifestSchema,
  outputSchema,
  parseGraphManifest,
} from '../../packages/policy/src/manifest/graph-manifest.ts';
import { CONVERTED_UNITS } from '../../packages/policy/src/numbers/units.ts';
import { fieldTable } from './manifest.ts';

/** Fields that have a table of their own. */
const OWN_TABLES = ['inputs', 'outputs', 'normalisation'];

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

/** Writes the second version of the format of `manifest.json` as the page `docs/policy-manifest.md`. */
export function policyManifestPage(): string {
  parseGraphManifest(JSON.parse(EXAMPLE), 'example');
  return `# manifest.json, version 2: one graph

A policy that was trained elsewhere is most often one ONNX graph: images, a vector of joints, perhaps the tokens of an instruction go in, and a
chunk of actions comes out. A folder with that file and a \`manifest.json\` of this format runs with \`--policy DIR\`, in Node and in a browser.
\`npm run docs\` writes this page from the schema that checks a manifest (\`packages/policy/src/manifest\`). Policies of encoders and fusion have
[the first version](manifest.md), which is read as before; a file without \`manifestVersion\` is one of those.

The manifest says for each input of the graph which stream of the robot feeds it and how, and for each output what its numbers do. Everything
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

${fieldTable(graphManifestSchema, OWN_TABLES)}

Fields that no table of this page has are refused, except in \`training\` and in the entries of \`evaluation\`. \`robots\` is explained under
[the robot](manifest.md#the-robot): without it the policy drives only a robot that the user accepts by name.

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
in Node and in browsers. Raw text goes to a policy over the network, under the key \`prompt\`:
[policies over the network](policies-over-the-network.md).

## Several observations

With \`observation.steps\` above 1 images and vectors have the observations of several times, \`spacing\` seconds apart and oldest first, on the
axis \`step\`, which comes after the batch unless \`axes\` says otherwise. Of each stream the samples that lie closest to those times are taken.
After the start, until there is a history, the oldest sample is repeated. An input with \`"steps": 1\` has the newest observation alone.

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
- Files: each has the digest of \`sha256\`; a tokenizer's file is one; the graph has inputs and outputs of these names, types and shapes, and no
  other inputs.
- When the policy meets a robot: streams, joints, units, frames and commands are there, the robot is one of \`robots\`.
- In every inference: numbers are finite, images have the size that \`transform\` needs. A stream that is missing, older than \`maximumAge\` or
  masked leaves the policy without actions, and the robot holds; with \`"absent": "zeros"\` the graph gets zeros instead.

\`npx praxis policy check DIR --robot DIR\` then tries the policy in the simulator: [policy check](policy-check.md).
`;
}
