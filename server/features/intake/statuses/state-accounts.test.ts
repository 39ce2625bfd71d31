import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AccountStatusInput, type AccountStatusResult } from '#shared/contract/statuses.ts'
import { useTestApi } from '#test/support/api.ts'
import { buildFlagBody, type FlagBody, reviewsOfPost, sent } from '#test/support/flags.ts'
import { findEventsOn } from '#test/support/log.ts'
import { accountLine, cutIn, minute, postLine, tell } from '#test/support/statuses.ts'
import { receiveFlags } from '../receive-flags.ts'
import { stateAccounts } from './state-accounts.ts'

const t = useTestApi()
const now = new Date('2026-07-02T12:00:00Z')

function receive(bodies: FlagBody[]) {
  return receiveFlags(t.deps, { by: null, flags: bodies.map(sent), now })
}

/** What people see of an account's past and present. */
async function historyOf(externalId: string) {
  const row = await t.db
    .selectFrom('account')
    .selectAll()
    .where('external_id', '=', externalId)
    .executeTakeFirstOrThrow()
  const history = await t.db
    .selectFrom('account_status')
    .select(['status', 'since', 'cause', 'source'])
    .where('account_id', '=', row.id)
    .where('is_turn', '=', true)
    .orderBy('since')
    .execute()
  const { status, status_since, status_seen_at, status_cause } = row
  return { status, status_since, status_seen_at, status_cause, history }
}

describe.each(['accounts', 'posts'] as const)('POST /%s/status', (path) => {
  it('asks who is there, and whether they may', async () => {
    expect((await tell(t, path, [], {})).status).toBe(401)
    expect((await tell(t, path, [], 'auditor')).status).toBe(403)
  })

  it('lets no person state what platforms know, and no key what another does', async () => {
    const line = path === 'accounts' ? accountLine('a', 'blocked', minute(0)) : postLine('a', 'deleted', minute(0))
    expect((await tell(t, path, [line], 'supervisor')).answers).toMatchObject([
      { ok: false, code: 'source_not_allowed' },
    ])
    const foreign = { ...line, source: { name: 'tw-intake' } }
    expect((await tell(t, path, [foreign])).answers).toMatchObject([{ ok: false, code: 'source_not_allowed' }])
  })

  it('answers line by line, and says what does not fit', async () => {
    const [good, ahead] = ['2026-07-01T00:00:00Z', new Date(Date.now() + 3_600_000).toISOString()].map((since) =>
      path === 'accounts' ? accountLine('line', 'blocked', since) : postLine('nobody flagged it', 'deleted', since),
    )
    const { answers } = await tell(t, path, ['{ no json', '', { ...good, status: 'vanished' }, ahead, good])
    expect(answers).toMatchObject([
      { line: 1, ok: false, code: 'invalid_request' },
      { line: 3, ok: false, issues: [{ path: 'status' }] },
      { line: 4, ok: false, issues: [{ path: 'since', message: 'Lies ahead.' }] },
      path === 'accounts' ? { line: 5, ok: true, status: 'blocked' } : { line: 5, ok: false, code: 'not_found' },
    ])
  })
})

describe('what a platform says about its accounts', () => {
  it('shows on undecided reviews, once, and is in the log', async () => {
    await receive([buildFlagBody({ post: { externalId: 'told' }, account: { externalId: 'told', status: 'active' } })])
    const line = { ...accountLine('told', 'blocked', minute(2_100)), cause: 'court order' }
    const first = await tell<AccountStatusResult>(t, 'accounts', [line, line])
    const again = await tell<AccountStatusResult>(t, 'accounts', [line])

    expect(first.answers).toMatchObject([
      { isDuplicate: false, status: 'blocked', statusSince: minute(2_100) },
      { isDuplicate: true, status: 'blocked' },
    ])
    expect(again.answers).toMatchObject([{ isDuplicate: true, status: 'blocked' }])
    const [review] = await reviewsOfPost(t.db, 'told')
    expect(review).toMatchObject({ account_status: 'blocked', version: 1 })
    expect(review!.priority_terms).toContainEqual({ code: 'account', detail: 'blocked', value: 6 })
    expect((await historyOf('told')).status_cause).toBe('court order')
    const events = await findEventsOn(t.db, first.answers[0]!.accountId!)
    expect(events.filter(({ data }) => data.status === 'blocked')).toHaveLength(1)
  })

  it('waits for an account that nobody flagged yet', async () => {
    await tell(t, 'accounts', [accountLine('later', 'blocked', minute(10))])
    await receive([
      buildFlagBody({ post: { externalId: 'later' }, account: { externalId: 'later', handle: 'later_one' } }),
    ])
    expect(await reviewsOfPost(t.db, 'later')).toMatchObject([{ account_status: 'blocked', handle: 'later_one' }])
  })

  it('makes one history of flags and statements, whatever the order and parts in which they come', async () => {
    const told = fc.record({
      status: fc.constantFrom('active' as const, 'limited' as const, 'blocked' as const, 'deleted' as const),
      since: fc.integer({ min: 0, max: 200 }).map(minute),
      isSighting: fc.boolean(),
      isFlag: fc.boolean(),
      cause: fc.constantFrom(undefined, 'platform', 'court order'),
    })
    let worlds = 0
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(told, { minLength: 1, maxLength: 14 })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()], { minLength: all.length }))),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
        async ([all, order], lengths) => {
          worlds += 1
          const play = async (world: string, indexes: number[][]) => {
            for (const part of indexes) {
              for (const index of part) {
                const { isFlag, cause, ...each } = all[index]!
                const about = { ...accountLine(world, each.status, each.since), isSighting: each.isSighting }
                if (!isFlag) {
                  const line = AccountStatusInput.parse({ ...about, ...(cause && { cause }) })
                  await stateAccounts(t.deps, [line, line], { by: null, now })
                  continue
                }
                const said = {
                  status: each.status,
                  ...(!each.isSighting && { statusSince: each.since, statusCause: cause }),
                }
                await receive([
                  buildFlagBody({
                    source: { externalId: `${world} ${index}` },
                    flaggedAt: each.since,
                    post: { externalId: world },
                    account: { externalId: world, ...JSON.parse(JSON.stringify(said)) },
                  }),
                ])
              }
            }
            return historyOf(world)
          }
          const straight = await play(`straight ${worlds}`, [[...all.keys()]])
          const mixed = await play(`mixed ${worlds}`, cutIn(order, lengths))
          expect(mixed).toEqual(straight)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('keeps every statement when senders speak of one account at the same time', async () => {
    const lines = Array.from({ length: 40 }, (_, n) =>
      AccountStatusInput.parse(accountLine('busy', n % 2 ? 'active' : 'limited', minute(n))),
    )
    await Promise.all(lines.map((line) => stateAccounts(t.deps, [line], { by: null, now })))
    expect((await historyOf('busy')).history).toHaveLength(40)
  })
})
