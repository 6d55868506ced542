import { ts } from 'ts-morph';
import type { Site } from '../../../../evidence.ts';
import { classAround, isMember, memberName } from '../../../effects/symbols.ts';
import { isStatic, plainName, shortText, siteOf } from '../nodes.ts';
import { NO_MEMBERS, UNKNOWN, type Members, type WrittenValues } from '../written-values.ts';
import { attributeOf, COLUMNS, describesColumn, type Attribute } from './attributes.ts';
import { decoratedAttributes, decoratedOptions, withDecorators } from './decorated.ts';
import { Draft } from './draft.ts';
import { optionsOf, type Connections, type Options } from './options.ts';
import type { Binding, Declaration } from './sites.ts';

/** All models, and how expressions name them. */
export class Catalog {
  readonly drafts: Draft[] = [];
  readonly values: WrittenValues;
  private readonly byNode = new Map<ts.Node, Draft>();
  private readonly byKey = new Map<string, Set<Draft>>();

  constructor(values: WrittenValues) {
    this.values = values;
  }

  /** Takes in what `define` or `init` declares, where it does. */
  declare({ kind, call, receiver }: Declaration, connections: Connections): void {
    if (kind === 'define') this.declareDefined(call, receiver, connections);
    else this.declareInitialized(call, receiver, connections);
  }

  /** Takes in a class with `@Table`. */
  declareDecorated(node: ts.ClassLikeDeclaration, connections: Connections): void {
    const lineage = this.values.lineage(node).toReversed();
    const members = lineage.map((one) => decoratedOptions(one, this.values));
    const all: Members = {
      of: new Map(members.flatMap(({ of }) => [...of])),
      unread: members.flatMap(({ unread }) => unread),
    };
    const attributes = lineage.map((one) => decoratedAttributes(one, this.values));
    const name = this.modelName(members.at(-1) ?? NO_MEMBERS, node);
    if (name.name === undefined) return;
    const options = optionsOf(name.name, all, connections.of(undefined), this.values);
    this.add(node, name.name, {
      site: node,
      options: withDecorators(options, all, lineage, this.values),
      attributes: new Map(attributes.flatMap(({ own }) => [...own])),
      unread: [...name.unread, ...attributes.flatMap(({ unread }) => unread)],
      declaredBy: node,
    });
  }

  /** Notes the names that objects give to models: `db.users = …`. */
  bind(bindings: readonly Binding[]): void {
    for (const { key, value } of bindings) {
      const draft = this.at(value);
      if (draft === undefined) continue;
      const known = this.byKey.get(key);
      if (known === undefined) this.byKey.set(key, new Set([draft]));
      else known.add(draft);
    }
  }

  /** The model that an expression stands for, where there is no doubt. */
  at(node: ts.Node): Draft | undefined {
    const seen = new Set<ts.Node>();
    for (let at: ts.Node | undefined = node; at !== undefined && !seen.has(at); at = this.values.step(at)) {
      seen.add(at);
      const known = this.byNode.get(at) ?? this.ofCall(at);
      if (known !== undefined) return known;
      const isEnd = this.values.step(at) === undefined;
      if (isEnd) return this.atEnd(at);
    }
    return undefined;
  }

  /** The model that queries call by a name, the nearest to a file of several. */
  named(name: string, path: string): Draft | undefined {
    return nearest(
      this.drafts.filter((one) => one.name === name),
      path,
    );
  }

  /** Takes in a model that is declared by the name of a join table alone. */
  addJoin(name: string, site: Site, options: Options): Draft {
    const draft = new Draft(name, site, options, new Map());
    this.drafts.push(draft);
    return draft;
  }

  private declareDefined(call: ts.CallExpression, receiver: ts.Expression, connections: Connections): void {
    const [nameNode, attributesNode, optionsNode] = call.arguments;
    const name = this.values.text(nameNode);
    if (attributesNode === undefined || typeof name !== 'string') return;
    const members = this.values.members(attributesNode);
    const isOfSequelize =
      /sequelize/i.test(receiver.getText()) ||
      [...(members?.of.values() ?? [])].some((one) => describesColumn(one, this.values));
    if (!isOfSequelize) return;
    const own = this.optionMembers(optionsNode);
    const { attributes, unread } = this.attributesOf(attributesNode);
    this.add(call, name, {
      site: call,
      options: optionsOf(name, own, connections.of(receiver), this.values),
      attributes,
      unread,
    });
  }

