import type { Answer } from './answer.ts';

/** Text as HTML content or as a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A whole page in the look of `pages/emulator.css`. `body` is HTML. */
export function htmlPage(title: string, body: string, status = 200): Answer {
  return {
    status,
    contentType: 'text/html; charset=utf-8',
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="/_emulator/pages/emulator.css">
</head>
<body>
${body}
</body>
</html>
`,
  };
}
