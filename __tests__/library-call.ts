import type { Argument, LibraryCall, Step } from '../src/facts/libraries/library.ts';
import { libraryFactOf } from '../src/facts/libraries/tables.ts';

/** The parts of `text` between the commas that stand in no bracket and no quotation. */
function partsOf(text: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  let quote: string | undefined;
  for (const char of text) {
    if (quote === undefined && /['"`]/.test(char)) quote = char;
    else if (quote === char) quote = undefined;
    else if (quote === undefined && /[([{]/.test(char)) depth++;
    else if (quote === undefined && /[)\]}]/.test(char)) depth--;
    if (char === ',' && depth === 0 && quote === undefined) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** An argument as the engine gives it: texts are shortened to 200 characters. */
export function argumentOf(text: string): Argument {
  const string = /^(['"`])([^]*)\1$/.exec(text)?.[2];
  const isFunction = /^(?:async\b|function\b|\([^()]*\)\s*=>|\w+\s*=>)/.test(text);
  const name = /^(?:[\w$]+\.)*([\w$]+)$/.exec(text)?.[1];
  const properties = text.startsWith('{')
    ? partsOf(text.slice(1, -1))
        .filter((part) => !part.startsWith('...'))
        .map((part) => {
          const [, key = '', value] = /^['"]?([\w$]+)['"]?\s*(?::\s*([^]*))?$/.exec(part) ?? [];
          return [key, value ?? key] as const;
        })
    : undefined;
  return {
    text: text.slice(0, 200),
    isFunction,
    ...(string === undefined || string.includes('${') ? {} : { string }),
    ...(name === undefined || /^\d/.test(name) ? {} : { name }),
    ...(properties === undefined
      ? {}
      : { keys: properties.map(([key]) => key), values: Object.fromEntries(properties) }),
  };
}

/** The end of the bracket or template that begins at `at`. */
function endOf(text: string, at: number): number {
  const close = { '(': ')', '[': ']', '<': '>', '`': '`' }[text[at] ?? ''];
  let depth = 0;
  let quote: string | undefined;
  for (let next = at; next < text.length; next++) {
    const char = text[next] ?? '';
    if (quote !== undefined) quote = char === quote ? undefined : quote;
    else if (next > at && char === close && depth === 1) return next + 1;
    else if (next > at && /['"`]/.test(char)) quote = char;
    else if (char === text[at]) depth++;
    else if (char === close) depth--;
  }
  throw new Error(`No end: ${text}`);
}

/**
 * A call of a library, from what is much like its source: `Model<User>` is a class of the project that extends another, `#` an instance
 * with its type arguments in brackets, and its arguments after `!`: `Repository#[User].find({ where: { id: 1 } })`.
 * A tagged template is written as it is, with holes as `?`.
 */
export function libraryCall(name: string, source: string): LibraryCall {
  const steps: Step[] = [];
  let path = '';
  let at = 0;
  while (at < source.length) {
    const char = source[at] ?? '';
    if (char === '.') at++;
    else if (char === '(' || char === '`') {
      const end = endOf(source, at);
      const text = source.slice(at, end);
      const args = char === '`' ? [argumentOf(text)] : partsOf(text.slice(1, -1)).map(argumentOf);
      steps.push({ kind: 'call', args, typeArguments: [] });
      path += '()';
      at = end;
    } else if (char === '#') {
      const end = source[at + 1] === '[' ? endOf(source, at + 1) : at + 1;
      const typeArguments = partsOf(source.slice(at + 2, Math.max(at + 2, end - 1)));
      const argsEnd = source[end] === '!' ? endOf(source, end + 1) : end;
      const args = argsEnd === end ? [] : partsOf(source.slice(end + 2, argsEnd - 1)).map(argumentOf);
      steps.push({ kind: 'instance', args, typeArguments });
      path += '#';
      at = argsEnd;
    } else if (char === '<') {
      const end = endOf(source, at);
      steps.push({ kind: 'subclass', name: source.slice(at + 1, end - 1) });
      path += source.slice(at, end);
      at = end;
    } else {
      const member = /^[\w$]+/.exec(source.slice(at))?.[0];
      if (member === undefined) throw new Error(`No call: ${source}`);
      steps.push({ kind: 'member', name: member });
      path += path === '' ? member : `.${member}`;
      at += member.length;
    }
  }
  const last = steps.at(-1);
  if (last?.kind !== 'call' && last?.kind !== 'instance') throw new Error(`No call: ${source}`);
  return { package: name, steps, path, args: last.args };
}

/**
 * What a call does, in short: `unknown`, or words of: `r:<tables>`, `w:<tables>`, `sync` where nothing is waited for, `on:<client>`,
 * `opens:<place>`, `throws`, `changes:<place>`, `<pacing>`, `shared` where its result is not made for it alone. `pure` where there is none.
 */
export function told(from: string, source: string): string {
  const fact = libraryFactOf(libraryCall(from, source));
  if (fact === undefined) return 'unknown';
  const names = (resources: typeof fact.reads): string =>
    resources
      .map((one) => (one.kind === 'table' ? one.name : one.kind))
      .toSorted()
      .filter((name, at, all) => name !== all[at - 1])
      .join(',');
  const touches = fact.reads.length > 0 || fact.writes.length > 0;
  const words = [
    fact.reads.length > 0 ? `r:${names(fact.reads)}` : '',
    fact.writes.length > 0 ? `w:${names(fact.writes)}` : '',
    touches && !fact.io ? 'sync' : '',
    !touches && fact.io ? 'io' : '',
    fact.on === undefined ? '' : `on:${fact.on}`,
    fact.opensTransactionIn === undefined ? '' : `opens:${fact.opensTransactionIn}`,
    fact.throws === undefined ? '' : 'throws',
    fact.changes === undefined ? '' : `changes:${fact.changes}`,
    fact.pacing ?? '',
    touches && fact.fresh === 'no' ? 'shared' : '',
  ];
  return words.filter((word) => word !== '').join(' ') || 'pure';
}
