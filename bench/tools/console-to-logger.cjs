/**
 * What `console-to-logger` does, as a codemod for jscodeshift that one would write for a project: every call of a method of `console`
 * calls the logger, which is imported.
 */
const LEVELS = { log: 'info', info: 'info', warn: 'warn', error: 'error', debug: 'debug', trace: 'debug' };
const LOGGER = '@acme/logger';

/** The parsers of jscodeshift tell TypeScript with and without JSX apart. */
const parserOf = (path) => (/\.[mc]?ts$/.test(path) ? 'ts' : 'tsx');

module.exports = function transform({ path, source }, { jscodeshift }, { prefilter }) {
  if (prefilter === 'on' && !/\bconsole\b/.test(source)) return undefined;
  const j = jscodeshift.withParser(parserOf(path));
  const root = j(source);
  let changed = 0;
  root
    .find(j.CallExpression, {
      callee: { type: 'MemberExpression', object: { type: 'Identifier', name: 'console' } },
    })
    .filter(({ node: { callee } }) => !callee.computed && Object.hasOwn(LEVELS, callee.property.name))
    .forEach(({ node }) => {
      node.callee = j.memberExpression(
        j.identifier('logger'),
        j.identifier(LEVELS[node.callee.property.name]),
      );
      changed++;
    });
  if (changed === 0) return undefined;
  const specifier = j.importSpecifier(j.identifier('logger'));
  root.get().node.program.body.unshift(j.importDeclaration([specifier], j.stringLiteral(LOGGER)));
  return root.toSource();
};
