import { describe, expect, it } from 'vitest'
import { api } from '#shared/contract/api.ts'
import { mostViews, type ViewId } from '#shared/contract/views.ts'
import { type TestCall, useTestApi } from '#test/support/api.ts'
import { createQueue, createReview } from '#test/support/factories.ts'
import { findEventsOn } from '#test/support/log.ts'

const t = useTestApi()
const newId = () => crypto.randomUUID()
const dana = () => t.as('reviewer')
const ravi = () => t.second('reviewer')
const sofia = () => t.as('supervisor')

const content = { name: 'Russian', query: { language: ['ru'], sort: 'due' as const }, columns: null, density: null }
const save = (call: TestCall, more: object = {}) =>
  call(api.saveView, { body: { clientId: newId(), ...content, ...more } })
const change = (call: TestCall, viewId: ViewId, body: object) => call(api.changeView, { params: { viewId }, body })
const remove = (call: TestCall, viewId: ViewId) => call(api.deleteView, { params: { viewId } })
const idsOf = async (call: TestCall) => (await call(api.listViews, {})).items.map(({ id }) => id)
const refused = (status: number, code: string) => ({ status, body: { code } })

describe('saved views', () => {
  it('are one person’s own, and only supervisors share them with everybody', async () => {
    const own = await save(dana(), {
      query: { language: ['ru'], reachMin: 1000, sort: 'due' },
      columns: ['caption', 'place'],
    })
    expect(own).toMatchObject({ isShared: false, isMine: true, columns: ['caption', 'place'] })
    expect(own.query).toEqual({ language: ['ru'], reachMin: 1000, sort: 'due' })
    await expect(save(dana(), { isShared: true })).rejects.toMatchObject(refused(403, 'forbidden'))
    const shared = await save(sofia(), { isShared: true, name: 'For all' })
    expect(await idsOf(dana())).toEqual([own.id, shared.id])
    expect(await idsOf(ravi())).toEqual([shared.id])
    const { items } = await ravi()(api.listViews, {})
    expect(items[0]).toMatchObject({ isMine: false, ownerId: t.person('supervisor').id })

    for (const viewId of [own.id, shared.id]) {
      await expect(change(ravi(), viewId, { name: 'Mine now' })).rejects.toMatchObject(refused(404, 'not_found'))
      await expect(remove(ravi(), viewId)).rejects.toMatchObject(refused(404, 'not_found'))
    }
    await expect(change(dana(), own.id, { isShared: true })).rejects.toMatchObject(refused(403, 'forbidden'))
    await remove(t.second('supervisor'), shared.id)
    expect(await idsOf(ravi())).toEqual([])
    expect((await findEventsOn(t.db, shared.id)).map(({ kind }) => kind)).toEqual(['view.saved', 'view.deleted'])
    expect(JSON.stringify(await findEventsOn(t.db, own.id))).not.toContain('Russian')
  })

  it('are saved once however often they are sent, and keep what is not changed', async () => {
    const clientId = newId()
    const [first, second] = await Promise.all([1, 2].map(() => save(t.as('admin'), { clientId })))
    expect(first).toEqual(second)
    const changed = await change(t.as('admin'), first!.id, { name: ' Renamed ', columns: ['caption'] })
    expect(changed).toMatchObject({ name: 'Renamed', columns: ['caption'], query: first!.query, density: null })
    await expect(change(t.as('admin'), first!.id, { name: ' ' })).rejects.toMatchObject(refused(400, 'invalid_request'))
  })

  it('stand in an order of each person’s own', async () => {
    const [a, b, c] = [await save(ravi()), await save(ravi()), await save(sofia(), { isShared: true })]
    const viewIds = [c.id, b.id, a.id, newId() as ViewId]
    await ravi()(api.orderViews, { body: { viewIds } })
    expect(await idsOf(ravi())).toEqual(viewIds.slice(0, 3))
    expect((await idsOf(sofia())).includes(c.id)).toBe(true)
    const d = await save(ravi())
    expect((await idsOf(ravi())).at(-1)).toBe(d.id)
    await remove(sofia(), c.id)
  })

  it('are counted for whoever looks, within what they may see', async () => {
    const platform = newId()
    await createQueue(t.db, { id: 'hidden', position: 9 })
    for (const queue_id of ['extremism', 'extremism', 'hidden']) await createReview(t.db, { platform, queue_id })
    const everything = await save(t.as('auditor'), { query: { platform: [platform] } })
    const searched = await save(t.as('auditor'), { query: { platform: [platform], q: 'nothing like it' } })
    const counts = async () => {
      const { items } = await t.as('auditor')(api.countViews, {})
      return items.filter(({ viewId }) => [everything.id, searched.id].includes(viewId))
    }
    const found = { viewId: everything.id, value: 3, exact: true }
    const none = { viewId: searched.id, value: 0, exact: true }
    expect(await counts()).toEqual([found, none])
    await t.setScope(t.person('auditor'), { queues: ['extremism'] })
    expect(await counts()).toEqual([{ ...found, value: 2 }, none])
  })

  it('are not without end', async () => {
    const lena = t.second('auditor')
    for (let n = 0; n < mostViews; n += 1) await save(lena)
    await expect(save(lena)).rejects.toMatchObject(refused(409, 'too_many_views'))
    expect(await idsOf(lena)).toHaveLength(mostViews)
  })
})
