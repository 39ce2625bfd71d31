import { expect, it, vi } from 'vitest'
import { exportRows } from '#shared/contract/exports.ts'
import { listPolicies, listQueues } from '#shared/contract/policies.ts'
import { acceptInvitation, getInvitation } from '#shared/contract/team.ts'
import { fakeApi } from '#test/support/fake-api.ts'
import { ApiError, addressOf, call, errorCode, errorFacts } from './call.ts'
import { createQueryClient } from './query-client.ts'
import { sessionKey } from './session.ts'

it('builds an address from path, lists and what is left out', () => {
  const query = { state: ['open' as const, 'on_hold' as const], queue: ['a b'], mine: undefined }
  expect(addressOf(exportRows, { params: { kind: 'reviews', format: 'csv' }, query })).toBe(
    '/api/v1/exports/reviews.csv?state=open&state=on_hold&queue=a+b',
  )
})

it('escapes what goes into a path', () => {
  expect(addressOf(getInvitation, { params: { token: 'a/b?c' } })).toBe('/api/v1/invitations/a%2Fb%3Fc')
})

it('carries the refusal of the server', async () => {
  fakeApi().on(acceptInvitation, () => ({ refuse: 'too_many_requests', requestId: 'req-1', retryAfter: 30 }))
  const err = await call(acceptInvitation, {
    params: { token: 't' },
    body: { name: 'Ana', password: 'a long enough phrase' },
  }).catch((caught: unknown) => caught)
  expect(err).toMatchObject({ status: 429, retryAfter: 30, body: { code: 'too_many_requests', requestId: 'req-1' } })
  expect(errorFacts(err)).toEqual({ status: 429, requestId: 'req-1' })
})

it('counts a page of somebody else as a failure without a reason', async () => {
  fakeApi().on(listQueues, () => new Response('<h1>Bad gateway</h1>', { status: 502 }))
  const err = await call(listQueues, {}).catch((caught: unknown) => caught)
  expect(err).toBeInstanceOf(ApiError)
  expect(errorCode(err)).toBe('internal')
  expect(errorFacts(err)).toEqual({ status: 502, requestId: undefined })
})

it('knows no reason when nobody answered', async () => {
  fakeApi().on(listQueues, () => {
    throw new TypeError('Failed to fetch')
  })
  const err = await call(listQueues, {}).catch((caught: unknown) => caught)
  expect(errorCode(err)).toBeUndefined()
  expect(errorFacts(err)).toEqual({ status: null, requestId: undefined })
})

it('refuses an answer that does not fit the contract', async () => {
  fakeApi().on(listPolicies, () => Response.json({ items: 'many' }))
  await expect(call(listPolicies, {})).rejects.toThrow()
})

it('can be stopped', async () => {
  fakeApi().on(listQueues, () => ({ items: [], languages: [], platforms: [] }))
  await expect(call(listQueues, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
})

it.each(['query', 'mutation'] as const)('forgets the session when a %s is told that it ended', async (kind) => {
  fakeApi().on(listPolicies, () => ({ refuse: 'signed_out' }))
  const queryClient = createQueryClient()
  queryClient.setQueryData(sessionKey, { person: 'somebody' })
  const run = () => call(listPolicies, {})
  if (kind === 'query') await queryClient.fetchQuery({ queryKey: ['x'], queryFn: run }).catch(() => {})
  else
    await queryClient
      .getMutationCache()
      .build(queryClient, { mutationFn: run })
      .execute(undefined)
      .catch(() => {})
  expect(queryClient.getQueryData(sessionKey)).toBeNull()
})

it('tries again when something on the way failed, not when the server refused', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 500 })
  try {
    let failures = 1
    const api = fakeApi()
      .on(listPolicies, () => (failures-- > 0 ? new Response('', { status: 503 }) : { items: [] }))
      .on(listQueues, () => ({ refuse: 'forbidden' }))
    const queryClient = createQueryClient()
    const read = (endpoint: typeof listPolicies | typeof listQueues) =>
      queryClient.fetchQuery({
        ...queryClient.getDefaultOptions().queries,
        queryKey: [endpoint.path],
        queryFn: () => call(endpoint, {}),
        retry: queryClient.getDefaultOptions().queries?.retry ?? false,
      })
    await expect(read(listPolicies)).resolves.toEqual({ items: [] })
    await expect(read(listQueues)).rejects.toMatchObject({ status: 403 })
    expect(api.calls(listPolicies)).toHaveLength(2)
    expect(api.calls(listQueues)).toHaveLength(1)
  } finally {
    vi.useRealTimers()
  }
})
