import type { Facts, FactsRequest } from './facts.ts';
import { createCodeFacts, type CodeFacts, type CodeFactsRequest } from './effects/code-facts.ts';
import { createModelFacts } from './orm/model-facts.ts';
import { createPrograms, type Programs } from './program.ts';

/** What only a run with types knows. Whatever reads TypeScript is loaded with this module and with no other. */
export function typedFacts(
  request: CodeFactsRequest,
  {
    cwd,
    readText,
    onRead,
  }: {
    readonly cwd: string;
    /** The text of a file that the run works on. */
    readonly readText: (path: string) => string | undefined;
    readonly onRead: FactsRequest['onRead'] | undefined;
  },
): { readonly programs: Programs; readonly code: CodeFacts; readonly modelOf: Facts['modelOf'] } {
  const code = createCodeFacts(request);
  return {
    programs: createPrograms(readText, onRead),
    code,
    modelOf: createModelFacts({ cwd, readText: request.readText, modelsOf: (orm) => code.modelsOf(orm) }),
  };
}
