const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** `text` as it may stand in HTML, also in quotes. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one);

/** What stands around a page. `head` and `body` are HTML. */
export const shell = (title: string, head: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
${head}
</head>
<body>
${body}
</body>
</html>
`;

/** The page as the server gives it. */
export const servedPage = (title: string): string =>
  shell(
    title,
    '<link rel="icon" href="/icon.svg">\n<link rel="stylesheet" href="/page.css">',
    '<div id="page"></div>\n<script src="/page.js"></script>',
  );

/** A page that says one thing. */
export const messagePage = (message: string): string => shell('hasten', '', `<p>${escaped(message)}</p>`);

export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f55c4"/><path d="M8 16.5l5.5 5.5L24 10.5" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/></svg>\n';
