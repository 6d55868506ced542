/** A formatter for ESLint that only counts, so that no time goes into telling what was found. */
export default function count(results) {
  const messages = results.flatMap((result) => result.messages);
  const broken = messages.filter((message) => message.fatal).length;
  return JSON.stringify({
    files: results.length,
    found: `${messages.length - broken} places${broken === 0 ? '' : `, ${broken} files do not parse`}`,
  });
}
