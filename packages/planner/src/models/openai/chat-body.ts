import type { PlanRequest } from '../../planners/planner.ts';
import { pictureUrl } from '../picture-url.ts';
import { barePlanSchemaOf, planSchemaOf } from '../plan-schema.ts';
import { type PlanTool, proposePlanTool, skillTools } from '../plan-tools.ts';
import { promptOf, REPEAT_TEMPERATURE } from '../prompt.ts';
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
  const isRepeat = detail === 'compact' && (request.rejected ?? []).length > 0;
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
    temperature: isRepeat ? Math.max(temperature, REPEAT_TEMPERATURE) : temperature,
    max_tokens: maxTokens,
    ...(transfer === 'streamed' && { stream: true, stream_options: { include_usage: true } }),
    ...answerFields(request, answer, options),
    ...options.body,
  };
}

function answerFields(
  { catalogue, context }: PlanRequest,
  answer: NonNullable<OpenAiOptions['answer']>,
  { context: given, detail }: OpenAiOptions,
): object {
  const schemaOf = detail === 'compact' ? barePlanSchemaOf : planSchemaOf;
  switch (answer) {
    case 'json_schema':
      return {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'plan', schema: schemaOf(catalogue, given === 'withheld' ? undefined : context) },
        },
      };
    case 'json_object':
      return { response_format: { type: 'json_object' } };
    case 'propose_plan':
      return { tools: [proposePlanTool(catalogue)].map(functionTool), tool_choice: 'required' };
    case 'skill_tools':
      return { tools: skillTools(catalogue).map(functionTool), tool_choice: 'required' };
    case 'text':
      return {};
  }
}

const functionTool = (tool: PlanTool) => ({ type: 'function', function: tool });
