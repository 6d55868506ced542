import { setFunction } from './expressions.ts';
import {
  asEstree,
  same,
  setPresent,
  Unknown,
  type Conversion,
  type Converter,
  type Estree,
  type Made,
} from './nodes.ts';

/** The modifiers that TypeScript and the language have for members; Babel notes those that are there. */
const MODIFIERS = ['decorators', 'accessibility', 'declare', 'override', 'readonly', 'optional', 'definite'];

function makeMember(type: string, node: Estree, to: Conversion): Made {
  const made = to.make(type, node);
  setPresent(made, node, MODIFIERS, to);
  if (node.type.startsWith('TSAbstract')) made.abstract = true;
  made.static = node.static;
  made.key = to.convert(node.key);
  // Babel says so of a private name only where a word before it was read as a name first.
  if (!isPrivate(node)) made.computed = node.computed;
  return made;
}

const isPrivate = (node: Estree): boolean => asEstree(node.key).type === 'PrivateIdentifier';

const method: Converter = (node, to) => {
  const value = asEstree(node.value);
  const type =
    value.body == null ? 'TSDeclareMethod' : isPrivate(node) ? 'ClassPrivateMethod' : 'ClassMethod';
  const made = makeMember(type, node, to);
  if (
    type === 'ClassPrivateMethod' &&
    (value.async === true || value.generator === true || node.kind !== 'method')
  )
    made.computed = false;
  if (node.kind === 'constructor' && made.decorators !== undefined)
    throw new Unknown('A decorated constructor.');
  made.kind = node.kind;
  setFunction(made, value, to);
  return made;
};

const field: Converter = (node, to) => {
  const made = makeMember(isPrivate(node) ? 'ClassPrivateProperty' : 'ClassProperty', node, to);
  if (node.typeAnnotation != null) made.typeAnnotation = to.convert(node.typeAnnotation);
  made.value = to.convertOptional(node.value);
  return made;
};

const accessor: Converter = (node, to) => {
  const made = makeMember('ClassAccessorProperty', node, to);
  if (node.typeAnnotation != null) made.typeAnnotation = to.convert(node.typeAnnotation);
  made.value = to.convertOptional(node.value);
  return made;
};

const parameterProperty: Converter = (node, to) => {
  if (node.static === true) throw new Unknown('A static parameter.');
  const made = to.make('TSParameterProperty', node);
  setPresent(made, node, ['decorators', 'accessibility', 'readonly', 'override'], to);
  made.parameter = to.convert(node.parameter);
  return made;
};

/** How the members of classes are converted. */
export const MEMBERS: Readonly<Record<string, Converter>> = {
  MethodDefinition: method,
  TSAbstractMethodDefinition: method,
  PropertyDefinition: field,
  TSAbstractPropertyDefinition: field,
  AccessorProperty: accessor,
  TSAbstractAccessorProperty: accessor,
  TSParameterProperty: parameterProperty,
  Decorator: same('expression'),
};
