import type { Router } from 'express'
import { api } from '#shared/contract/api.ts'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { openApiDocument } from './openapi.ts'

/** The description for programs and, as a plain page, for people. Both need no sign-in: they hold nothing secret. */
export function openApiRoutes(router: Router) {
  const document = openApiDocument()
  router.get('/api/openapi.json', (_req, res) => void res.json(document))
  router.get('/api/docs', (_req, res) => void res.type('html').send(page()))
}

function page() {
  const rows = Object.entries<Endpoint>(api).map(
    ([name, e]) =>
      `<tr><td><code>${e.method}</code></td><td><code>${text(e.path)}</code></td><td>${text(e.summary)}</td>` +
      `<td><code>${e.permission}</code></td><td><code>${name}</code></td></tr>`,
  )
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Docket API</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem;color-scheme:light dark}td,th{text-align:start;padding:.25rem 1rem .25rem 0;vertical-align:top}</style>
</head>
<body>
<h1>Docket API</h1>
<p>Every operation with its inputs, answers and refusals: <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).
Programs send <code>Authorization: Bearer</code> and a key from <code>docket key add</code>.</p>
<table>
<thead><tr><th>Method</th><th>Path</th><th>What it does</th><th>Permission</th><th>Operation</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</body>
</html>
`
}

function text(raw: string) {
  return raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
