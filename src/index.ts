/** Everything that the author of a transform, or a script that runs transforms, may use. */
export * from './api/index.ts';
export * from './blocking/index.ts';
export { defineConfig, type Config } from './config.ts';
export { defineTransform } from './define.ts';
export { code, joinCode, type Hole } from './edits/code.ts';
export type { Code, Edit, Span, Spanned } from './edits/edit.ts';
export { BaselineError, HastenError, JournalError, MergeError, UsageError } from './errors.ts';
export { assumed, fails, holds, type Evidence, type Safety, type Site, type Verdict } from './evidence.ts';
export * from './logging/index.ts';
export { isNode, type Path, type t } from './syntax/ast.ts';
export type { FileContext, Finding, Options, ProjectContext, Proposal, Transform } from './transform.ts';
export * from './concurrency/index.ts';
export * from './queries/index.ts';