  private declareInitialized(
    call: ts.CallExpression,
    receiver: ts.Expression,
    connections: Connections,
  ): void {
    const [attributesNode, optionsNode] = call.arguments;
    const node = this.classOfInit(receiver);
    if (node === undefined || attributesNode === undefined || optionsNode === undefined) return;
    const own = this.values.members(optionsNode);
    const columns = this.values.members(attributesNode);
    const isDeclaration =
      own?.of.has('sequelize') === true ||
      [...(columns?.of.values() ?? [])].some((one) => describesColumn(one, this.values));
    const wrapper = receiver.kind === ts.SyntaxKind.SuperKeyword ? undefined : this.ownInit(node);
    // What the class itself passes on is found where it does.
    if (!isDeclaration || wrapper?.parent === node) return;
    const { name, unread } = this.modelName(own ?? NO_MEMBERS, node);
    if (name === undefined) return;
    const first = this.byNode.get(node);
    if (first !== undefined) {
      first.unread.add('another `init` of its class');
      return;
    }
    const read = this.attributesOf(attributesNode);
    const members = own ?? { ...NO_MEMBERS, unread: [`\`${shortText(optionsNode)}\``] };
    this.add(node, name, {
      site: node,
      options: optionsOf(name, members, connections.of(members.of.get('sequelize')), this.values),
      attributes: read.attributes,
      unread: [
        ...unread,
        ...read.unread,
        ...(wrapper === undefined ? [] : [`${COLUMNS} that \`init\` of a class above it may add`]),
      ],
      declaredBy: node,
    });
  }

  /** The class that `super.init`, `this.init` or `User.init` is about. */
  private classOfInit(receiver: ts.Expression): ts.ClassLikeDeclaration | undefined {
    if (receiver.kind === ts.SyntaxKind.SuperKeyword || receiver.kind === ts.SyntaxKind.ThisKeyword)
      return classAround(receiver);
    const found = this.values.follow(receiver);
    return ts.isClassLike(found) ? found : undefined;
  }

  /** The `init` that a class of the project has instead of the library's. */
  private ownInit(node: ts.ClassLikeDeclaration): ts.ClassElement | undefined {
    return this.values
      .lineage(node)
      .flatMap(({ members }) => [...members])
      .find((one) => isStatic(one) && one.name !== undefined && plainName(one.name) === 'init');
  }

  private optionMembers(node: ts.Expression | undefined): Members {
    if (node === undefined) return NO_MEMBERS;
    return this.values.members(node) ?? { ...NO_MEMBERS, unread: [`\`${shortText(node)}\``] };
  }

  private attributesOf(node: ts.Expression): {
    readonly attributes: ReadonlyMap<string, Attribute>;
    readonly unread: readonly string[];
  } {
    const members = this.values.members(node);
    if (members === undefined)
      return { attributes: new Map(), unread: [`${COLUMNS} from \`${shortText(node)}\``] };
    const read = [...members.of].map(([name, value]) => attributeOf(name, value, this.values));
    return {
      attributes: new Map(read.map(({ attribute }) => [attribute.name, attribute])),
      unread: [
        ...members.unread.map((one) => `${COLUMNS} from ${one}`),
        ...read.flatMap(({ unread }) => unread),
      ],
    };
  }

  /** The name of a class's model: the option, else the class's own. */
  private modelName(
    { of }: Members,
    node: ts.ClassLikeDeclaration,
  ): { readonly name: string | undefined; readonly unread: readonly string[] } {
    const option = this.values.text(of.get('modelName'));
    const variable = ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined;
    const own =
      node.name?.text ?? (variable !== undefined && ts.isIdentifier(variable) ? variable.text : undefined);
    if (typeof option === 'string') return { name: option, unread: [] };
    return { name: own, unread: option === UNKNOWN ? ['the option `modelName`'] : [] };
  }

