import {
  asEstree,
  mustBeOnOneLine,
  same,
  setPresent,
  setTypeArguments,
  Unknown,
  type Conversion,
  type Converter,
  type Estree,
  type Made,
} from './nodes.ts';

const SIGNATURE_PARAMETERS = new Set(['Identifier', 'ObjectPattern', 'ArrayPattern', 'RestElement']);

/** A signature: Babel calls its parameters and its result otherwise than those of a function. */
function setSignature(made: Made, node: Estree, to: Conversion): void {
  if (node.typeParameters != null) made.typeParameters = to.convert(node.typeParameters);
  made.parameters = to.convertAll(node.params);
  if ((made.parameters as Made[]).some(({ type }) => !SIGNATURE_PARAMETERS.has(type)))
    throw new Unknown('A signature with a parameter that only a function can have.');
  if (node.returnType != null) made.typeAnnotation = to.convert(node.returnType);
}

const signature: Converter = (node, to) => {
  const made = to.make(node.type, node);
  if (node.type === 'TSConstructorType') made.abstract = node.abstract;
  setSignature(made, node, to);
  return made;
};

/** A member named `new` is no constructor: Babel notices late, and does not say whether the name is computed. */
function setKey(made: Made, node: Estree, to: Conversion): void {
  const key = to.convert(node.key);
  made.key = key;
  if (key.name !== 'new' || key.start !== node.start) made.computed = node.computed;
}

const methodSignature: Converter = (node, to) => {
  const made = to.make('TSMethodSignature', node);
  setKey(made, node, to);
  setPresent(made, node, ['optional'], to);
  made.kind = node.kind;
  setSignature(made, node, to);
  return made;
};

const propertySignature: Converter = (node, to) => {
  const made = to.make('TSPropertySignature', node);
  setPresent(made, node, ['readonly', 'optional', 'typeAnnotation'], to);
  setKey(made, node, to);
  return made;
};

const indexSignature: Converter = (node, to) => {
  const made = to.make('TSIndexSignature', node);
  setPresent(made, node, ['readonly', 'static', 'accessibility', 'typeAnnotation'], to);
  made.parameters = to.convertAll(node.parameters);
  return made;
};

const RESERVED = new Set(
  `await break case catch class const continue debugger default delete do else enum export extends false finally for function if import in
  instanceof new null return super switch this throw true try typeof var void while with yield`.split(/\s+/),
);

/** The native parser takes words for the names of types that can be none. */
function mustBeName(node: Estree): void {
  if (node.type === 'TSQualifiedName') mustBeName(asEstree(node.left));
  else if (RESERVED.has(String(node.name))) throw new Unknown('A type named by a reserved word.');
}

const reference: Converter = (node, to) => {
  mustBeName(asEstree(node.typeName));
  return referenceTo(node, to);
};

function referenceTo(node: Estree, to: Conversion): Made {
  const made = to.make('TSTypeReference', node);
  made.typeName = to.convert(node.typeName);
  setTypeArguments(made, node, to);
  return made;
}

/** `as T`, `satisfies T`, `<T>`; `as const` is the one place in which `const` is a type. */
const asserted: Converter = (node, to) => {
  const annotation = asEstree(node.typeAnnotation);
  const isConst =
    annotation.type === 'TSTypeReference' &&
    node.type !== 'TSSatisfiesExpression' &&
    asEstree(annotation.typeName).name === 'const';
  const made = to.make(node.type, node);
  const expression = to.convert(node.expression);
  made.typeAnnotation = isConst ? referenceTo(annotation, to) : to.convert(annotation);
  made.expression = expression;
  return made;
};

const query: Converter = (node, to) => {
  const made = to.make('TSTypeQuery', node);
  made.exprName = entityName(asEstree(node.exprName), to);
  setTypeArguments(made, node, to);
  return made;
};

const instantiation: Converter = (node, to) => {
  const made = to.make('TSInstantiationExpression', node);
  made.expression = to.convert(node.expression);
  setTypeArguments(made, node, to);
  return made;
};

