/** One element of a document, with its own text. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  readonly text: string;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function plain(text: string): string {
  if (/[<]/.test(text) || /&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(text) || text.includes(']]>'))
    throw new SyntaxError(`This is no text: ${text}`);
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_, code: string | undefined, name: string) =>
    code === undefined ? (NAMED[name] ?? '') : String.fromCodePoint(Number(code)),
  );
}

/** Reads the part of XML that has elements, attributes and text, and throws for whatever is not well-formed. */
export function parseXml(document: string): Element {
  const bad = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(document);
  if (bad !== null) throw new SyntaxError(`XML has no character ${bad[0].codePointAt(0)}.`);
  const body = document.replace(/^<\?xml version="1.0" encoding="UTF-8"\?>\n/, '');
  const root = { name: '', attributes: new Map<string, string>(), children: [] as Element[], text: '' };
  const open = [root];
  let at = 0;
  const TAG = /<(\/?)([a-z-]+)((?:\s+[a-z]+="[^"<]*")*)\s*(\/?)>/g;
  for (const { 0: whole, 1: closes, 2: name = '', 3: list = '', 4: isEmpty, index } of body.matchAll(TAG)) {
    const top = open.at(-1) ?? root;
    top.text += plain(body.slice(at, index));
    at = index + whole.length;
    if (closes === '/') {
      if (top.name !== name) throw new SyntaxError(`</${name}> closes <${top.name}>.`);
      open.pop();
      continue;
    }
    const attributes = new Map<string, string>();
    for (const [, key = '', value = ''] of list.matchAll(/([a-z]+)="([^"]*)"/g)) {
      if (attributes.has(key)) throw new SyntaxError(`<${name}> has ${key} twice.`);
      attributes.set(key, plain(value));
    }
    const one = { name, attributes, children: [] as Element[], text: '' };
    top.children.push(one);
    if (isEmpty === '') open.push(one);
  }
  const [only, ...more] = root.children;
  if (open.length > 1 || only === undefined || more.length > 0)
    throw new SyntaxError('There is no one root.');
  if (plain(body.slice(at)).trim() !== '') throw new SyntaxError('There is text after the root.');
  return only;
}

/** All elements of that name below one. */
export const elementsOf = (one: Element, name: string): readonly Element[] =>
  one.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elementsOf(child, name)]);
