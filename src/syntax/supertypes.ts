/**
 * The node types that ast-types knows, under the types that it counts them below, the nearest first: an ArrowFunctionExpression is a Function, an
 * Expression and a Node. Its own words, which a test compares: to load ast-types takes longer than to look through many a file.
 */
const TABLE: readonly (readonly [below: string, names: string])[] = [
  [
    '',
    `
    EnumBooleanBody EnumBooleanMember EnumDefaultedMember EnumNumberBody EnumNumberMember EnumStringBody
    EnumStringMember EnumSymbolBody Position Printable SourceLocation TSHasOptionalTypeAnnotation
    TSHasOptionalTypeParameterInstantiation TSHasOptionalTypeParameters
    `,
  ],
  [
    'Printable',
    `
    Comment Node
    `,
  ],
  [
    'Node Printable',
    `
    CatchClause ChainElement ClassImplements ComprehensionBlock Decorator Directive Expression File Flow
    Function FunctionTypeParam ImportAttribute InterfaceExtends InterpreterDirective JSXAttribute
    JSXClosingElement JSXClosingFragment JSXEmptyExpression JSXNamespacedName JSXOpeningElement
    JSXOpeningFragment JSXSpreadAttribute JSXSpreadChild ModuleExpression ObjectProperty
    ObjectTypeCallProperty ObjectTypeIndexer ObjectTypeInternalSlot ObjectTypeProperty
    ObjectTypeSpreadProperty Pattern Program Property QualifiedTypeIdentifier RestProperty Specifier
    SpreadElement SpreadProperty Statement SwitchCase TSEnumMember TSInterfaceBody TSModuleBlock
    TSQualifiedName TSType TSTypeAnnotation TSTypeParameterInstantiation TemplateElement TypeAnnotation
    TypeParameterDeclaration TypeParameterInstantiation VariableDeclarator Variance
    `,
  ],
  [
    'Expression Pattern Node Printable',
    `
    Identifier PrivateName TSAsExpression TSNonNullExpression TSSatisfiesExpression TSTypeAssertion
    `,
  ],
  [
    'Statement Node Printable',
    `
    BlockStatement BreakStatement ContinueStatement DebuggerStatement Declaration DeclareFunction
    DeclareModule DeclareModuleExports DeclareVariable DoWhileStatement EmptyStatement ExpressionStatement
    ForAwaitStatement ForInStatement ForOfStatement ForStatement IfStatement LabeledStatement Noop
    ReturnStatement SwitchStatement TSExportAssignment ThrowStatement TryStatement WhileStatement
    WithStatement
    `,
  ],
  [
    'Declaration Statement Node Printable',
    `
    ClassBody ClassDeclaration ClassProperty ClassPropertyDefinition DeclareExportAllDeclaration
    DeclareExportDeclaration EnumDeclaration ExportAllDeclaration ExportDeclaration ExportDefaultDeclaration
    ExportNamedDeclaration ImportDeclaration InterfaceDeclaration MethodDefinition OpaqueType StaticBlock
    TSEnumDeclaration TSExternalModuleReference TSImportEqualsDeclaration TSModuleDeclaration
    TSNamespaceExportDeclaration TSTypeParameterDeclaration TypeAlias VariableDeclaration
    `,
  ],
  [
    'Function Declaration Statement Node Printable',
    `
    FunctionDeclaration
    `,
  ],
  [
    'Function Expression Node Printable',
    `
    ArrowFunctionExpression FunctionExpression
    `,
  ],
  [
    'Expression Node Printable',
    `
    ArrayExpression AssignmentExpression AwaitExpression BinaryExpression BindExpression ChainExpression
    ClassExpression ComprehensionExpression ConditionalExpression DirectiveLiteral DoExpression
    GeneratorExpression Import ImportExpression JSXElement JSXExpressionContainer JSXFragment Literal
    LogicalExpression MetaProperty ObjectExpression ParenthesizedExpression RecordExpression
    SequenceExpression Super TSTypeCastExpression TemplateLiteral ThisExpression TopicReference
    TupleExpression TypeCastExpression UnaryExpression UpdateExpression V8IntrinsicIdentifier
    YieldExpression
    `,
  ],
  [
    'Expression ChainElement Node Printable',
    `
    MemberExpression
    `,
  ],
  [
    'Expression TSHasOptionalTypeParameterInstantiation Node Printable',
    `
    NewExpression TSInstantiationExpression TaggedTemplateExpression
    `,
  ],
  [
    'Expression ChainElement TSHasOptionalTypeParameterInstantiation Node Printable',
    `
    CallExpression
    `,
  ],
  [
    'Pattern Node Printable',
    `
    ArrayPattern AssignmentPattern ObjectPattern PropertyPattern RestElement SpreadElementPattern
    SpreadPropertyPattern TSParameterProperty
    `,
  ],
  [
    'Specifier Node Printable',
    `
    ExportBatchSpecifier ExportDefaultSpecifier ExportNamespaceSpecifier ModuleSpecifier
    `,
  ],
  [
    'ModuleSpecifier Specifier Node Printable',
    `
    ExportSpecifier ImportDefaultSpecifier ImportNamespaceSpecifier ImportSpecifier
    `,
  ],
  [
    'CallExpression Expression ChainElement TSHasOptionalTypeParameterInstantiation Node Printable',
    `
    OptionalCallExpression
    `,
  ],
  [
    'MemberExpression Expression ChainElement Node Printable',
    `
    JSXMemberExpression OptionalMemberExpression
    `,
  ],
  [
    'ClassProperty Declaration Statement Node Printable',
    `
    ClassPrivateProperty
    `,
  ],
  [
    'Function Node Printable',
    `
    ObjectMethod
    `,
  ],
  [
    'Identifier Expression Pattern Node Printable',
    `
    JSXIdentifier TSTypeParameter
    `,
  ],
  [
    'Literal Expression Node Printable',
    `
    BigIntLiteral BooleanLiteral DecimalLiteral JSXText NullLiteral NumericLiteral RegExpLiteral
    StringLiteral
    `,
  ],
  [
    'TSType TSHasOptionalTypeParameterInstantiation Node Printable',
    `
    TSExpressionWithTypeArguments TSImportType TSTypeQuery TSTypeReference
    `,
  ],
  [
    'Flow Node Printable',
    `
    FlowPredicate FlowType
    `,
  ],
  [
    'FlowType Flow Node Printable',
    `
    AnyTypeAnnotation ArrayTypeAnnotation BigIntLiteralTypeAnnotation BigIntTypeAnnotation
    BooleanLiteralTypeAnnotation BooleanTypeAnnotation EmptyTypeAnnotation ExistentialTypeParam
    ExistsTypeAnnotation FunctionTypeAnnotation GenericTypeAnnotation IndexedAccessType
    InterfaceTypeAnnotation IntersectionTypeAnnotation MemberTypeAnnotation MixedTypeAnnotation
    NullLiteralTypeAnnotation NullTypeAnnotation NullableTypeAnnotation NumberLiteralTypeAnnotation
    NumberTypeAnnotation NumericLiteralTypeAnnotation ObjectTypeAnnotation OptionalIndexedAccessType
    StringLiteralTypeAnnotation StringTypeAnnotation SymbolTypeAnnotation ThisTypeAnnotation
    TupleTypeAnnotation TypeParameter TypeofTypeAnnotation UnionTypeAnnotation VoidTypeAnnotation
    `,
  ],
  [
    'InterfaceDeclaration Declaration Statement Node Printable',
    `
    DeclareClass DeclareInterface
    `,
  ],
  [
    'TypeAlias Declaration Statement Node Printable',
    `
    DeclareTypeAlias
    `,
  ],
  [
    'OpaqueType Declaration Statement Node Printable',
    `
    DeclareOpaqueType
    `,
  ],
  [
    'FlowPredicate Flow Node Printable',
    `
    DeclaredPredicate InferredPredicate
    `,
  ],
  [
    'Comment Printable',
    `
    Block CommentBlock CommentLine Line
    `,
  ],
  [
    'Declaration Function Statement Node Printable',
    `
    ClassMethod ClassPrivateMethod
    `,
  ],
  [
    'Declaration TSHasOptionalTypeAnnotation Statement Node Printable',
    `
    ClassAccessorProperty TSIndexSignature TSPropertySignature
    `,
  ],
  [
    'TSType Node Printable',
    `
    TSAnyKeyword TSArrayType TSBigIntKeyword TSBooleanKeyword TSConditionalType TSIndexedAccessType
    TSInferType TSIntersectionType TSIntrinsicKeyword TSLiteralType TSMappedType TSNamedTupleMember
    TSNeverKeyword TSNullKeyword TSNumberKeyword TSObjectKeyword TSOptionalType TSParenthesizedType
    TSRestType TSStringKeyword TSSymbolKeyword TSThisType TSTupleType TSTypeLiteral TSTypeOperator
    TSUndefinedKeyword TSUnionType TSUnknownKeyword TSVoidKeyword
    `,
  ],
  [
    'TSType TSHasOptionalTypeParameters TSHasOptionalTypeAnnotation Node Printable',
    `
    TSConstructorType TSFunctionType
    `,
  ],
  [
    'Declaration TSHasOptionalTypeParameters Statement Node Printable',
    `
    TSDeclareFunction TSDeclareMethod TSInterfaceDeclaration TSTypeAliasDeclaration
    `,
  ],
  [
    'Declaration TSHasOptionalTypeParameters TSHasOptionalTypeAnnotation Statement Node Printable',
    `
    TSCallSignatureDeclaration TSConstructSignatureDeclaration TSMethodSignature
    `,
  ],
  [
    'TSTypeAnnotation TSType Node Printable',
    `
    TSTypePredicate
    `,
  ],
];

const SUPERTYPES: ReadonlyMap<string, readonly string[]> = new Map(
  TABLE.flatMap(([below, names]) => {
    const all = below.split(' ').filter((one) => one !== '');
    return names
      .trim()
      .split(/\s+/)
      .map((name) => [name, all] as const);
  }),
);

const NONE: readonly string[] = [];

/** The types that the node type `name` is counted below; none for one that ast-types does not know, which stands for itself only. */
export const supertypesOf = (name: string): readonly string[] => SUPERTYPES.get(name) ?? NONE;