/** Babel gives a type parameter no identifier: its name is a string. */
const typeParameter: Converter = (node, to) => {
  const made = to.make('TSTypeParameter', node);
  made.name = asEstree(node.name).name;
  setPresent(made, node, ['in', 'out', 'const', 'constraint', 'default'], to);
  return made;
};

const mapped: Converter = (node, to) => {
  const key = asEstree(node.key);
  const constraint = asEstree(node.constraint);
  const made = to.make('TSMappedType', node);
  setPresent(made, node, ['readonly', 'optional', 'typeAnnotation'], to);
  const parameter = to.makeAt('TSTypeParameter', key.start, constraint.end);
  parameter.name = key.name;
  parameter.constraint = to.convert(constraint);
  made.typeParameter = parameter;
  made.nameType = to.convertOptional(node.nameType);
  return made;
};

const qualifiedName: Converter = (node, to) => {
  const made = to.make('TSQualifiedName', node);
  made.left = entityName(asEstree(node.left), to);
  made.right = to.convert(node.right);
  return made;
};

const importType: Converter = (node, to) => {
  const made = to.make('TSImportType', node);
  made.argument = to.convert(node.source);
  made.options = to.convertOptional(node.options);
  if (node.qualifier != null) made.qualifier = to.convert(node.qualifier);
  setTypeArguments(made, node, to);
  return made;
};

const heritage: Converter = (node, to) => {
  const made = to.make('TSExpressionWithTypeArguments', node);
  made.expression = entityName(asEstree(node.expression), to);
  setTypeArguments(made, node, to);
  return made;
};

/** `a.b` in an `extends` or `implements`, and `this` in a name, are names in Babel's tree, and expressions in the other. */
function entityName(node: Estree, to: Conversion): Made {
  if (node.type === 'ThisExpression') {
    const made = to.make('Identifier', node);
    made.name = 'this';
    return made;
  }
  if (['Identifier', 'TSQualifiedName', 'TSImportType'].includes(node.type)) return to.convert(node);
  if (node.type !== 'MemberExpression' || node.computed === true || node.optional === true)
    throw new Unknown('A type that is no name.');
  const made = to.make('TSQualifiedName', node);
  made.left = entityName(asEstree(node.object), to);
  made.right = to.convert(node.property);
  return made;
}

const interfaceNode: Converter = (node, to) => {
  mustBeOnOneLine(node, to);
  const made = to.make('TSInterfaceDeclaration', node);
  made.id = to.convert(node.id);
  setPresent(made, node, ['declare', 'typeParameters', 'extends'], to);
  made.body = to.convert(node.body);
  return made;
};

const typeAlias: Converter = (node, to) => {
  mustBeOnOneLine(node, to);
  const made = to.make('TSTypeAliasDeclaration', node);
  made.id = to.convert(node.id);
  setPresent(made, node, ['declare', 'typeParameters'], to);
  made.typeAnnotation = to.convert(node.typeAnnotation);
  return made;
};

const enumNode: Converter = (node, to) => {
  mustBeOnOneLine(node, to);
  const made = to.make('TSEnumDeclaration', node);
  setPresent(made, node, ['const', 'declare'], to);
  made.id = to.convert(node.id);
  made.members = to.convertAll(asEstree(node.body).members);
  return made;
};

const enumMember: Converter = (node, to) => {
  if (node.computed === true) throw new Unknown('A computed member of an enum.');
  const made = to.make('TSEnumMember', node);
  made.id = to.convert(node.id);
  setPresent(made, node, ['initializer'], to);
  return made;
};

/** `namespace a.b {}` is one in another in Babel's tree. */
const moduleNode: Converter = (node, to) => {
  mustBeOnOneLine(node, to);
  const made = to.make('TSModuleDeclaration', node);
  if (node.kind === 'global') made.global = true;
  if (node.declare === true) made.declare = true;
  made.kind = node.kind;
  const names = namesIn(asEstree(node.id));
  const [first, ...others] = names;
  let inner = made;
  inner.id = to.convert(first);
  for (const name of others) {
    const next = to.makeAt('TSModuleDeclaration', name.start, node.end);
    next.id = to.convert(name);
    inner.body = next;
    inner = next;
  }
  if (node.body != null) inner.body = to.convert(node.body);
  return made;
};

