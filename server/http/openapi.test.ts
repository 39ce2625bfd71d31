import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import { useTestApi } from '#test/support/api.ts'
import { openApiDocument } from './openapi.ts'

const t = useTestApi()

type Operation = { operationId: string; parameters: { in: string; name: string }[]; security: unknown[] }

function operations() {
  return Object.entries(openApiDocument().paths).flatMap(([path, methods]) =>
    Object.values(methods).map((operation) => ({ path, ...(operation as Operation) })),
  )
}

describe('the OpenAPI document', () => {
  it('is in docs as the code says it (npm run docs:api)', async () => {
    const kept = await readFile(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8')
    expect(JSON.parse(kept)).toEqual(openApiDocument())
  })

  it('names every endpoint once', () => {
    expect(
      operations()
        .map(({ operationId }) => operationId)
        .sort(),
    ).toEqual(Object.keys(api).sort())
  })

  it('describes every parameter of a path', () => {
    for (const { path, parameters } of operations()) {
      const named = parameters.filter((each) => each.in === 'path').map(({ name }) => `{${name}}`)
      expect(path.match(/\{\w+\}/g) ?? []).toEqual(named)
    }
  })

  it('says which operations need no sign-in', () => {
    const open = operations().filter(({ security }) => security.length === 0)
    const wanted = Object.entries(api).filter(([, e]) => e.permission === 'public')
    expect(open.map(({ operationId }) => operationId).sort()).toEqual(wanted.map(([name]) => name).sort())
  })

  it('is served to programs as JSON and to people as a page without scripts', async () => {
    expect(await (await t.fetch('/api/openapi.json')).json()).toEqual(openApiDocument())
    const page = await t.fetch('/api/docs')
    expect(page.headers.get('content-type')).toMatch(/^text\/html/)
    const html = await page.text()
    expect(html).toContain('/api/v1/reviews/:reviewId/decisions')
    expect(html).not.toContain('<script')
  })
})
