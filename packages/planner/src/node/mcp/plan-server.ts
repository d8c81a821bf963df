import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  ReadResourceRequestSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { InputError, jsonText, PraxisError } from '@praxis/core';
import { planFromText } from '../../models/parse-plan.ts';
import type { Command } from './command.ts';
import { INSTRUCTIONS, toolDefinitions } from './tool-definitions.ts';
import {
  catalogueJson,
  contextJson,
  lookResult,
  result,
  runResult,
  skillsResult,
  statusResult,
  verdictResult,
} from './tool-results.ts';

/** Version that the server names; the protocol needs one. */
const VERSION = '0.1.0';

const RESOURCES = [
  { uri: 'praxis://context', name: 'context', description: 'What the cameras and the sensors show now.' },
  { uri: 'praxis://catalogue', name: 'catalogue', description: 'The skills of the arm with their bounds.' },
].map((each) => ({ ...each, mimeType: 'application/json' }));

/**
 * A server of the Model Context Protocol for one session: its tools look, check, run and stop. Whatever an assistant calls, plans go
 * through the check of the host, and nothing else moves the arm.
 * @param session name of the session, unique among those that share the command
 */
export function planServer(command: Command, session: string): Server {
  const { server } = new McpServer(
    { name: 'praxis', version: VERSION },
    { capabilities: { tools: {}, resources: {} }, instructions: INSTRUCTIONS },
  );
  const tools = toolDefinitions(command.host.catalogue);
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...tools] }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    try {
      return await callTool(command, session, params.name, params.arguments ?? {});
    } catch (error) {
      // The assistant gets one line; an error of the code has its stack on standard error.
      if (!(error instanceof PraxisError)) console.error(error);
      const message = error instanceof PraxisError ? error.message : 'internal error, see the log of the server';
      return result(message, { error: message }, true);
    }
  });
  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: RESOURCES }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }) => {
    const value =
      uri === 'praxis://context'
        ? contextJson(await command.host.look())
        : uri === 'praxis://catalogue'
          ? catalogueJson(command.host.catalogue)
          : undefined;
    if (value === undefined) {
      throw new InputError(`no resource ${jsonText(uri)}: expected ${RESOURCES.map((each) => each.uri).join(', ')}`);
    }
    return { contents: [{ uri, mimeType: 'application/json', text: JSON.stringify(value) }] };
  });
  return server;
}

async function callTool(
  command: Command,
  session: string,
  name: string,
  given: Readonly<Record<string, unknown>>,
): Promise<CallToolResult> {
  const { host } = command;
  switch (name) {
    case 'look':
      return lookResult(await host.look(), given.pictures === true ? 'attached' : 'none');
    case 'list_skills':
      return skillsResult(host.catalogue);
    case 'check_plan':
      return verdictResult(await host.check(planOf(given)));
    case 'run_plan':
      return runResult(await command.run(session, planOf(given), textOf(given, 'code')));
    case 'plan_status':
      return statusResult(host.status(textOf(given, 'id')));
    case 'cancel_plan': {
      const id = textOf(given, 'id') ?? host.status()?.id;
      return statusResult(id === undefined ? undefined : await command.cancel(session, id));
    }
    case 'stop':
      await host.stop();
      return result('A protective stop was requested. Only a person can reset the arm.', { stopped: true });
    default:
      throw new InputError(`no tool ${jsonText(name)}: expected one of ${toolNames(command)}`);
  }
}

const toolNames = ({ host }: Command): string =>
  toolDefinitions(host.catalogue)
    .map(({ name }) => name)
    .join(', ');

/** The plan of a call. Some assistants write it as text. */
function planOf({ plan }: Readonly<Record<string, unknown>>): unknown {
  if (plan === undefined) throw new InputError('plan: missing, expected a plan with steps');
  return typeof plan === 'string' ? planFromText(plan, 'plan') : plan;
}

function textOf(given: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = given[name];
  // The inspector's command line sends digits as a number.
  return value === undefined || value === null ? undefined : String(value);
}