function namesIn(node: Estree): readonly Estree[] {
  return node.type === 'TSQualifiedName' ? [...namesIn(asEstree(node.left)), asEstree(node.right)] : [node];
}

const importEquals: Converter = (node, to) => {
  const made = to.make('TSImportEqualsDeclaration', node);
  made.isExport = false;
  made.id = to.convert(node.id);
  made.importKind = node.importKind;
  made.moduleReference = to.convert(node.moduleReference);
  return made;
};

const templateType: Converter = (node, to) => {
  const made = to.make('TSLiteralType', node);
  const literal = to.make('TemplateLiteral', node);
  literal.expressions = to.convertAll(node.types);
  literal.quasis = to.convertAll(node.quasis);
  made.literal = literal;
  return made;
};

const predicate: Converter = (node, to) => {
  mustBeName(asEstree(node.parameterName));
  const made = to.make('TSTypePredicate', node);
  made.parameterName = to.convert(node.parameterName);
  made.typeAnnotation = to.convertOptional(node.typeAnnotation);
  made.asserts = node.asserts;
  return made;
};

const tupleMember: Converter = (node, to) => {
  const made = to.make('TSNamedTupleMember', node);
  made.optional = node.optional;
  made.label = to.convert(node.label);
  made.elementType = to.convert(node.elementType);
  return made;
};

const plain = same();

const KEYWORDS = [
  'Any',
  'BigInt',
  'Boolean',
  'Intrinsic',
  'Never',
  'Null',
  'Number',
  'Object',
  'String',
].concat(['Symbol', 'Undefined', 'Unknown', 'Void']);

/** How types, and the declarations that only TypeScript has, are converted. */
export const TYPES: Readonly<Record<string, Converter>> = {
  ...Object.fromEntries(KEYWORDS.map((name) => [`TS${name}Keyword`, plain])),
  TSThisType: plain,
  TSTypeAnnotation: same('typeAnnotation'),
  TSLiteralType: same('literal'),
  TSConditionalType: same('checkType', 'extendsType', 'trueType', 'falseType'),
  TSUnionType: same('types'),
  TSIntersectionType: same('types'),
  TSParenthesizedType: same('typeAnnotation'),
  TSTypeOperator: same('operator', 'typeAnnotation'),
  TSArrayType: same('elementType'),
  TSIndexedAccessType: same('objectType', 'indexType'),
  TSTupleType: same('elementTypes'),
  TSNamedTupleMember: tupleMember,
  TSOptionalType: same('typeAnnotation'),
  TSRestType: same('typeAnnotation'),
  TSTypeReference: reference,
  TSQualifiedName: qualifiedName,
  TSTypeParameterInstantiation: same('params'),
  TSTypeParameterDeclaration: same('params'),
  TSTypeParameter: typeParameter,
  TSTypeAliasDeclaration: typeAlias,
  TSInterfaceDeclaration: interfaceNode,
  TSInterfaceHeritage: heritage,
  TSClassImplements: heritage,
  TSInterfaceBody: same('body'),
  TSTypeLiteral: same('members'),
  TSPropertySignature: propertySignature,
  TSMethodSignature: methodSignature,
  TSIndexSignature: indexSignature,
  TSCallSignatureDeclaration: signature,
  TSConstructSignatureDeclaration: signature,
  TSFunctionType: signature,
  TSConstructorType: signature,
  TSTypePredicate: predicate,
  TSTypeQuery: query,
  TSImportType: importType,
  TSInferType: same('typeParameter'),
  TSMappedType: mapped,
  TSTemplateLiteralType: templateType,
  TSAsExpression: asserted,
  TSSatisfiesExpression: asserted,
  TSTypeAssertion: asserted,
  TSNonNullExpression: same('expression'),
  TSInstantiationExpression: instantiation,
  TSEnumDeclaration: enumNode,
  TSEnumMember: enumMember,
  TSModuleDeclaration: moduleNode,
  TSImportEqualsDeclaration: importEquals,
  TSExternalModuleReference: same('expression'),
  TSExportAssignment: same('expression'),
  TSNamespaceExportDeclaration: same('id'),
};
