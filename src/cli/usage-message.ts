import { nearest, suggestion } from '../api/suggest.ts';

const typedAs = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`);

/** What is said where a command lacks what it is about. */
const MISSING: Readonly<Record<string, string>> = {
  apply: 'The plan is missing: hasten apply plan.json; `hasten run --dry-run --plan plan.json` writes one.',
  batch: 'The campaign is missing: hasten batch campaign.yaml, or hasten batch status.',
  worker: 'The queue is missing: hasten worker redis://host:6379.',
};

/**
 * What is wrong with a command line, in our words and with the name that was probably meant.
 * @param message what yargs said.
 * @param known the long names of all options of the command.
 * @param words what was typed: a command and what stands behind it.
 */
export function usageMessage(
  message: string,
  known: readonly string[],
  [command = '', ...words]: readonly string[],
): string {
  const [, unknown] = /^Unknown arguments?: ([^,]*)/.exec(message) ?? [];
  if (unknown !== undefined) {
    if (words.includes(unknown)) return `\`${unknown}\` is one word too many for \`hasten ${command}\`.`;
    const meant = nearest(unknown, known);
    const hint = meant === undefined ? '`--help` shows all options.' : `Did you mean \`--${meant}\`?`;
    return `\`${typedAs(unknown)}\` is not an option here. ${hint}`;
  }
  const [, name, given = '', choices] =
    /^Invalid values:\s+Argument: (.*?), Given: (.*?), Choices: (.*)$/m.exec(message) ?? [];
  if (name !== undefined && choices !== undefined) {
    const names = Array.from(choices.matchAll(/"([^"]*)"/g), ([, choice = '']) => choice);
    const typed = given.replaceAll('"', '');
    return `\`--${name} ${typed}\` is not possible.${suggestion(typed, names)}`;
  }
  const [, valueless] = /^Not enough arguments following: (.*)$/.exec(message) ?? [];
  if (valueless !== undefined) return `\`${typedAs(valueless)}\` needs a value behind it.`;
  if (message.startsWith('Not enough non-option arguments'))
    return MISSING[command] ?? 'The name of a transform is missing; `hasten list` shows all of them.';
  return message;
}
