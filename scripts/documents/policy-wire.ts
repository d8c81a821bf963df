import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { fieldTable } from './manifest.ts';

/** A file that a test runs against openpi's own server. */
const EXAMPLE = new URL('../../test/openpi/hover.yaml', import.meta.url);

/** Writes the page `docs/policies-over-the-network.md`. @param format schema of a file for `--policy-spec` */
export function policyWirePage(format: z.ZodType): string {
  const example = readFileSync(EXAMPLE, 'utf8').trimEnd();
  return `# Policies over the network

A policy may run on another machine, such as one with a GPU, or in another program. Praxis speaks the websocket protocol of
[openpi](https://github.com/Physical-Intelligence/openpi) in both directions: it drives the arm with a policy behind openpi's server
(\`openpi-server\`, or any that speaks as it does), and it serves its own policies to openpi's client (\`openpi-client\`).
\`npm run docs\` writes this page; the tables are those of the schema that checks the files.

## Serve a policy

    npx praxis serve
    npx praxis serve --policy models/default --port 8000
    npx praxis serve --policy my-policy.ts --host 0.0.0.0 --token "$(openssl rand -hex 16)"

- The address is printed: \`ws://127.0.0.1:8000\`. Only this machine reaches it. An interface that others reach (\`--host\`) requires a token;
  the variable \`PRAXIS_POLICY_TOKEN\` gives it too, and does not show it in the list of processes.
- \`--tls-cert\` and \`--tls-key\` (PEM) serve \`wss://\`. Without them token and images cross the network in clear text.
- Each client has a policy of its own, up to \`--connections\`. \`http://HOST:PORT/healthz\` answers \`OK\`.
- \`--world TASK\` and \`--studio\` show a simulated world and the studio on the same port ([looking-in.md](looking-in.md#one-port-for-all)).
- Without a token, pages of other sites in this machine's browser are refused (\`Origin\`), and names that were made to point here (\`Host\`).

To debug an integration without a model:

    npx praxis serve --policy recording
    npx praxis serve --policy models/default --record actions.jsonl
    npx praxis serve --policy recording --recording actions.jsonl

The first draws a circle of 2 cm radius around where the tool is. The second writes what it answers to a file of JSON lines (the spec first,
then \`stamp\` and rows of \`actions\`), with one client at a time. The third answers with these lines, in their order and from the first one
after each reset; after the last one it answers with an error, and the arm holds.

## Use a policy

    npx praxis eval --task pick --episodes 20 --policy ws://gpu-machine:8000
    npx praxis sim --policy wss://gpu-machine:8000
    npx praxis eval --task pick --policy ws://gpu-machine:8000 --policy-spec my-server.yaml

\`praxis serve\` says what its policy needs and gives. \`--policy-spec\` says it for a server that does not. The token comes from
\`PRAXIS_POLICY_TOKEN\` and is sent as \`Authorization: Api-Key TOKEN\`. For \`wss://\` the certificate must be valid; \`NODE_EXTRA_CA_CERTS=FILE\` adds an
authority. In ROS 2 the parameter \`policy\` takes the address of a \`praxis serve\` too. In a program:

<!-- examples/remote-policy.ts -->
\`\`\`ts
const policy = await openRemotePolicy(address);
const { name, inputs, horizon, actionPeriod } = policy.spec;
console.log(\`\${name}: \${horizon} actions, one every \${actionPeriod} s, from\`);
for (const input of inputs) console.log(\`  \${input.name}  \${input.dtype} [\${input.shape}] at \${input.rateHz} Hz\`);
await policy.close();
\`\`\`

In a browser, \`RemotePolicy\` of \`@praxis/policy/remote\` uses the page's \`WebSocket\`, which cannot send a token.

## When the server stalls

The rate of the arm does not depend on the network: the controller goes on with the actions that it has, and the supervisor watches that
there are some.

| event | what happens |
|---|---|
| no answer | the queue of actions runs dry at the end of the newest chunk, or once its observation is too old (\`maximumChunkAge\` of the loop); the supervisor holds the arm (\`empty_queue\`) |
| the connection is lost, or the server reports an error | the inference fails at once; the actions that are left are dropped, and the supervisor holds the arm |
| an answer of another shape or type, half a message, noise | the same |
| numbers that are not finite, quaternions of another length, targets outside the workspace | the loop's check refuses the chunk; the same |
| an answer that is late | it is never taken for the next one: after \`answerTimeoutS\` the connection is dropped and made anew |
| no server | a new connection is tried after 0.1 s, then twice as long, up to 3 s |
| the policy refuses what is asked: the answer has no actions, and says why as \`refused\` under the key \`praxis\` | the arm stands still without a stop, and the next instruction that the policy follows moves it; a client that does not know of refusals gets an error |
| another policy at the same address | nothing moves any more; start again |

The supervisor's hold stays until a reset and a start, as every hold does ([safety.md](safety.md)). In lock step (\`eval\`), simulated time waits for each
answer, so a slow server gives the same result as a fast one.

Nothing that arrives can run code: a message becomes numbers, texts, lists, maps and arrays of numbers; pickled objects, arrays of objects and
extension types are refused. The structure of a message is checked before memory is allocated for it.

## A server that does not say what it needs

A file for \`--policy-spec\` (YAML or JSON) lists the streams that are sent, as a [manifest](manifest.md) does, and the actions that come back. The loop
binds the streams to the robot by name, and refuses to start where unit, frame, shape or rate differ.

\`\`\`yaml
${example}
\`\`\`

${fieldTable(format)}

- \`ee_pose\`: the tool's pose in the base frame, \`x\`, \`y\`, \`z\` (m), \`qx\`, \`qy\`, \`qz\`, \`qw\` (unit quaternion), and \`width\` of the gripper (m).
- \`ee_delta\`: \`dx\`, \`dy\`, \`dz\` (m) and \`drx\`, \`dry\`, \`drz\` (rotation vector, rad) from the pose at the observation, along the axes of the base
  frame, and \`width\` (m). It counts from \`ee_state\`, which must be among the inputs; with \`key: null\` it is not sent.
- \`blocks\`: the elements of all \`actions.blocks\`, one block after another, each in its own space, such as joint positions by their names and
  a gripper, or the joints of two arms. A column is called \`BLOCK.ELEMENT\` in \`actions.names\`.
- A column's value is \`received * scale + offset\`. A gripper from -1 (closed) to 1 (open) of 8 cm: \`scale: 0.04\`, \`offset: 0.04\` in its column.
- Images are scaled as openpi's \`resize_with_pad\` does (bilinear, Pillow's filter, black borders).

## Messages

MessagePack in binary frames; an array is the map \`{b"__ndarray__": true, b"data": bytes, b"dtype": "<f4", b"shape": [...]}\`, with bytes as keys, as
openpi's \`msgpack_numpy\` writes it. Types are \`|b1\`, \`|u1\`, \`|i1\`, and \`u\`, \`i\` and \`f\` of 2 to 8 bytes, little endian, except for half floats.

1. The server sends its metadata, a map. That of \`praxis serve\` has the key \`praxis\`: the fields of the table above.
2. The client sends an observation, a map. \`praxis serve\` wants each input under its name, the instruction as \`prompt\`:

   | input | value |
   |---|---|
   | image | bytes (\`uint8\`), \`[height, width, 3]\` |
   | vector | numbers, \`[length]\`; \`[samples, length]\`, oldest first, for a window |
   | joint state | positions \`[joints]\`, and under \`NAME.velocity\` and \`NAME.effort\` the others |
   | text | a text |

3. The server answers with a map: \`actions\`, an array \`[horizon, columns]\`, and \`server_timing\` (\`infer_ms\`, \`prev_total_ms\`). \`praxis serve\` sends rows of
   \`ee_pose\`, or of \`blocks\` for a policy of other actions, as float64. A text instead of bytes is an error; it may be a whole traceback.

Between Praxis and Praxis an observation also has the key \`praxis\` (stamps and ages of the samples in seconds, the reference pose, and whether the
episode is \`new\` or the \`same\`), and the answer gates and grounding. An observation without it counts as new in all of its inputs, and all
inputs but events must be there. openpi's protocol has no reset: a new connection is a new episode.
`;
}
