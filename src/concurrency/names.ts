import type { Path, t } from '../syntax/ast.ts';
import type { FileContext } from '../transform.ts';

const VERBS =
  /^(get|find|fetch|load|list|read|query|search|count|create|make|build|compute|calculate|retrieve|lookup|resolve|is|has|select|do|run|execute)(?=[A-Z_]|$)/;
const RESERVED =
  /^(break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|new|null|return|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|let|static|await|async|of|arguments|eval|implements|interface|package|private|protected|public|undefined)$/;

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** The names in a callee, the last first: `prisma.user.findMany` → findMany, user, prisma. */
function namesOf(node: t.Node): readonly string[] {
  switch (node.type) {
    case 'Identifier':
      return [node.name];
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return [
        ...(node.property.type === 'Identifier' && !node.computed ? [node.property.name] : []),
        ...namesOf(node.object),
      ];
    case 'CallExpression':
    case 'OptionalCallExpression':
    case 'NewExpression':
      return namesOf(node.callee);
    case 'TaggedTemplateExpression':
      return namesOf(node.tag);
    case 'TSAsExpression':
    case 'TSNonNullExpression':
      return namesOf(node.expression);
    default:
      return [];
  }
}

/** A name as many as the method gives: `user` of `user.count()` is `userCount`, of `user.findMany()` it is `users`. */
function numbered(name: string, method: string): string {
  if (method.startsWith('count') && !/count$/i.test(name)) return `${name}Count`;
  return /^(findMany|findAll|list|getMany|getAll|find)$/.test(method) && !name.endsWith('s')
    ? `${name}s`
    : name;
}

/** A name for the result of a call: what its callee says that it gets. */
function resultNameOf(call: t.Node): string {
  const [last = ''] = namesOf(call);
  for (const name of namesOf(call)) {
    const bare = lowerFirst(name.replace(VERBS, '').replace(/(By|For|From|With|In|Of)[A-Z]\w*$/, ''));
    if (
      /^(|all|one|many|first|unique|then|catch|exec|lean|where|json|default|index|process|api|db|prisma|query|by\w+|for\w+)$/i.test(
        bare,
      )
    )
      continue;
    if (/^[a-z_$][\w$]*$/.test(bare) && !RESERVED.test(bare)) return numbered(bare, last);
  }
  return 'result';
}

const given = new WeakMap<t.Node, Set<string>>();

/**
 * The names that new code at `path` must not have: those that are visible or used there, and those that were given to new
 * code in the same function before, as two rewrites may stand side by side. What is added to the set counts as given.
 */
export function takenAt(file: FileContext<unknown>, path: Path): Set<string> {
  const home = file.scopes.functionAround(path).node;
  const taken = given.get(home) ?? new Set<string>();
  given.set(home, taken);
  for (const name of file.scopes.namesAround(path)) taken.add(name);
  return taken;
}

/**
 * A name for what a call gives that is none of `taken`: `wanted` where there is one, else what its callee says. It is
 * added to `taken`.
 */
export function nameFor(call: t.Node, taken: Set<string>, wanted?: string): string {
  const base =
    wanted !== undefined && /^[a-z_$][\w$]*$/i.test(wanted) && !RESERVED.test(wanted)
      ? wanted
      : resultNameOf(call);
  const candidates = /results?$/i.test(base) ? [base] : [base, `${base}Result`];
  let name = candidates.find((one) => !taken.has(one));
  for (let number = 2; name === undefined; number++)
    if (!taken.has(`${base}${number}`)) name = `${base}${number}`;
  taken.add(name);
  return name;
}

/** What a call is named in a sentence: its callee, shortened. */
export function calleeTextOf(call: t.Node, textOf: (node: t.Node) => string): string {
  if (call.type === 'CallExpression' && call.callee.type === 'Import')
    return textOf(call).replace(/\s+/g, '');
  const callee =
    call.type === 'CallExpression' || call.type === 'OptionalCallExpression' || call.type === 'NewExpression'
      ? call.callee
      : call.type === 'TaggedTemplateExpression'
        ? call.tag
        : call;
  const text = textOf(callee).replace(/\s+/g, ' ').replaceAll('`', "'");
  return text.length > 50 ? `…${text.slice(-49)}` : text;
}

/** Whether code mentions one of the names. */
export const mentions = (text: string, names: readonly string[]): boolean =>
  names.some((name) =>
    new RegExp(`(^|[^\\w$.])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w$])`).test(text),
  );
