import type { Effect } from '../facts/effects/effect.ts';
import { isNode, type Path, type t } from '../syntax/ast.ts';
import type { FileContext } from '../transform.ts';

type File = FileContext<unknown>;

/** The `try`s with a `catch` or a `finally` whose blocks hold the code, in the same function, the innermost first. */
export function triesAround(file: File, code: t.Node): readonly Path<t.TryStatement>[] {
  const found: Path<t.TryStatement>[] = [];
  let at: Path = file.pathOf<t.Node>(code);
  const home = file.scopes.functionAround(at);
  for (let { parent } = at; parent !== null && at !== home; { parent } = at) {
    if (isNode(parent, 'TryStatement') && at.key === 'block') found.push(parent);
    at = parent;
  }
  return found;
}

/** The binding whose declaration TypeScript begins at `position`: that is before the white space and comments in front of it. */
function bindingAt(file: File, position: number): ReturnType<File['scopes']['lookup']> {
  for (const path of file.find('Identifier')) {
    if ((path.node.start ?? 0) < position) continue;
    const binding = file.scopes.lookup(path, path.node.name);
    if (binding?.identifier === path) return binding;
  }
  return undefined;
}

/** Whether a variable of the function around `code` is seen by nobody once that function has failed. `id` is that of its effects. */
function isUnseen(file: File, id: string | undefined, code: t.Node): boolean {
  if (id === undefined || !id.startsWith(`${file.path}:`)) return false;
  return isUnseenBinding(file, bindingAt(file, Number(id.slice(file.path.length + 1))), code);
}

/** The same for the variable that an identifier names. */
export const isUnseenName = (file: File, name: t.Identifier, code: t.Node): boolean =>
  isUnseenBinding(file, file.scopes.lookup(file.pathOf<t.Node>(name), name.name), code);

function isUnseenBinding(file: File, binding: ReturnType<File['scopes']['lookup']>, code: t.Node): boolean {
  const home = file.scopes.functionAround(file.pathOf<t.Node>(code));
  if (
    binding === undefined ||
    file.scopes.functionAround(binding.identifier) !== home ||
    isNode(home, 'Program')
  )
    return false;
  if ([...binding.reads, ...binding.writes].some((use) => file.scopes.functionAround(use) !== home))
    return false;
  const declared = binding.identifier.node;
  return triesAround(file, code).every(({ node: { block } }) => {
    const isInside = (declared.start ?? 0) >= (block.start ?? 0) && (declared.end ?? 0) <= (block.end ?? 0);
    return isInside || binding.reads.every((read) => (read.node.start ?? 0) < (block.end ?? 0));
  });
}

/** Whether an object has been handed to nobody when `code` is done: until then only its members are used. */
function isKept(file: File, id: string | undefined, code: t.Node): boolean {
  const binding = bindingAt(file, Number(id?.slice(file.path.length + 1)));
  return (binding?.reads ?? []).every(
    ({ node, parent, key }) =>
      (node.start ?? 0) >= (code.end ?? 0) ||
      (isNode(parent, 'MemberExpression', 'OptionalMemberExpression') && key === 'object') ||
      (isNode(parent, 'ForOfStatement') && key === 'right'),
  );
}

/** The first of `effects` that changes memory which somebody may see after a call beside `code` has failed. */
export function seenWrite(file: File, effects: readonly Effect[], code: t.Node): Effect | undefined {
  return effects.find(({ access, resource, seenAt }) => {
    if (access !== 'write') return false;
    if (resource.kind === 'variable')
      return !(seenAt.path === file.path && isUnseen(file, resource.id, code));
    if (resource.kind !== 'field') return false;
    const id = /^(?:only )?variable (.*)$/.exec(resource.owner)?.[1];
    return !(isUnseen(file, id, code) && isKept(file, id, code));
  });
}

/** Whether a variable of the function around `code` keeps to it: no function inside of it sets it. */
function isOfFunction(file: File, id: string | undefined, code: t.Node): boolean {
  if (id === undefined || !id.startsWith(`${file.path}:`)) return false;
  const binding = bindingAt(file, Number(id.slice(file.path.length + 1)));
  const home = file.scopes.functionAround(file.pathOf<t.Node>(code));
  return (
    binding !== undefined &&
    file.scopes.functionAround(binding.identifier) === home &&
    !isNode(home, 'Program') &&
    binding.writes.every((write) => file.scopes.functionAround(write) === home)
  );
}

/** The first of `effects` that reads what may be another thing at another moment: the clock, chance, memory that others change. */
export function changingRead(file: File, effects: readonly Effect[], code: t.Node): Effect | undefined {
  const moment = effects.find(({ resource }) => resource.kind === 'time' || resource.kind === 'random');
  if (moment !== undefined) return moment;
  return effects.find(({ access, resource }) => {
    if (access !== 'read') return false;
    if (resource.kind === 'variable') return !isOfFunction(file, resource.id, code);
    if (resource.kind !== 'field' || resource.name === '(others)') return false;
    return !isOfFunction(file, /^(?:only )?variable (.*)$/.exec(resource.owner)?.[1], code);
  });
}
