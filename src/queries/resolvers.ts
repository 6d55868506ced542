/** Queries in GraphQL field resolvers, which run once for each object of a list. */
import { fails } from '../evidence.ts';
import { isNode, type Path, type t } from '../syntax/ast.ts';
import type { Finding } from '../transform.ts';
import { nodesIn } from './keys.ts';
import { named } from './names.ts';
import { nameOfKey } from './objects.ts';
import type { File } from './query.ts';
import { queryAt } from './sites.ts';

/** A function that gives a field of an object of a GraphQL type. */
interface FieldResolver {
  readonly fn: Path;
  /** `Post.author`, as far as the code says it. */
  readonly field: string;
  /** The names that stand for the object. */
  readonly object: ReadonlySet<string>;
}

const namesIn = (file: File, pattern: t.Node | undefined): ReadonlySet<string> =>
  new Set(
    pattern === undefined
      ? []
      : [...nodesIn(file, pattern)].flatMap(({ node, key }) =>
          node.type === 'Identifier' && key !== 'key' ? [node.name] : [],
        ),
  );

const decoratorNames = (node: t.Node): readonly string[] =>
  ('decorators' in node ? ((node.decorators as t.Decorator[] | null | undefined) ?? []) : []).flatMap(
    ({ expression }) => {
      const callee = expression.type === 'CallExpression' ? expression.callee : expression;
      return callee.type === 'Identifier' ? [callee.name] : [];
    },
  );

/** `@ResolveField() author(@Parent() post: Post)` of NestJS, `@FieldResolver() author(@Root() post: Post)` of type-graphql. */
function* inClasses(file: File): Generator<FieldResolver> {
  for (const path of file.find('ClassMethod')) {
    const { node } = path;
    if (!decoratorNames(node).some((name) => /^(ResolveField|FieldResolver|ResolveProperty)$/.test(name)))
      continue;
    const parameter = node.params.find((one) =>
      decoratorNames(one).some((name) => /^(Parent|Root)$/.test(name)),
    );
    if (parameter !== undefined && node.key.type === 'Identifier')
      yield { fn: path, field: node.key.name, object: namesIn(file, parameter) };
  }
}

/** `{ Post: { author: (post) => … } }`, in an object or file of resolvers. */
function* inMaps(file: File): Generator<FieldResolver> {
  for (const path of file.find('ObjectProperty')) {
    const type = nameOfKey(path.node);
    const { value } = path.node;
    if (type === undefined || !/^[A-Z]/.test(type) || /^(Query|Mutation|Subscription)$/.test(type)) continue;
    if (value.type !== 'ObjectExpression' || !/resolver/i.test(file.text)) continue;
    for (const one of value.properties) {
      const fn = one.type === 'ObjectMethod' ? one : one.type === 'ObjectProperty' ? one.value : undefined;
      if (fn === undefined || !/^(ObjectMethod|ArrowFunctionExpression|FunctionExpression)$/.test(fn.type))
        continue;
      const [parameter] = (fn as t.ArrowFunctionExpression).params;
      yield {
        fn: file.pathOf<t.Node>(fn),
        field: `${type}.${nameOfKey(one) ?? ''}`,
        object: namesIn(file, parameter),
      };
    }
  }
}

/** Reports queries by a key of the object in field resolvers. */
export function* queriesInResolvers(file: File): Generator<Finding> {
  if (!/resolve/i.test(file.text)) return;
  for (const { fn, field, object } of [...inClasses(file), ...inMaps(file)]) {
    for (const path of nodesIn(file, fn.node)) {
      if (!isNode(path, 'CallExpression')) continue;
      const query = queryAt(file, path)?.query;
      if (query === undefined || (query.orm === 'prisma' && query.method.startsWith('findUnique'))) continue;
      const isKeyed = query.conditions.some(({ value }) =>
        [...nodesIn(file, value)].some(({ node }) => node.type === 'Identifier' && object.has(node.name)),
      );
      if (!isKeyed) continue;
      yield {
        at: path.node,
        title: `${named(query)} in a field resolver`,
        evidence: [
          fails(
            `\`${field}\` is resolved once for each object of a list, with a query each time; by hand: load by a DataLoader of the request, whose batch function asks for all keys at once`,
            file.siteOf(path.node),
          ),
        ],
      };
    }
  }
}
