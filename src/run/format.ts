import { check, format, getFileInfo, resolveConfig } from 'prettier';

/**
 * `after` in the style of the file: formatted with prettier and the project's own settings where `before` was already
 * formatted so, else as it is. Formatting a file that was not clean would bury the change among lines that nobody meant
 * to touch. A configuration that cannot be loaded (a plugin that is not installed, say) also leaves the text as it is.
 */
export async function formatLike(path: string, before: string, after: string): Promise<string> {
  try {
    const { ignored, inferredParser } = await getFileInfo(path, { ignorePath: [] });
    if (ignored || inferredParser === null) return after;
    const options = { ...(await resolveConfig(path, { editorconfig: true })), filepath: path };
    return (await check(before, options)) ? await format(after, options) : after;
  } catch {
    return after;
  }
}
