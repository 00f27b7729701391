// What a tool of `diptych mcp` is: plain data about it, and a function. One file in tools/ is one tool.

import type { z } from 'zod';
import type { CliContext } from '../verb';
import type { Served } from './served';

/** A call in progress. `context` is that of a verb, with the call's own signal; it writes nothing. */
export interface ToolContext {
  readonly served: Served;
  readonly context: CliContext;
}

export interface ToolAnswer {
  /** The fields of the verb's JSON document (docs/cli.md); may hold typed arrays and non-finite numbers. */
  readonly document: Readonly<Record<string, unknown>>;
  /** A few sentences that stand without the document. */
  readonly text: string;
}

export interface Tool<Input extends z.ZodObject = z.ZodObject> {
  readonly meta: {
    /** The name in the protocol is this with `_` for `-`. */
    readonly id: string;
    readonly title: string;
    /** What it answers and when to use it, for a model that chooses among tools. */
    readonly description: string;
    /** The list of the document that is paged by `offset`; null where there is none. */
    readonly list: string | null;
    /** How to get an answer that fits. */
    readonly narrow: string;
  };
  readonly input: Input;
  /** @throws UsageError for what cannot be asked so; the signal's reason when cancelled; any other throw is a bug of ours */
  answer(input: z.infer<Input>, call: ToolContext): Promise<ToolAnswer>;
}

/** A tool with the types of its own input checked, as one among others. */
export const defineTool = <Input extends z.ZodObject>(tool: Tool<Input>): Tool => tool as unknown as Tool;
