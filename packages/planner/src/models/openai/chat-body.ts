import type { PlanRequest } from '../../planners/planner.ts';
import { pictureUrl } from '../picture-url.ts';
import { type PlanTool, proposePlanTool, skillTools } from '../plan-tools.ts';
import { answerSchemaOf, leastTemperature, promptOf } from '../prompt.ts';
import type { OpenAiOptions } from './options.ts';

/** Body of a request to `/chat/completions`. */
export async function chatBody(request: PlanRequest, options: OpenAiOptions): Promise<Record<string, unknown>> {
  const {
    answer = 'json_schema',
    pictures,
    context,
    detail,
    transfer = 'streamed',
    maxTokens = 1024,
    temperature = 0,
  } = options;
  const isTools = answer === 'propose_plan' || answer === 'skill_tools';
  const prompt = promptOf(request, { pictures, context, detail, answer: isTools ? 'tool calls' : 'json' });
  const images = await Promise.all(
    prompt.pictures.map(async (picture) => ({ type: 'image_url', image_url: { url: await pictureUrl(picture) } })),
  );
  return {
    model: options.model,
    messages: [
      { role: 'system', content: prompt.system },
      { role: 'user', content: images.length === 0 ? prompt.user : [{ type: 'text', text: prompt.user }, ...images] },
    ],
    temperature: Math.max(temperature, leastTemperature(request, options)),
    max_tokens: maxTokens,
    ...(transfer === 'streamed' && { stream: true, stream_options: { include_usage: true } }),
    ...answerFields(request, answer, options),
    ...options.body,
  };
}

function answerFields(
  request: PlanRequest,
  answer: NonNullable<OpenAiOptions['answer']>,
  options: OpenAiOptions,
): object {
  switch (answer) {
    case 'json_schema':
      return {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'plan', schema: answerSchemaOf(request, options) },
        },
      };
    case 'json_object':
      return { response_format: { type: 'json_object' } };
    case 'propose_plan':
      return { tools: [proposePlanTool(request.catalogue)].map(functionTool), tool_choice: 'required' };
    case 'skill_tools':
      return { tools: skillTools(request.catalogue).map(functionTool), tool_choice: 'required' };
    case 'text':
      return {};
  }
}

const functionTool = (tool: PlanTool) => ({ type: 'function', function: tool });