  private add(
    node: ts.Node,
    name: string,
    {
      site,
      options,
      attributes,
      unread,
      declaredBy,
    }: {
      readonly site: ts.Node;
      readonly options: Options;
      readonly attributes: ReadonlyMap<string, Attribute>;
      readonly unread: readonly string[];
      readonly declaredBy?: ts.ClassLikeDeclaration;
    },
  ): void {
    const whole = { ...options, unread: [...options.unread, ...unread] };
    const draft = new Draft(name, siteOf(site), whole, attributes, declaredBy);
    this.byNode.set(node, draft);
    this.drafts.push(draft);
  }

  /** The model that a call gives: `User.init(…)`, `User.scope(…)`, `sequelize.model('User')`. */
  private ofCall(node: ts.Node): Draft | undefined {
    if (node.kind === ts.SyntaxKind.ThisKeyword) {
      const around = classAround(node);
      return around === undefined ? undefined : this.byNode.get(around);
    }
    if (!ts.isCallExpression(node) || !isMember(node.expression)) return undefined;
    const name = memberName(node.expression) ?? '';
    const receiver = node.expression.expression;
    if (name === 'init' && receiver.kind === ts.SyntaxKind.SuperKeyword) {
      const around = classAround(receiver);
      return around === undefined ? undefined : this.byNode.get(around);
    }
    if (/^(?:init\w*|scope|unscoped|schema)$/.test(name)) return this.at(receiver);
    const [first] = node.arguments;
    const text = name === 'model' ? this.values.text(first) : undefined;
    return typeof text === 'string' ? this.named(text, node.getSourceFile().fileName) : undefined;
  }

  /** The model that a name stands for of which nothing more is known: `models.User`, `const { User } = sequelize.models`. */
  private atEnd(node: ts.Node): Draft | undefined {
    const key = openKey(node, this.values);
    const byType = ts.isExpression(node) || ts.isParameter(node) ? this.values.classByType(node) : undefined;
    if (key === undefined) return byType === undefined ? undefined : this.byNode.get(byType);
    const path = node.getSourceFile().fileName;
    const bound = key.isName ? undefined : this.byKey.get(key.name);
    const named = this.drafts.filter((one) => one.name === key.name);
    return nearest([...new Set([...(bound ?? []), ...named])], path);
  }
}

/** The name by which something is taken from an object that is not known, and whether that is the name of a model for certain. */
function openKey(
  node: ts.Node,
  values: WrittenValues,
): { readonly name: string; readonly isName: boolean } | undefined {
  if (isMember(node)) {
    const name = memberName(node);
    const isName = /\bsequelize\??\.models$/.test(node.expression.getText());
    return name === undefined ? undefined : { name, isName };
  }
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
    const name = node.propertyName ?? node.name;
    const from = ts.isVariableDeclaration(node.parent.parent) ? node.parent.parent.initializer : undefined;
    const isName = from !== undefined && /\bsequelize\??\.models$/.test(from.getText());
    return ts.isIdentifier(name) ? { name: name.text, isName } : undefined;
  }
  if (!ts.isImportSpecifier(node)) return undefined;
  const { moduleSpecifier } = node.parent.parent.parent;
  const { text } = node.propertyName ?? node.name;
  return values.isOwnModule(moduleSpecifier) ? { name: text, isName: false } : undefined;
}

/** The one of several models that is declared nearest to a file. */
function nearest(drafts: readonly Draft[], path: string): Draft | undefined {
  const nearness = ({ site }: Draft): number => {
    const [one, other] = [site.path.split('/').slice(0, -1), path.split('/').slice(0, -1)];
    const different = one.findIndex((part, at) => part !== other[at]);
    return different < 0 ? one.length : different;
  };
  const [first, second] = drafts.toSorted((a, b) => nearness(b) - nearness(a));
  if (first === undefined || second === undefined) return first;
  return nearness(first) > nearness(second) ? first : undefined;
}
