// The published types of jscodeshift leave this entry out.
declare module 'jscodeshift/src/getParser.js' {
  /** One of jscodeshift's parsers; `options` are Babel's own for the parser named `babylon`. */
  export default function getParser(
    name: 'babylon',
    options: Readonly<Record<string, unknown>>,
  ): { parse(source: string): unknown };
}
