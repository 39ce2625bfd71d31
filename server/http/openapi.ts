import { z } from 'zod'
import { api } from '#shared/contract/api.ts'
import type { Endpoint } from '#shared/contract/endpoint.ts'
import { ApiErrorBody, type ErrorCode, errorStatus } from '#shared/contract/errors.ts'

type JsonSchema = { properties?: Record<string, unknown>; required?: string[] }

/** What may happen to any request; an endpoint names its own codes besides. */
const always: ErrorCode[] = [
  'invalid_request',
  'wrong_origin',
  'too_many_requests',
  'internal',
  'not_ready',
  'storage_full',
]

/** OpenAPI 3.1 of the whole contract. `npm run docs:api` writes it to docs/openapi.json. */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [operationId, e] of Object.entries<Endpoint>(api)) {
    const path = e.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [e.method.toLowerCase()]: operation(operationId, e) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Docket', version: '1', description: 'Content-moderation review. Times are UTC; ids are opaque.' },
    paths,
    components: {
      schemas: { Error: schemaOf(ApiErrorBody, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'docket.session_token' },
        key: { type: 'http', scheme: 'bearer', description: 'An API key, from `docket key add`.' },
      },
    },
  }
}

function operation(operationId: string, e: Endpoint) {
  return {
    operationId,
    summary: e.summary,
    description: permissionOf(e),
    security: e.permission === 'public' ? [] : [{ session: [] }, { key: [] }],
    parameters: [...parameters('path', e.params), ...parameters('query', e.query)],
    ...(e.method !== 'GET' && { requestBody: requestBody(e) }),
    responses: {
      [e.status]: { description: 'Success', content: content(e.wire.response, e.reply, 'output') },
      ...refusals(e),
    },
  }
}

function permissionOf(e: Endpoint) {
  if (e.permission === 'public') return 'Needs no sign-in.'
  return e.permission === 'signed_in' ? 'Any role.' : `Permission \`${e.permission}\`.`
}

/** One response a status: several codes may share one. */
function refusals(e: Endpoint) {
  const rights: ErrorCode[] = e.permission === 'public' ? [] : ['signed_out', 'forbidden']
  const byStatus = Map.groupBy(new Set([...always, ...rights, ...e.errors]), (code) => errorStatus[code])
  const schema = { $ref: '#/components/schemas/Error' }
  const responses = [...byStatus].map(([status, codes]) => [
    status,
    { description: codes.map((code) => `\`${code}\``).join(', '), content: { 'application/json': { schema } } },
  ])
  return Object.fromEntries(responses)
}

function requestBody(e: Endpoint) {
  return { required: true, content: content(e.wire.request, e.body, 'input') }
}

function content(type: string | undefined, schema: z.ZodType, io: 'input' | 'output') {
  if (type) return { [type]: { schema: { type: 'string', contentMediaType: type } } }
  return { 'application/json': { schema: schemaOf(schema, io) } }
}

function parameters(where: 'path' | 'query', schema: z.ZodType) {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as JsonSchema
  return Object.entries(properties).map(([name, each]) => ({
    name,
    in: where,
    required: required.includes(name),
    schema: each,
  }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
